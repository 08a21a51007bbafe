import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Condition, or, promql, unless } from "../../model/condition";
import type { DefiniteCondition } from "../../model/definite-condition";
import { ratio, startsWith } from "../../model/indicator";
import { evaluateCondition } from "../../proof/evaluate-condition";
import { type Solution, solve } from "../../proof/solve";
import { composite, definite, emitted, simple } from "./conditions";

const waiting = { forSeconds: 300, keepFiringSeconds: 0, service: "shop" } as const;
const solved = (condition: Condition) => solve({ ...waiting, condition: definite(condition) });

/** The phases whose end is not as the solution says. */
const wrongPhases = (condition: DefiniteCondition, { phases, series, clock }: Solution) =>
  phases.filter(({ end, holds }) => {
    const found = evaluateCondition(condition, series, end - clock.evaluation, { service: "shop" });
    return found.length > 0 !== holds;
  });

/** Solves conditions and holds each solution against the evaluator; returns why some have none. */
function unsolvedOf(conditions: fc.Arbitrary<DefiniteCondition>, numRuns: number): readonly string[] {
  const reasons: string[] = [];
  fc.assert(
    fc.property(conditions, (condition) => {
      const solution = solve({ ...waiting, condition });
      if (!solution.ok) {
        reasons.push(solution.error);
        return;
      }
      expect(wrongPhases(condition, solution.value)).toEqual([]);
      const truths = solution.value.phases.map(({ holds }) => holds);
      expect(truths[0]).toBe(false);
      expect(truths).toContain(true);
      expect(truths.at(-1)).toBe(false);
    }),
    { numRuns, seed: 20_260_105 },
  );
  return reasons;
}

describe("solved series", () => {
  test("of every simple condition cross its threshold, stop short of it and recover", () => {
    expect(unsolvedOf(simple, 250)).toEqual([]);
  });

  test("of composites show the part that each side plays, but where both want different things of the same series", () => {
    const reasons = unsolvedOf(composite, 150);
    expect(
      reasons.filter((why) => !/different|two ways|two selections|less than nothing|have to fall/.test(why)),
    ).toEqual([]);
    expect(reasons.length).toBeLessThan(50);
  });

  test("stand beside series that must not count: of another group, of another service, of what a matcher keeps out", () => {
    const solution = solved(emitted.requests.where({ method: "GET" }).rate("5m").by("instance").above("3 per second"));
    const labels = solution.ok ? solution.value.input.map((series) => series.labels) : [];
    expect(labels.map(({ job, instance, method }) => [job, instance, method])).toEqual([
      ["shop", "shop-1:9100", "GET"],
      ["shop", "shop-2:9100", "GET"],
      ["not-shop", "shop-1:9100", "GET"],
      ["shop", "shop-1:9100", "POST"],
    ]);
  });

  test("are a hundredth of the threshold beyond it, and seven thousandths short", () => {
    const solution = solved(emitted.age.max().above("15min"));
    const levels = solution.ok
      ? solution.value.input
          .filter(({ labels }) => labels["job"] === "shop")
          .flatMap(({ stretches }) => stretches.map((stretch) => (stretch.kind === "line" ? stretch.from : undefined)))
      : [];
    expect(levels).toEqual([893.7, 909.27, 893.7]);
  });
});

describe("a condition that cannot be proven by its tree", () => {
  const failed = emitted.requests.where({ status: startsWith("5") });
  test.each<[string, Condition, RegExp]>([
    [
      "a quantile above the last bucket",
      emitted.duration.quantile(0.95, "5m").above("1s"),
      /1010.3 is beyond the last bucket, 1000/,
    ],
    [
      "a part that would be more than the whole",
      ratio(failed.rate("5m"), emitted.requests.rate("5m")).above("100%"),
      /a part cannot be more than the whole/,
    ],
    [
      "a counter that would have to fall",
      emitted.requests.rate("5m").below("0 per second"),
      /have to fall|less than nothing/,
    ],
    [
      "an outlier that lasts until it is usual",
      emitted.age.max().deviates({ deviations: 9, direction: "above", baseline: "1h" }),
      /no series make it true/,
    ],
    ["what is written in PromQL", promql("up == 0"), /has no tree/],
    [
      "sides that are never apart",
      unless(emitted.age.max().above("15min"), emitted.age.max().above("15min")),
      /no series make it true/,
    ],
    [
      "a rate that nobody has",
      or(emitted.requests.rate("5m").below("0 per second"), promql("vector(1)")),
      /has no tree/,
    ],
  ])("%s says why", (_what, condition, why) => {
    const solution = solved(condition);
    expect(solution.ok ? "solved" : solution.error).toMatch(why);
  });
});
