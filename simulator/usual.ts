import type { MetricDefinition, MetricUnit } from "../model/metric";
import { metricUnits } from "../model/metric";
import type { Dimension } from "../model/quantity";
import { never } from "../model/result";
import type { Behaviour } from "./series";

/**
 * What a gauge is where no alert and nobody says it, in the base unit of its dimension: a flag that is set, a second, a tenth of a
 * gigabyte, twenty of anything else.
 */
const levels: Readonly<Record<Dimension, number>> = {
  ratio: 1,
  time: 1,
  information: 1e8,
  count: 20,
  frequency: 1,
  throughput: 1e6,
};

/** How fast the series of a counter grow together, in the base unit per second: a tenth of a processor, a megabyte, ten of anything else. */
const paces: Readonly<Record<Dimension, number>> = { ...levels, ratio: 0.1, time: 0.1, information: 1e6, count: 10 };

/** The observation in the middle: fifty milliseconds, a hundred kilobytes, fifty of anything else. */
const typicals: Readonly<Record<Dimension, number>> = {
  ...levels,
  ratio: 0.5,
  time: 0.05,
  information: 1e5,
  count: 50,
};

const inUnit = (table: Readonly<Record<Dimension, number>>, unit: MetricUnit): number => {
  const { dimension, factor } = metricUnits[unit];
  return table[dimension] / Number(factor);
};

/** Whether what a metric measures goes up and down a little: a share and a flag do not, so that one that is whole stays whole. */
const variesIn = (unit: MetricUnit): boolean => metricUnits[unit].dimension !== "ratio";

/** A gauge at a level while all is well. */
export const levelIn = ({ unit }: MetricDefinition, level: number): Behaviour => ({
  kind: "level",
  level,
  varies: variesIn(unit),
});

/** What one of a metric's series does where nobody says it; what is counted is shared among all of them. */
export function usualOf(metric: MetricDefinition, series: number): Behaviour {
  const { type, unit } = metric;
  switch (type) {
    case "gauge":
      return levelIn(metric, inUnit(levels, unit));
    case "counter":
      return { kind: "pace", perSecond: inUnit(paces, unit) / series };
    case "histogram":
      return { kind: "observations", perSecond: 10 / series, typical: inUnit(typicals, unit) };
    default:
      return never(type);
  }
}
