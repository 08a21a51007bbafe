import type { DefiniteTracing } from "./tracing";

/** Bytes of a span in Elasticsearch, with its index, for one copy; measure yours (`_cat/indices`) and the shards follow. */
const storedBytesPerSpan = 1000;

/** Most that one shard should hold. Source: Elasticsearch, "Size your shards" (10 to 50 GB). */
const bytesPerShard = 40e9;

/** How much more the busiest second has than the average one of a day. */
const peakOverAverage = 3;

/** Of 100 traces, how many are kept for an error or for being slow; more than of a service that keeps its promises. */
const exceptionalPercent = 2;

/** What becomes of a day's traces in a store. */
export interface TraceStorage {
  readonly spansPerSecond: number;
  readonly bytesPerDay: number;
  /** Primary shards of a day's index. */
  readonly shards: number;
}

/** What is stored of an environment's traces, each once: of the busiest second the spans, of an average day the bytes. */
export function traceStorage(traced: readonly DefiniteTracing[]): TraceStorage {
  const spansPerSecond = traced.reduce((sum, { tracesPerSecond, headPercent, spansPerTrace, keepPercent }) => {
    const kept = Math.min(100, keepPercent + exceptionalPercent) / 100;
    return sum + tracesPerSecond * (headPercent / 100) * spansPerTrace * kept;
  }, 0);
  const bytesPerDay = Math.ceil((spansPerSecond / peakOverAverage) * storedBytesPerSpan * 86_400);
  return {
    spansPerSecond: Math.ceil(spansPerSecond),
    bytesPerDay,
    shards: Math.max(1, Math.ceil(bytesPerDay / bytesPerShard)),
  };
}
