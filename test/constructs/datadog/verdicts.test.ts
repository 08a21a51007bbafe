import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { datadogMonitor } from "../../../constructs/datadog/monitor";
import { alert } from "../../../model/alert";
import type { AlertRule } from "../../../model/alert-rule";
import { and, type Condition, or, unless } from "../../../model/condition";
import type { Duration } from "../../../model/duration";
import { complement, ratio, startsWith } from "../../../model/indicator";
import type { QuantityText } from "../../../model/quantity";
import { checked } from "../../../model/result";
import { counter, gauge } from "../../../model/telemetry";
import { onlyRule } from "../prometheus/rule";
import { alerts } from "./evaluator";
import { fires } from "./neutral";
import type { Samples, Series } from "./samples";

const requests = counter("requests_total", {
  help: "",
  unit: "requests",
  labels: { status: { kind: "bounded", max: 60, example: "200" } },
  datadog: { name: "app.requests" },
});
const queue = gauge("queue_jobs", { help: "", unit: "jobs", datadog: { name: "app.queue" } });
const age = gauge("age_seconds", { help: "", unit: "seconds", datadog: { name: "app.age", unit: "milliseconds" } });
const failed = requests.where({ status: startsWith("5") });

/** Minutes of samples: more than any window and duration together. */
const length = 80;
const now = length - 1;

/** A level that changes now and then, as real ones do, and as a duration takes notice of. */
const levels = (level: fc.Arbitrary<number | undefined>): fc.Arbitrary<readonly (number | undefined)[]> =>
  fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), level), { minLength: 1, maxLength: 8 }).map((stretches) => {
    const all = stretches.flatMap(([minutes, each]) => Array.from({ length: minutes }, () => each));
    return Array.from({ length }, (_, minute) => all[minute % all.length]);
  });

/** Without gaps: while data is missing, a rule begins anew, and a monitor judges those points that there are. */
const points = (most: number) =>
  fc.oneof(
    levels(fc.integer({ min: 0, max: most })),
    fc.array(fc.integer({ min: 0, max: most }), { minLength: length, maxLength: length }),
  );

const pointsWithGaps = (most: number) =>
  levels(
    fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: 0, max: most }) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
  );

const steadyPoints = (most: number): fc.Arbitrary<readonly number[]> =>
  fc.integer({ min: 0, max: most }).map((level) => Array.from({ length }, () => level));

type Points = (most: number) => fc.Arbitrary<readonly (number | undefined)[]>;

function samplesOf(each: Points): fc.Arbitrary<Samples> {
  const series = (most: number, rest: Omit<Series, "points">): fc.Arbitrary<Series> =>
    each(most).map((all) => ({ ...rest, points: all }));
  const counted = (status: string) =>
    series(50, { metric: "requests_total", datadog: "app.requests", tags: { status }, heldPerUnit: 1 });
  const level = { metric: "queue_jobs", datadog: "app.queue", heldPerUnit: 1 };
  return fc.tuple(
    counted("200"),
    counted("500"),
    counted("503"),
    series(10, { ...level, tags: { shard: "a" } }),
    series(10, { ...level, tags: { shard: "b" } }),
    series(10, { metric: "age_seconds", datadog: "app.age", tags: {}, heldPerUnit: 1000 }),
  );
}

/** Thresholds that no share or rate of small counts equals, so that no rounding decides. */
const share = fc.constantFrom("12.345%" as const, "33.3331%" as const, "61.7777%" as const);
const jobs = fc.integer({ min: 0, max: 20 });
const seconds = fc.integer({ min: 0, max: 10 }).map((number) => `${number}s` as const);
const perHour = fc.integer({ min: 0, max: 5000 }).map((whole): QuantityText<"frequency"> => `${whole + 0.37} per hour`);

const onGauge: fc.Arbitrary<Condition> = fc.oneof(
  jobs.map((least) => queue.sum().above(least)),
  jobs.map((least) => queue.max().atLeast(least)),
  jobs.map((most) => queue.avg().below(most)),
  jobs.map((most) => queue.min().atMost(most)),
  seconds.map((least) => age.max().above(least)),
  seconds.map((most) => age.max().below(most)),
);

const onCount: fc.Arbitrary<Condition> = fc.oneof(
  share.map((most) => ratio(failed.rate("5m"), requests.rate("5m")).above(most)),
  share.map((least) => complement(ratio(failed.rate("10m"), requests.rate("10m"))).below(least)),
  fc.integer({ min: 0, max: 800 }).map((most) => failed.increase("10m").above(most)),
  perHour.map((least) => requests.rate("5m").below(least)),
  perHour.map((most) => failed.rate("15m").above(most)),
);

const queueRange: fc.Arbitrary<Condition> = fc
  .tuple(jobs, jobs)
  .map(([low, more]) => queue.sum().outside(low, low + more + 1));

const range: fc.Arbitrary<Condition> = fc.oneof(
  queueRange,
  share.map((low) => ratio(failed.rate("5m"), requests.rate("5m")).outside(low, "70.0007%")),
);

const burning: fc.Arbitrary<Condition> = fc
  .tuple(fc.constantFrom("1.7" as const, "3.1" as const), fc.constantFrom("30d" as const, "28d" as const))
  .map(([factor, window]) => ({
    kind: "burn-rate",
    objective: {
      name: "availability",
      sli: { kind: "events", bad: failed.selection, total: requests.selection },
      target: "80.111%",
      window,
    },
    factor,
    long: "1h",
    short: "5m",
  }));

/** Conditions put together of others by these operators, one within the other. */
const together = (
  leaf: fc.Arbitrary<Condition>,
  ...operators: readonly ((left: Condition, right: Condition) => Condition)[]
) =>
  fc.letrec<{ tree: Condition }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc
        .tuple(fc.constantFrom(...operators), tie("tree"), tie("tree"))
        .map(([operator, left, right]) => operator(left, right)),
    ),
  })).tree;

const excused: fc.Arbitrary<Condition> = fc.tuple(onGauge, onGauge).map(([left, right]) => unless(left, right));

const ruleOf = (when: Condition, duration: Duration): AlertRule =>
  onlyRule(
    alert("Tested", {
      when,
      for: duration,
      severity: "SEV-2",
      summary: "x",
      runbook: "https://runbooks.example.com/x",
      evaluator: "datadog",
    }),
  );

/** Holds both verdicts to each other; gives back how often either was that it fires. */
function compared(
  conditions: fc.Arbitrary<Condition>,
  durations: readonly Duration[],
  each: Points,
  law: (neutral: boolean, datadog: boolean) => void,
): { readonly firing: number; readonly silent: number } {
  const seen = { firing: 0, silent: 0 };
  fc.assert(
    fc.property(conditions, fc.constantFrom(...durations), samplesOf(each), (when, duration, samples) => {
      const rule = ruleOf(when, duration);
      const monitor = datadogMonitor(rule);
      // Two sides that are the same, or more than ten of them, are refused.
      fc.pre(monitor.ok);
      const neutral = fires(rule, samples, now);
      law(neutral, alerts(checked(monitor), samples, now));
      seen[neutral ? "firing" : "silent"] += 1;
    }),
    { numRuns: 300 },
  );
  return seen;
}

const same = (neutral: boolean, datadog: boolean) => expect(datadog).toBe(neutral);
const atOnce = ["0s"] as const;
const lasting = ["0s", "1m", "5m", "15m"] as const;

describe("a monitor has the rule's verdict on the same samples", () => {
  test.each<readonly [string, fc.Arbitrary<Condition>, readonly Duration[], Points]>([
    ["of a gauge, for whatever time", onGauge, lasting, points],
    ["of gauges together, for whatever time", together(onGauge, and), lasting, points],
    ["of a gauge unless another, for whatever time", excused, lasting, points],
    ["of counts, shares and rates, at once", onCount, atOnce, pointsWithGaps],
    ["of counts, shares and rates that stay as they are, for whatever time", onCount, lasting, steadyPoints],
    ["of ranges, at once", range, atOnce, pointsWithGaps],
    [
      "of anything put together, at once",
      together(fc.oneof(onGauge, onCount, range), and, or, unless),
      atOnce,
      pointsWithGaps,
    ],
    ["of a burn rate, by Datadog's own monitor or by two", burning, atOnce, pointsWithGaps],
    [
      "of anything that stays as it is, for whatever time",
      together(fc.oneof(onGauge, onCount, range), and, or, unless),
      lasting,
      steadyPoints,
    ],
  ])("%s", (_what, conditions, durations, each) => {
    const { firing, silent } = compared(conditions, durations, each, same);
    // The law is about something: both verdicts are common.
    expect(Math.min(firing, silent)).toBeGreaterThan(10);
  });

  test("and never alerts where a rule over gauges does not, for whatever time and however put together", () => {
    const conditions = together(fc.oneof(onGauge, queueRange), and, or, unless);
    const { firing } = compared(conditions, lasting, points, (neutral, datadog) => {
      if (datadog) expect(neutral).toBe(true);
    });
    expect(firing).toBeGreaterThan(10);
  });
});
