import type { AlertRule } from "../model/alert-rule";
import { fail, ok, type Result } from "../model/result";
import type { EvaluationOptions } from "./evaluate-expression";
import { notationOf } from "./notation";
import { type Promised, promised } from "./promised";
import type { Labels } from "./series";
import { type Solution, solve } from "./solve";
import { type TimelineStep, timelineOf } from "./timeline";

/** What a test can show of a rule. */
export const aspects = ["fires", "silent", "resolves"] as const;
export type Aspect = (typeof aspects)[number];

/** What must be seen of a rule at a time in seconds. */
export type Check = { readonly at: number; readonly aspect: Aspect } & (
  | {
      /** Exactly these alerts fire, with these texts (Prometheus, Unit testing for rules, "<alert_test_case>"). */
      readonly kind: "alerts";
      readonly expected: readonly Promised[];
    }
  | {
      /** Whether some alert fires, with these labels among its own, at the time or at any within the seconds before it. */
      readonly kind: "state";
      readonly firing: boolean;
      readonly labels: Labels;
      readonly within: number;
    }
);

/** Series, and what they must make of a rule. */
export interface UnitTest {
  /** Seconds between samples. */
  readonly interval: number;
  /** Seconds between evaluations. */
  readonly evaluation: number;
  readonly series: readonly { readonly series: string; readonly values: string }[];
  readonly checks: readonly Check[];
}

const firingText = ({ active }: TimelineStep): string =>
  JSON.stringify(active.filter(({ state }) => state === "firing").map(({ labels }) => labels));

/**
 * The evaluations at which something is to be seen: the last of each phase, and, once the first is over and its windows are full,
 * each at which an alert begins or ends to fire, with the one before it.
 */
function telling(steps: readonly TimelineStep[], { phases }: Solution): readonly TimelineStep[] {
  const warm = phases[0]?.end ?? 0;
  const ends = new Set(phases.map(({ end }) => steps.findLastIndex(({ time }) => time < end)));
  return steps.filter((step, index) => {
    if (ends.has(index)) return true;
    if (step.time < warm) return false;
    const [before, after] = [steps[index - 1], steps[index + 1]];
    const begins = before !== undefined && firingText(before) !== firingText(step);
    return begins || (after !== undefined && firingText(after) !== firingText(step));
  });
}

/** Where a solution does not do what it was solved for, in one sentence. */
function mistakeIn(steps: readonly TimelineStep[], { phases }: Solution): string | undefined {
  for (const { what, end, holds } of phases) {
    const last = steps.findLast(({ time }) => time < end);
    const firing = last?.active.some(({ state }) => state === "firing") ?? false;
    if (last?.holds !== holds) return `the series of "${what}" ${holds ? "do not reach" : "cross"} the threshold`;
    if (firing !== holds) return `the series of "${what}" ${holds ? "do not fire in time" : "keep it firing"}`;
  }
  return undefined;
}

/** What a check shows: that it fires, that it does not yet, or that it does not any more. */
const aspectOf = (fires: boolean, hasFired: boolean): Aspect => (fires ? "fires" : hasFired ? "resolves" : "silent");

/**
 * The unit test of a rule, from its own definition: its solved series make it fire after its `for` and not before, with the labels
 * and texts that it promises; just short of the threshold they do not; and it resolves.
 * Errors: those of `solve`, and a solution that the reference evaluator does not confirm.
 */
export function unitTestOf(rule: AlertRule, options: EvaluationOptions = {}): Result<UnitTest> {
  const solved = solve(rule);
  if (!solved.ok) return solved;
  const solution = solved.value;
  const steps = timelineOf(rule, solution, options);
  const mistake = mistakeIn(steps, solution);
  if (mistake !== undefined) return fail(mistake);
  let hasFired = false;
  const checks = telling(steps, solution).map(({ time, active }): Check => {
    const firing = active.filter(({ state }) => state === "firing");
    const aspect = aspectOf(firing.length > 0, hasFired);
    hasFired ||= firing.length > 0;
    return {
      at: time,
      aspect,
      kind: "alerts",
      expected: firing.map((alert) => promised(rule, alert)),
    };
  });
  const { interval, evaluation } = solution.clock;
  return ok({ interval, evaluation, series: solution.input.map(notationOf), checks });
}
