import type { AlertRule } from "../model/alert-rule";
import type { Expression } from "../model/expression";
import { lookBackSeconds } from "../model/look-back";
import { shortestWindow } from "./leaves";
import { objectivesOf, recordedSeconds } from "./recorded";

/** When a test takes samples and evaluates, in seconds. */
export interface Clock {
  /** Between samples. */
  readonly interval: number;
  /** Between evaluations. */
  readonly evaluation: number;
  /** Of a phase that lasts as long as windows and waiting times need. */
  readonly phase: number;
}

const gcd = (left: number, right: number): number => (right === 0 ? left : gcd(right, left % right));
const lcm = (left: number, right: number): number => (left * right) / gcd(left, right);

/** A time rounded up to whole samples and evaluations. */
export const wholeSteps = (
  seconds: number,
  { interval, evaluation }: Pick<Clock, "interval" | "evaluation">,
): number => {
  const step = lcm(interval, evaluation);
  return Math.ceil(seconds / step) * step;
};

/** Times between evaluations: the deployed one of 30 seconds first, longer ones where a test would otherwise take long. */
const evaluations = [30, 60, 120, 300, 600, 900, 1800, 3600] as const;
/** More evaluations than this in one test are too many. */
const mostEvaluations = 300;

/** From this window on a sample every other minute says the same, in half of the time; five minutes apart, a gauge would be gone. */
const longWindow = 21_600;

type Waiting = Pick<AlertRule, "forSeconds" | "keepFiringSeconds">;

/**
 * The time between evaluations of a test of a rule: the shortest by which the test does not take long, and which divides what the rule
 * waits for and the moments at which it is looked at. `total`: seconds that the test lasts.
 */
export function evaluationFor(
  { forSeconds, keepFiringSeconds }: Waiting,
  moments: readonly number[],
  total: (evaluation: number) => number,
  most = mostEvaluations,
): number {
  const divided = [forSeconds, keepFiringSeconds, ...moments];
  const divides = (seconds: number): boolean => divided.every((time) => time % seconds === 0);
  const possible = [...evaluations, 15, 10, 5, 1].filter(divides);
  return (
    possible.find((seconds) => total(seconds) / seconds <= most) ??
    possible.reduce((best, seconds) => Math.max(best, seconds), 1)
  );
}

/**
 * The clock of a rule's test. A sample a minute, as slow exporters are scraped, or more often where a window is short; an evaluation
 * every 30 seconds as deployed, or less often where the windows are long, by a time that divides `for` and `keep_firing_for`. `history`: seconds
 * before the first phase; `lead`: those within each phase before what it is about.
 */
export function clockOf(
  rule: Waiting & Pick<AlertRule, "condition">,
  expressions: readonly Expression[],
  phases: number,
  history: number,
  lead = 0,
): Clock {
  const recorded = objectivesOf(rule.condition).length > 0 ? recordedSeconds : 0;
  const window = Math.max(0, ...expressions.map(lookBackSeconds)) + recorded;
  const shortest = shortestWindow(expressions);
  const sparse = history === 0 && Number.isFinite(shortest) && shortest >= longWindow;
  // A week of what was usual holds many samples: two in each window are enough there.
  const interval =
    sparse || (history > 0 && shortest >= 300)
      ? 120
      : ([60, 30, 15, 10, 5].find((seconds) => seconds * 4.5 <= shortest) ?? 1);
  const phaseOf = (evaluation: number): number =>
    wholeSteps(window + Math.max(rule.forSeconds, rule.keepFiringSeconds) + 4 * evaluation, { interval, evaluation });
  // What lasts long becomes usual: an anomaly's phases must be short in its baseline.
  const most = history > 0 ? 2 * mostEvaluations : mostEvaluations;
  const evaluation = evaluationFor(rule, [], (seconds) => history + phases * (lead + phaseOf(seconds)), most);
  return { interval, evaluation, phase: phaseOf(evaluation) };
}
