import type { Effect, Fault } from "../model/fault";
import { parseQuantity } from "../model/quantity";
import { checked, never } from "../model/result";
import { perSecond } from "./comparing";
import { finds } from "./matching";
import type { Behaviour } from "./series";
import type { SimulatedService } from "./simulated-service";
import { inUnitOf, secondsFromNow } from "./stated";
import { type Steady, secondsOf } from "./steady";

/** A fault, and since when, in seconds. */
export interface ActiveFault {
  readonly fault: Fault;
  readonly since: number;
}

/** A service as it is under some faults. */
export interface ServiceState {
  readonly series: Steady;
  /** Whether its target answers. */
  readonly reachable: boolean;
  /** Whether its target is found. */
  readonly discovered: boolean;
}

const isGone = ({ kind }: Behaviour): boolean => kind === "gone";

/** What one series does under an effect. */
function affected(
  behaviour: Behaviour,
  effect: Exclude<Effect, { kind: "unreachable" | "undiscovered" }>,
  at: Affected,
): Behaviour {
  const { metric } = effect.of;
  switch (effect.kind) {
    case "level":
      return { kind: "level", level: inUnitOf(metric, effect.level), varies: false };
    case "time":
      return { kind: "time", fromNow: secondsFromNow(effect) };
    case "drift": {
      const from = behaviour.kind === "level" ? behaviour.level : 0;
      const to = inUnitOf(metric, effect.level);
      return { kind: "drift", from, to, since: at.since, withinSeconds: secondsOf(effect.within) / at.speed };
    }
    case "pace": {
      if (behaviour.kind === "observations")
        return { ...behaviour, perSecond: perSecond(checked(parseQuantity(effect.pace))) / at.found };
      return { kind: "pace", perSecond: inUnitOf(metric, effect.pace) / at.found };
    }
    case "scale":
      if (behaviour.kind === "level") return { ...behaviour, level: behaviour.level * effect.by };
      if (behaviour.kind === "pace" || behaviour.kind === "observations")
        return { ...behaviour, perSecond: behaviour.perSecond * effect.by };
      return behaviour;
    case "stretch":
      return behaviour.kind === "observations" ? { ...behaviour, typical: behaviour.typical * effect.by } : behaviour;
    case "vanish":
      return { kind: "gone" };
    default:
      return never(effect);
  }
}

interface Affected {
  readonly since: number;
  readonly speed: number;
  /** How many series the effect is shared among. */
  readonly found: number;
}

function withEffect(series: Steady, effect: Effect, since: number, speed: number): Steady {
  if (effect.kind === "unreachable" || effect.kind === "undiscovered") return series;
  const found = series.filter((one) => finds(effect.of, one.series)).length;
  return series.map((one) =>
    finds(effect.of, one.series) && !isGone(one.behaviour)
      ? { ...one, behaviour: affected(one.behaviour, effect, { since, speed, found }) }
      : one,
  );
}

/** A service under faults, those that began first taking effect first. `speed`: how many times faster than usual the clock goes. */
export function underFaults(
  { name, healthy }: SimulatedService,
  faults: readonly ActiveFault[],
  speed: number,
): ServiceState {
  const effects = faults.flatMap(({ fault, since }) =>
    (fault.services[name]?.effects ?? []).map((effect) => ({ effect, since })),
  );
  return {
    series: effects.reduce((series, { effect, since }) => withEffect(series, effect, since, speed), healthy),
    reachable: effects.every(({ effect }) => effect.kind !== "unreachable"),
    discovered: effects.every(({ effect }) => effect.kind !== "undiscovered"),
  };
}
