import type { Effect, Fault } from "../model/fault";
import { seriesNames } from "../model/metric";
import type { LiveRule, LiveService } from "./live-rules";
import { secondsOf } from "./steady";
import { scaledSeconds } from "./time-scale";

/** How one fault is tried. */
export interface FaultPlan {
  readonly fault: Fault;
  /** Seconds after which everything that reads what the fault changes has seen it and waited long enough. */
  readonly holdSeconds: number;
  /** Seconds after its end within which everything has resolved. */
  readonly resolveSeconds: number;
}

/** Names of the series that an effect changes; the whole target is everything. */
const changedBy = (effect: Effect): readonly string[] | "any" =>
  "of" in effect ? seriesNames(effect.of.metric) : "any";

const isReadBy = ({ reads }: LiveRule, changed: readonly string[] | "any"): boolean =>
  reads === "any" || changed === "any" || changed.some((name) => reads.has(name));

/** What a rule takes on a fast clock, and `slack` for what has no scale: a scrape, an evaluation, a busy machine. */
export const slack = 6;

/** How long a fault must last so that nothing that could fire is missed, and how long its end takes to be seen. */
export function faultPlan(fault: Fault, services: readonly LiveService[], factor: number): FaultPlan {
  const touched = services.flatMap(({ service, rules }) => {
    const effects = fault.services[service]?.effects ?? [];
    return rules.filter((rule) => effects.some((effect) => isReadBy(rule, changedBy(effect))));
  });
  const longest = (seconds: (rule: LiveRule) => number): number => Math.max(0, ...touched.map(seconds));
  const drifts = Object.values(fault.services)
    .flatMap(({ effects }) => effects)
    .flatMap((effect) => (effect.kind === "drift" ? [effect.within] : []));
  const drifting = Math.max(0, ...drifts.map((within) => secondsOf(within) / factor));
  return {
    fault,
    holdSeconds:
      drifting + longest(({ reach }) => scaledSeconds(reach.window, factor) + scaledSeconds(reach.for, factor)) + slack,
    resolveSeconds:
      longest(({ reach }) => scaledSeconds(reach.window, factor) + scaledSeconds(reach.keeps, factor)) + slack,
  };
}
