import { type LogCapacity, mibFor } from "../../model/log-capacity";
import type { LogRate } from "../../model/log-rate";
import type { DefiniteLogShipping, LogOutput } from "../../model/log-shipping";
import { type FluentdSection, section } from "./syntax";

/** Where Fluentd keeps what it has not delivered; a volume that outlives the process. */
export const dataFolder = "/fluentd/data";

/** How an output takes events off its buffer. */
interface Pace {
  readonly chunkMib: number;
  readonly intervalSeconds: number;
}

/**
 * What each system likes to be sent. Sources: Elasticsearch, Tune for indexing speed ("use bulk requests"; a few MB each); CloudWatch Logs
 * API, PutLogEvents (1 MiB a batch, which the plugin cuts a chunk into); Datadog API, Send logs (5 MB a payload). An object of S3 is better
 * few and large: five minutes, a quarter of a GiB.
 */
const paces: Readonly<Record<LogOutput, Pace>> = {
  elasticsearch: { chunkMib: 8, intervalSeconds: 5 },
  cloudwatch: { chunkMib: 4, intervalSeconds: 5 },
  s3: { chunkMib: 256, intervalSeconds: 300 },
  datadog: { chunkMib: 4, intervalSeconds: 5 },
};

/** After an outage the backlog must shrink while new events come: twice the peak is what the threads are counted for. */
const catchUp = 2;

/** Each thread holds a connection and a chunk in memory; beyond this, more processes are the answer. */
export const mostThreads = 16;

const mib = 1024 ** 2;

/** Threads that take a rate off a buffer, and as much again. */
const threadsFor = ({ bytes }: LogRate, { chunkMib, intervalSeconds }: Pace): number =>
  Math.min(mostThreads, Math.max(2, Math.ceil((catchUp * bytes * intervalSeconds) / (chunkMib * mib))));

/** Outputs that hold the record of what happened; the others are copies to search in. */
const records: ReadonlySet<LogOutput> = new Set(["cloudwatch", "s3"]);

/**
 * Whether a full buffer stops the input, so that Fluent Bit waits with its own on disk, or makes room by dropping its oldest chunk. The
 * record must not lose an event. A copy must not stop the record: it drops, unless there is no record at all.
 */
export const blocks = (output: LogOutput, { outputs }: DefiniteLogShipping): boolean =>
  records.has(output) || !outputs.some((other) => records.has(other));

export interface BufferOptions {
  /** Also the name of its folder, and so unique. */
  readonly name: string;
  readonly output: LogOutput;
  readonly rate: LogRate;
  readonly keys: string;
}

/** The buffer of an output: on disk, sized for the outage that must be survived, and tried for ever. */
export function buffer({ name, output, rate, keys }: BufferOptions, shipping: DefiniteLogShipping): FluentdSection {
  const pace = paces[output];
  const timed = keys.split(",").includes("time");
  return section(["buffer", keys], {
    "@type": "file",
    path: `${dataFolder}/buffer/${name}`,
    total_limit_size: `${mibFor(rate, shipping.outageHours)}m`,
    chunk_limit_size: `${pace.chunkMib}m`,
    ...(timed
      ? { timekey: `${pace.intervalSeconds}s`, timekey_wait: "30s", timekey_use_utc: true }
      : { flush_mode: "interval", flush_interval: `${pace.intervalSeconds}s` }),
    flush_thread_count: threadsFor(rate, pace),
    flush_at_shutdown: true,
    overflow_action: blocks(output, shipping) ? "block" : "drop_oldest_chunk",
    // A secondary would take what one more try delivers, and knows no limit; chunks that can never be sent are put aside by themselves.
    retry_type: "exponential_backoff",
    retry_wait: "1s",
    retry_max_interval: "60s",
    retry_forever: true,
  });
}

/** The buffer of a file on the same disk: what nobody claims, and what an output refused; an hour at one event in a thousand is little. */
export const fileBuffer = (name: string): FluentdSection =>
  section(["buffer", "time"], {
    "@type": "file",
    path: `${dataFolder}/buffer/${name}`,
    total_limit_size: "512m",
    chunk_limit_size: "16m",
    timekey: "1h",
    timekey_wait: "1m",
    timekey_use_utc: true,
    flush_at_shutdown: true,
    overflow_action: "drop_oldest_chunk",
    retry_forever: true,
  });

/** The least that an event can be throttled to at each process, so that all together let through no more than was said. */
export const limitOfEach = (events: number, { aggregators }: LogCapacity): number =>
  Math.max(1, Math.floor(events / aggregators));
