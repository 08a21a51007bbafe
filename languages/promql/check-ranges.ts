import { formatDuration } from "./durations";
import { type PromqlProblem, problem } from "./problem";
import type { PromqlQuery } from "./query";

/**
 * Functions that need two samples at least in their range, and so a range of four scrapes: one to hold two whatever the moment,
 * one for a scrape that comes late, one for a scrape that fails.
 */
const NEEDS_SAMPLES: ReadonlySet<string> = new Set([
  "delta",
  "deriv",
  "double_exponential_smoothing",
  "idelta",
  "increase",
  "irate",
  "predict_linear",
  "rate",
]);

const SCRAPES = 4;

/** Seconds between two samples of a series, where they are known. */
export type SampleInterval = (metric: string) => number | undefined;

/** Ranges too short to hold the samples that their function needs. */
export function checkRanges({ every }: PromqlQuery, intervalOf: SampleInterval): readonly PromqlProblem[] {
  return every.flatMap((node) => {
    if (node.kind !== "call" || !NEEDS_SAMPLES.has(node.name)) return [];
    const [range] = node.args;
    if (range?.kind !== "selector") return [];
    const { metric = "", rangeSeconds } = range.selector;
    const interval = intervalOf(metric);
    if (rangeSeconds === undefined || interval === undefined || rangeSeconds >= SCRAPES * interval) return [];
    const message = `${node.name}() over ${formatDuration(rangeSeconds)} holds too few samples, which come every ${formatDuration(interval)}; take ${formatDuration(SCRAPES * interval)} or more.`;
    return [problem("short-range", range, message)];
  });
}
