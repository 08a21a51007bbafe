import { type DefiniteElastic, elasticOf } from "../../model/elastic";
import type { EnvironmentEstate } from "../../model/estate";
import { type LogRate, peakRate, sumOf } from "../../model/log-rate";
import { rolloverDays } from "./lifecycle";
import { type LogStream, logStreamsOf } from "./stream";

/** Bytes of what Elasticsearch calls a gigabyte (`gb`). */
const gigabyte = 1024 ** 3;
const secondsPerDay = 86_400;

/**
 * Disk for each gigabyte that is stored: 15 % stay free below the watermark, 10 % are a margin.
 * Source: Elastic, "Benchmarking and sizing your Elasticsearch cluster for logs and metrics".
 */
const diskPerGigabyte = 1 + 0.15 + 0.1;

/** What one data stream takes. */
export interface StreamCapacity {
  readonly stream: LogStream;
  /** Stored in an average day, without copies; as much as was logged, and as though nothing were sampled. */
  readonly gigabytesPerDay: number;
  /** Primary shards of an index: as many as fill in a day, at most one for each node. */
  readonly primaries: number;
  /** Indices at a time. */
  readonly indices: number;
  /** Shards at a time, with copies. */
  readonly shards: number;
}

/** What an environment's logs take of its cluster. */
export interface Capacity {
  readonly streams: readonly StreamCapacity[];
  readonly shards: number;
  /** Gigabytes of disk by phase, with copies and what must stay free. */
  readonly disk: { readonly hot: number; readonly warm: number; readonly cold: number; readonly total: number };
  /** Bytes of the queue before the cluster: what comes at the peak rate while it is away. */
  readonly queueBytes: number;
}

/** An event as its JSON: what it takes beside, the index' codec makes up for. */
const peakOf = ({ contract }: LogStream): LogRate => peakRate(contract.logging, 0);

function ofStream(elastic: DefiniteElastic, stream: LogStream): StreamCapacity {
  const gigabytesPerDay = (peakOf(stream).bytes * elastic.averageLoad * secondsPerDay) / gigabyte;
  const perDay = Math.ceil(gigabytesPerDay / elastic.shardGigabytes);
  const primaries = Math.max(1, Math.min(perDay, elastic.dataNodes.count));
  const fullAfterDays = (elastic.shardGigabytes * primaries) / gigabytesPerDay;
  const indices = Math.ceil(elastic.retentionDays / Math.min(rolloverDays(elastic), fullAfterDays)) + 1;
  return { stream, gigabytesPerDay, primaries, indices, shards: indices * primaries * (1 + elastic.replicas) };
}

/** What an environment's logs take, computed from the rates of the log contracts; undefined for one without Elasticsearch. */
export function capacityOf(estate: EnvironmentEstate): Capacity | undefined {
  const elastic = elasticOf(estate.environment);
  if (elastic === undefined) return undefined;
  const streams = logStreamsOf(estate).map((stream) => ofStream(elastic, stream));
  const perDay =
    streams.reduce((sum, { gigabytesPerDay }) => sum + gigabytesPerDay, 0) * (1 + elastic.replicas) * diskPerGigabyte;
  // Ages count from the rollover, and what is being written is younger than that.
  const end = elastic.retentionDays + rolloverDays(elastic);
  const cold = elastic.coldAfterDays === undefined ? end : elastic.coldAfterDays + rolloverDays(elastic);
  const warm = elastic.warmAfterDays === undefined ? cold : elastic.warmAfterDays + rolloverDays(elastic);
  const disk = (days: number): number => Math.ceil(days * perDay);
  const parts = { hot: disk(warm), warm: disk(cold - warm), cold: disk(end - cold) };
  return {
    streams,
    shards: streams.reduce((sum, { shards }) => sum + shards, 0),
    disk: { ...parts, total: parts.hot + parts.warm + parts.cold },
    queueBytes: sumOf(streams.map(({ stream }) => peakOf(stream))).bytes * elastic.outageMinutes * 60,
  };
}
