type Point = readonly [time: number, value: number];

/**
 * How much a counter grew within a window, with Prometheus' extrapolation: to the ends of the window where samples reach near to
 * them, to half a step beyond the samples where not, and never to before the counter was zero. Undefined with fewer than two samples.
 * Source: Prometheus, Query functions, "increase"; its behaviour at the window's ends by the metamorphic test.
 */
export function increaseOf(points: readonly Point[], from: number, to: number): number | undefined {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2) return undefined;
  let growth = last[1] - first[1];
  let before = first[1];
  for (const [, value] of points) {
    // The counter was set back to zero in between.
    if (value < before) growth += before;
    before = value;
  }
  const sampled = last[0] - first[0];
  const step = sampled / (points.length - 1);
  const near = step * 1.1;
  let toStart = first[0] - from;
  if (toStart >= near) toStart = step / 2;
  if (growth > 0 && first[1] >= 0) toStart = Math.min(toStart, sampled * (first[1] / growth));
  const toEnd = to - last[0] >= near ? step / 2 : to - last[0];
  return growth * ((sampled + toStart + toEnd) / sampled);
}

/**
 * Where the straight line through the samples will be `ahead` seconds from `now`: simple linear regression by least squares.
 * Undefined with fewer than two samples. Source: Prometheus, Query functions, "predict_linear".
 */
export function forecastOf(points: readonly Point[], now: number, ahead: number): number | undefined {
  const [first] = points;
  if (first === undefined || points.length < 2) return undefined;
  if (points.every(([, value]) => value === first[1])) return first[1];
  const count = points.length;
  let [times, values, products, squares] = [0, 0, 0, 0];
  for (const [time, value] of points) {
    const x = time - now;
    times += x;
    values += value;
    products += x * value;
    squares += x * x;
  }
  const slope = (products - (times * values) / count) / (squares - (times * times) / count);
  return values / count - (slope * times) / count + slope * ahead;
}

/** A histogram's bucket: how many observations, or of them per second, were at most `bound`. */
export interface Bucket {
  readonly bound: number;
  readonly count: number;
}

/**
 * The quantile of a histogram, taking observations to be spread evenly within a bucket, and those above the last bound to be at it.
 * NaN without observations or without a bucket `+Inf`. Source: Prometheus, Query functions, "histogram_quantile".
 */
export function quantileOf(quantile: number, unsorted: readonly Bucket[]): number {
  const sorted = [...unsorted].sort((left, right) => left.bound - right.bound);
  let most = 0;
  const buckets = sorted.map(({ bound, count }) => {
    most = Math.max(most, count);
    return { bound, count: most };
  });
  const all = buckets.at(-1);
  const highest = buckets.at(-2);
  if (all === undefined || highest === undefined || all.bound !== Number.POSITIVE_INFINITY) return Number.NaN;
  if (all.count === 0 || Number.isNaN(all.count)) return Number.NaN;
  const rank = quantile * all.count;
  const index = buckets.findIndex(({ count }) => count >= rank);
  const found = buckets[index];
  if (found === undefined || found === all) return highest.bound;
  const below = buckets[index - 1];
  if (below === undefined) return found.bound <= 0 ? found.bound : found.bound * (rank / found.count);
  return below.bound + (found.bound - below.bound) * ((rank - below.count) / (found.count - below.count));
}

/** Mean and standard deviation of a population; of one that does not vary exactly its value and 0, whatever rounding does. */
export function spreadOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const [first = Number.NaN] = values;
  const mean = first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / values.length) };
}
