import type { Effect } from "../model/fault";
import { type MetricDefinition, metricUnits } from "../model/metric";
import { parseQuantity, type QuantityText } from "../model/quantity";
import { checked, never } from "../model/result";
import type { StatedHealth } from "../model/simulation";
import { perSecond } from "./comparing";
import type { Behaviour } from "./series";
import { secondsOf } from "./steady";
import { levelIn } from "./usual";

/** A quantity as a number in a metric's own unit; a frequency or throughput per second. */
export const inUnitOf = ({ unit }: MetricDefinition, text: QuantityText): number =>
  perSecond(checked(parseQuantity(text))) / Number(metricUnits[unit].factor);

/** Seconds from now to a time; those past are negative. */
export const secondsFromNow = (
  when: Extract<Effect, { kind: "time" }> | { ago: string } | { ahead: string },
): number => ("ago" in when ? -secondsOf(when.ago) : secondsOf(when.ahead));

/** What a series does whose metric the catalog speaks of. */
export function behaviourOf({ health }: StatedHealth, metric: MetricDefinition): Behaviour {
  switch (health.kind) {
    case "level":
      // A limit that somebody set, such as connections, does not go up and down.
      return metricUnits[metric.unit].dimension === "count"
        ? { kind: "level", level: inUnitOf(metric, health.level), varies: false }
        : levelIn(metric, inUnitOf(metric, health.level));
    case "time":
      return { kind: "time", fromNow: secondsFromNow(health) };
    case "pace":
      return { kind: "pace", perSecond: inUnitOf(metric, health.pace) };
    case "observations":
      return {
        kind: "observations",
        perSecond: perSecond(checked(parseQuantity(health.pace))),
        typical: inUnitOf(metric, health.typical),
      };
    default:
      return never(health);
  }
}
