import { describe, expect, test } from "@jest/globals";
import { alert } from "../../model/alert";
import type { Condition } from "../../model/condition";
import { and, promql } from "../../model/condition";
import { mutantsOf } from "../../proof/mutants";
import { onlyRule } from "../constructs/prometheus/rule";
import { example } from "../support/example";

const mutantsOn = (when: Condition, waiting: "0s" | "5m" = "5m") =>
  mutantsOf(
    onlyRule(
      alert("Example", {
        when,
        for: waiting,
        severity: "SEV-2",
        summary: "{value}",
        runbook: "https://r.example.com/x",
      }),
    ),
  );
const exprs = (when: Condition): Readonly<Record<string, string>> =>
  Object.fromEntries(mutantsOn(when).mutants.map(({ what, rule }) => [what, rule.expr]));

describe("the mistakes that are put into a rule", () => {
  test("are those that people make with thresholds, comparisons, matchers, labels and waiting", () => {
    const slow = example.requests.where({ status: "500" }).rate("5m").by("method").above("2 per second");
    const series = 'http_requests_total{job="shop",status="500"}[5m]';
    expect(exprs(slow)).toEqual({
      "threshold twice as high": `sum by (method) (rate(${series})) > 4`,
      "comparison flipped": `sum by (method) (rate(${series})) < 2`,
      "matcher of status (500) dropped": 'sum by (method) (rate(http_requests_total{job="shop"}[5m])) > 2',
      "label method dropped": `sum(rate(${series})) > 2`,
      "for doubled": `sum by (method) (rate(${series})) > 2`,
      "for forgotten": `sum by (method) (rate(${series})) > 2`,
      "keep_firing_for added": `sum by (method) (rate(${series})) > 2`,
      "series of every service": 'sum by (method) (rate(http_requests_total{status="500"}[5m])) > 2',
    });
    const waits = mutantsOn(slow).mutants.filter(({ what }) => what.startsWith("for "));
    expect(waits.map(({ rule }) => rule.for)).toEqual(["10m", undefined]);
  });

  test("are made on each side of a composite, and its operator is swapped", () => {
    const both = exprs(and(example.memory.max().above("1GB"), example.requests.rate("5m").above("1 per second")));
    expect(both["and swapped for or"]).toMatch(/ > 1000000000 or sum/);
    expect(Object.keys(both).filter((what) => what.startsWith("series"))).toEqual(["series of every service"]);
    expect(mutantsOn(and(example.memory.max().above("1GB"), example.memory.max().below("9GB"))).mutants.length).toBe(9);
  });

  test("of PromQL are made in its text", () => {
    expect(exprs(promql('sum(up{job="{service}"}) < 3'))).toMatchObject({
      "threshold twice as high": 'sum(up{job="shop"}) < 6',
      "comparison flipped": 'sum(up{job="shop"}) > 3',
      "series of every service": "sum(up) < 3",
    });
  });

  test("are left out with the reason, where they are none", () => {
    const { mutants, equivalent } = mutantsOn(example.memory.max().above("0B"), "0s");
    expect(mutants.map(({ what }) => what)).not.toContain("threshold twice as high");
    expect(equivalent).toEqual([{ what: "threshold twice as high", reason: expect.stringContaining("twice nothing") }]);
    expect(mutants.map(({ what }) => what)).toContain("for added");
  });
});
