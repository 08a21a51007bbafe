import { fail, ok, type Result } from "../model/result";
import type { Share } from "./leaf-target";

/** Observations per second in each bucket that are at most its bound, the last bound being +Inf. */
export type Shape = readonly number[];

/** The observations per second where nothing is said of them. */
const usualPerSecond = 10;

/** All observations in the bucket of one index and so in all above it. */
const allFrom = (index: number, count: number, perSecond: number): Shape =>
  Array.from({ length: count }, (_, at) => (at < index ? 0 : perSecond));

/**
 * The buckets of a histogram of which a share lies at or below a value: within the value's bucket Prometheus takes observations to
 * be spread evenly, so that the share says how full it and those below must be.
 *
 * Errors: a value beyond the last bound, which no quantile ever reports, and one so low that no filling of the first bucket has it.
 */
export function shapeOf(
  perSecond: number | undefined,
  [wanted, another]: readonly Share[],
  bounds: readonly number[],
): Result<Shape> {
  const rate = perSecond ?? usualPerSecond;
  const buckets = bounds.length + 1;
  if (wanted === undefined) return ok(allFrom(0, buckets, rate));
  if (another !== undefined) return fail("two different quantiles of one histogram have no closed form");
  const { share, atMost } = wanted;
  const index = bounds.findIndex((bound) => atMost <= bound);
  const high = bounds[index];
  if (high === undefined) {
    return fail(
      `${atMost} is beyond the last bucket, ${bounds.at(-1)}, where every quantile ends; add a bucket above it`,
    );
  }
  const low = bounds[index - 1] ?? 0;
  const place = (atMost - low) / (high - low);
  if (!(place > 0) || share < 0 || share > 1) return fail(`${share} of all observations cannot be at most ${atMost}`);
  // Either the value's bucket alone is as full as it needs, the rest above all bounds; or it takes all, some of it below.
  if (place >= share) {
    const within = (rate * share) / place;
    return ok(Array.from({ length: buckets }, (_, at) => (at < index ? 0 : at === buckets - 1 ? rate : within)));
  }
  const below = (rate * (share - place)) / (1 - place);
  if (index === 0) return fail(`${atMost} is too low in the first bucket for ${share} of all observations`);
  return ok(Array.from({ length: buckets }, (_, at) => (at < index ? below : rate)));
}
