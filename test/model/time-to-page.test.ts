import { describe, expect, test } from "@jest/globals";
import { type AlertOptions, alert } from "../../model/alert";
import { absent, and, or, unless } from "../../model/condition";
import { lookBackSeconds } from "../../model/look-back";
import { cadences, crossingSeconds, timeToPage } from "../../model/time-to-page";
import { onlyRule } from "../constructs/prometheus/rule";
import { example } from "../support/example";

const rule = (changes: Partial<AlertOptions>) =>
  onlyRule(
    alert("Tested", {
      when: "error_rate > 1%",
      for: "5m",
      severity: "SEV-1",
      summary: "It fails",
      runbook: "https://r.example.com",
      ...changes,
    }),
  );
const crossing = (when: AlertOptions["when"]) => crossingSeconds(rule({ when }).condition);
const memory = example.memory.max().above("1GB");
const fraction = example.duration.fraction("500ms", "5m");

describe("how long a failure lasts before the condition sees it", () => {
  test.each<[string, AlertOptions["when"], number]>([
    ["a share of all: so much of the window", "error_rate > 1%", 3],
    ["a share that must not fall: what is left of it", fraction.below("95%"), 15],
    ["a quantile: as much of the window as is above it", "p95_latency > 1s", 15],
    ["a gauge: not at all", memory, 0],
    ["a rate: nobody knows how much it grows, so the whole window", "request_rate > 10 per second", 300],
    ["a series that is gone: until it is stale", absent(example.memory), 300],
    ["a guard: not longer than what it guards", and(fraction.below("95%"), memory), 15],
    ["either: the sooner", or(memory, fraction.below("95%")), 0],
    ["one without the other: the one", unless(fraction.below("95%"), absent(example.memory)), 15],
  ])("%s", (_what, when, seconds) => {
    expect(crossing(when)).toBe(seconds);
  });

  test("a burn rate: until the long window has seen so much of the budget", () => {
    const objective = {
      name: "availability",
      sli: { kind: "events", bad: example.requests.selection, total: example.requests.selection },
      target: "99.9%",
      window: "30d",
    } as const;
    // 1.44% of an hour.
    expect(crossing({ kind: "burn-rate", objective, factor: "14.4", long: "1h", short: "5m" })).toBe(52);
  });
});

test("from failure to page every step counts once", () => {
  const page = timeToPage(rule({}), 10);
  expect(page).toEqual({ collect: 10, cross: 3, hold: 300, evaluate: 30, group: 10, total: 353 });
});

test("another evaluator has its own cadence", () => {
  expect(timeToPage(rule({ evaluator: "datadog" }), 0)).toMatchObject(cadences.datadog);
});

test("a window within a window looks back over both", () => {
  const of = example.requests.rate("5m").expression;
  expect(lookBackSeconds({ kind: "time-share", of, comparison: ">", bound: "1 per second", window: "1h" })).toBe(3900);
});
