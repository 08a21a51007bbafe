/**
 * How wide the observations of a histogram are: the larger, the narrower. At 3, nineteen in twenty are below 2.7 times the one in the middle
 * and ninety-nine in a hundred below 4.6 times, as latencies of a healthy service are.
 */
const shape = 3;

/**
 * The share of observations that are at most a bound, where half of them are at most `typical`: a log-logistic distribution, whose
 * long tail is that of latencies and sizes, and whose share has a closed form.
 */
export function shareAtMost(bound: number, typical: number): number {
  if (bound <= 0) return 0;
  return bound === Number.POSITIVE_INFINITY ? 1 : 1 / (1 + (typical / bound) ** shape);
}

/**
 * The quantile that Prometheus makes of buckets, given as the share of observations that are at most each bound, the last +Inf: it takes
 * them to be spread evenly within a bucket. Source: Prometheus, Query functions, "histogram_quantile".
 */
export function quantileOf(quantile: number, bounds: readonly number[], shares: readonly number[]): number {
  const index = bounds.findIndex((_, at) => (shares[at] ?? 0) >= quantile);
  const bound = bounds[index];
  if (bound === undefined) return bounds.at(-1) ?? Number.NaN;
  const [low, below] = index === 0 ? [0, 0] : [bounds[index - 1] ?? 0, shares[index - 1] ?? 0];
  return low + (bound - low) * ((quantile - below) / ((shares[index] ?? 1) - below));
}
