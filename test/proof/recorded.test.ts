import { describe, expect, test } from "@jest/globals";
import { alert } from "../../model/alert";
import { and, promql } from "../../model/condition";
import { startsWith } from "../../model/indicator";
import { evaluateCondition } from "../../proof/evaluate-condition";
import { mutantsOf } from "../../proof/mutants";
import { readsNothing } from "../../proof/proof";
import { recordedOf } from "../../proof/recorded";
import type { Sample, Series } from "../../proof/series";
import { solve } from "../../proof/solve";
import { unitTestOf } from "../../proof/unit-test";
import { onlyRule } from "../constructs/prometheus/rule";
import { example } from "../support/example";
import { definite, emitted } from "./conditions";

const { requests } = emitted;
const objective = {
  name: "availability",
  sli: { kind: "events", bad: requests.where({ status: startsWith("5") }).selection, total: requests.selection },
  target: "99%",
  window: "30d",
} as const;
const burn = definite({ kind: "burn-rate", objective, factor: "10", long: "1h", short: "10m" });

/** Requests of a status, so many in each minute until the first hour is over and so many after it. */
const growing = (status: string, before: number, after: number): Series => ({
  metric: "http_requests_total",
  labels: { job: "shop", status },
  samples: Array.from(
    { length: 121 },
    (_, minute): Sample => [minute * 60, Math.min(minute, 60) * before + Math.max(0, minute - 60) * after],
  ),
});
const times = Array.from({ length: 121 }, (_, minute) => minute * 60);

describe("a burn rate over what is recorded", () => {
  // From the hour on a fifth of all requests fails.
  const series = [growing("200", 80, 80), growing("500", 0, 20)];
  const recorded = recordedOf(burn, series, times, { service: "shop" });
  const at = (time: number) => evaluateCondition(burn, series, time, { service: "shop", recorded });

  test("reads failures and events of five minutes, with the labels of the objective", () => {
    expect(recorded.map(({ metric, labels }) => [metric, labels])).toEqual(
      ["errors", "events"].map((what) => [`objective:${what}:rate5m`, { service: "shop", objective: "availability" }]),
    );
    const last = recorded.map(({ samples }) => samples.at(-1)?.[1]);
    expect(last.map((value) => Number(value?.toFixed(6)))).toEqual([0.333333, 1.666667]);
  });

  test("holds with those labels, later than over the requests themselves: it remembers five minutes more", () => {
    expect(at(5100)).toEqual([]);
    expect(at(7200).map(({ labels }) => labels)).toEqual([{ service: "shop", objective: "availability" }]);
    const first = (found: (time: number) => readonly unknown[]) => times.find((time) => found(time).length > 0) ?? 0;
    const raw = first((time) => evaluateCondition(burn, series, time, { service: "shop" }));
    expect(first(at)).toBeGreaterThan(raw);
    expect(first(at) - raw).toBeLessThanOrEqual(300);
  });

  test("has no failures before the first, and nothing without requests", () => {
    const well = recordedOf(burn, [growing("200", 80, 80)], times, { service: "shop" });
    expect(well.map(({ samples }) => samples.at(-1)?.[1])).toEqual([0, expect.closeTo(80 / 60)]);
    expect(recordedOf(burn, [], times, { service: "shop" })).toEqual([]);
  });

  test("has mistakes in the form that is deployed, and in what is recorded", () => {
    const rule = { ...burning, condition: burn };
    const { mutants } = mutantsOf(rule);
    const find = (name: string) => mutants.find(({ what }) => what === name);
    expect(find("short window forgotten")?.rule.expr).toMatch(
      /^sum_over_time\(objective:errors:rate5m.*\[1h\]\) > 0\.1$|> 0\) > 0\.1$/,
    );
    const dropped = find("matcher of status (5) dropped");
    expect(dropped?.rule.expr).toBe(find("for forgotten")?.rule.expr);
    expect(dropped?.recordings[0]?.expr).toBe(
      'sum(rate(http_requests_total{job="shop"}[5m])) or 0 * sum(rate(http_requests_total{job="shop"}[5m]))',
    );
    expect(find("series of every service")?.recordings[1]?.expr).toBe("sum(rate(http_requests_total[5m]))");
  });

  test("is solved, with the label of the objective promised", () => {
    const made = unitTestOf({ ...burning, condition: burn });
    const fired = made.ok ? made.value.checks.flatMap((check) => (check.kind === "alerts" ? check.expected : [])) : [];
    expect(fired[0]?.labels).toMatchObject({ service: "shop", objective: "availability" });
  });
});

const burning = onlyRule(
  alert("Burning", {
    when: example.memory.max().above("1GB"),
    for: "5m",
    severity: "SEV-2",
    summary: "{value}",
    runbook: "https://r.example.com/x",
  }),
);

describe("a guard over a longer window of the same", () => {
  test("remembers what was before: the day is as it is wanted though the last minutes are not", () => {
    const stopped = and(requests.rate("5m").below("1 per minute"), requests.rate("1d").above("1 per second"));
    const solution = solve({ ...burning, condition: definite(stopped) });
    const phases = solution.ok ? solution.value.phases : [];
    expect(phases.map(({ what }) => what)).toContain("just beyond, just beyond");
    // Each begins with a day.
    expect(phases.every(({ start, end }) => end - start > 86_400)).toBe(true);
  });
});

describe("a rule that reads nothing", () => {
  test("is one in PromQL without a selector", () => {
    const of = (text: string) => readsNothing({ condition: definite(promql(text)) });
    expect([of("vector(1) == 1"), of("sum(up) == 1"), of("vector(1")]).toEqual([true, false, false]);
    expect(readsNothing({ condition: burn })).toBe(false);
  });

  test("never ends, so that keeping it firing is no mistake", () => {
    const { mutants, equivalent } = mutantsOf({ ...burning, condition: definite(promql("vector(1) == 1")) });
    expect(mutants.map(({ what }) => what)).toContain("comparison flipped");
    expect(equivalent).toEqual([
      { what: "keep_firing_for added", reason: "it reads no series, so that it never ends" },
    ]);
  });
});
