import type { Environment } from "./environment";

/** The machines that hold the data of an Elasticsearch cluster. */
export interface DataNodes {
  readonly count: number;
  /** Disk of each, in gigabytes. */
  readonly diskGigabytes: number;
}

/** Where an environment's logs can be searched, and for how long: an Elasticsearch cluster with its Kibana. */
export interface Elastic {
  /** URLs of the cluster, without a path. */
  readonly elasticsearch: readonly string[];
  /** URL of its Kibana, without a path. */
  readonly kibana: string;
  /** The service whose people run the cluster: they are called when it fails to keep logs. */
  readonly runBy: string;
  readonly dataNodes: DataNodes;
  /** The S3 bucket that it is saved to. */
  readonly snapshotBucket: string;
  /** Days that events can be searched; not longer than the environment keeps its logs. Default: as long. */
  readonly retentionDays?: number;
  /**
   * Days after which an index is warm: merged, and never written again. Default: 7, when events are kept longer than twice that; what is asked
   * in an incident is mostly of the last week.
   */
  readonly warmAfterDays?: number;
  /** Days after which an index is cold. Default: 30, when events are kept longer than twice that. */
  readonly coldAfterDays?: number;
  /**
   * Gigabytes at which a shard is full. Default: 50, the most that is recommended.
   * Source: Elasticsearch guide, "Size your shards".
   */
  readonly shardGigabytes?: number;
  /** Copies of each shard. Default: 1 where there is more than one node, which the loss of one node then costs nothing. */
  readonly replicas?: number;
  /** What a day has of the peak rate on average, 0 to 1. Default: 0.3. */
  readonly averageLoad?: number;
  /** Minutes for which the queue before the cluster holds what comes at the peak rate, while it is away. Default: 60. */
  readonly outageMinutes?: number;
}

/** An environment's Elasticsearch, with nothing left open. */
export interface DefiniteElastic extends Required<Omit<Elastic, "warmAfterDays" | "coldAfterDays">> {
  /** Undefined: never warm. */
  readonly warmAfterDays: number | undefined;
  readonly coldAfterDays: number | undefined;
}

const phaseDefaults = { warm: 7, cold: 30 } as const;

/** Fills in the defaults; undefined for an environment without Elasticsearch. */
export function elasticOf({ elastic, retentionDays: kept }: Environment): DefiniteElastic | undefined {
  if (elastic === undefined) return undefined;
  const { retentionDays = kept } = elastic;
  const phase = (days: number): number | undefined => (retentionDays > 2 * days ? days : undefined);
  return {
    replicas: elastic.dataNodes.count > 1 ? 1 : 0,
    shardGigabytes: 50,
    averageLoad: 0.3,
    outageMinutes: 60,
    ...elastic,
    retentionDays,
    warmAfterDays: elastic.warmAfterDays ?? phase(phaseDefaults.warm),
    coldAfterDays: elastic.coldAfterDays ?? phase(phaseDefaults.cold),
  };
}
