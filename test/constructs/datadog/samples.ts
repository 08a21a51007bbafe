import type { SpaceAggregator } from "../../../languages/datadog/metric-expression";
import type { TimeAggregate } from "../../../languages/datadog/monitor-query";
import type { Comparison } from "../../../model/comparison";

/** One series of a metric, a point a minute: a gauge's value, or what a counter has grown by within the minute. */
export interface Series {
  readonly metric: string;
  readonly datadog: string;
  readonly tags: Readonly<Record<string, string>>;
  /** What one of the metric's unit is in the unit that Datadog holds it in. */
  readonly heldPerUnit: number;
  readonly points: readonly (number | undefined)[];
}

/** What was measured of one service in one environment. */
export type Samples = readonly Series[];

/** Numbers joined into one; nothing of none. */
export function joined(
  aggregator: Extract<SpaceAggregator, string> | TimeAggregate,
  numbers: readonly number[],
): number | undefined {
  if (numbers.length === 0) return undefined;
  const sum = numbers.reduce((total, each) => total + each, 0);
  switch (aggregator) {
    case "sum":
      return sum;
    case "avg":
      return sum / numbers.length;
    case "max":
      return Math.max(...numbers);
    case "min":
      return Math.min(...numbers);
    default:
      throw new Error(`${aggregator} is not evaluated`);
  }
}

/** Whether a comparison is true. */
export function holds(comparison: Comparison, value: number, threshold: number): boolean {
  switch (comparison) {
    case ">":
      return value > threshold;
    case ">=":
      return value >= threshold;
    case "<":
      return value < threshold;
    case "<=":
      return value <= threshold;
  }
}
