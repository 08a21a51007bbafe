import { evaluateCondition, type Held } from "./evaluate-condition";
import type { EvaluationOptions } from "./evaluate-expression";
import { recordedOf } from "./recorded";
import { labelsKey } from "./series";
import type { Solution, Solvable } from "./solve";

/** An alert at one evaluation. */
export interface ActiveAlert extends Held {
  readonly state: "pending" | "firing";
}

/** All alerts of a rule after one evaluation. */
export interface TimelineStep {
  /** Seconds. */
  readonly time: number;
  /** Whether the condition holds, for any labels. */
  readonly holds: boolean;
  readonly active: readonly ActiveAlert[];
}

interface Tracked {
  readonly held: Held;
  readonly since: number;
  readonly firing: boolean;
  /** When its condition ended while it was firing. */
  readonly endedAt?: number;
}

function next(
  known: Tracked | undefined,
  found: Held | undefined,
  time: number,
  { forSeconds, keepFiringSeconds }: Solvable,
): Tracked | undefined {
  if (found !== undefined) {
    const since = known?.since ?? time;
    return {
      held: found,
      since,
      firing: known?.firing === true || time - since >= forSeconds,
    };
  }
  if (known === undefined || !known.firing || keepFiringSeconds === 0) return undefined;
  const endedAt = known.endedAt ?? time;
  return time - endedAt < keepFiringSeconds ? { ...known, endedAt } : undefined;
}

/**
 * What Prometheus says of a rule at each evaluation, by the reference evaluator: an alert is pending until its condition has held for
 * `for`, and goes on firing for `keep_firing_for` after it has ended, with the value that it had.
 * Source: Prometheus, Alerting rules, "Defining alerting rules".
 */
export function timelineOf(
  rule: Solvable,
  { series, clock, begin, phases }: Pick<Solution, "series" | "clock" | "begin" | "phases">,
  options: EvaluationOptions,
): readonly TimelineStep[] {
  const end = phases.at(-1)?.end ?? begin;
  const steps: TimelineStep[] = [];
  const own = { ...options, service: rule.service };
  // Rules record from the first evaluation on.
  const evaluations = Array.from({ length: Math.ceil(end / clock.evaluation) }, (_, index) => index * clock.evaluation);
  const recorded = recordedOf(rule.condition, series, evaluations, own);
  let tracked = new Map<string, Tracked>();
  for (let time = begin; time < end; time += clock.evaluation) {
    const found = new Map(
      evaluateCondition(rule.condition, series, time, { ...own, recorded }).map((value) => [
        labelsKey(value.labels),
        value,
      ]),
    );
    const now = new Map<string, Tracked>();
    for (const key of new Set([...tracked.keys(), ...found.keys()])) {
      const alert = next(tracked.get(key), found.get(key), time, rule);
      if (alert !== undefined) now.set(key, alert);
    }
    tracked = now;
    const active = [...now.values()].map(
      ({ held, firing }): ActiveAlert => ({ ...held, state: firing ? "firing" : "pending" }),
    );
    steps.push({ time, holds: found.size > 0, active });
  }
  return steps;
}
