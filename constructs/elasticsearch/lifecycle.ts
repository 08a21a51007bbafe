import type { DefiniteElastic } from "../../model/elastic";

/**
 * Days after which an index is closed to new events even when it is not full: a tenth of the retention, so that no event outlives it by more. Ages
 * count from then. Source: Elasticsearch guide, "Index lifecycle", "Rollover".
 */
export const rolloverDays = ({ retentionDays }: Pick<DefiniteElastic, "retentionDays">): number =>
  Math.max(1, Math.min(30, Math.floor(retentionDays / 10)));

/**
 * The life of an index, as the arguments of `elasticstack_elasticsearch_index_lifecycle`: written while it is hot, merged into one segment and fewer shards
 * when warm, last to be recovered when cold, and deleted. Where the cluster has no warm or cold nodes, it stays on those it has.
 */
export const lifecycleOf = (elastic: DefiniteElastic) => {
  const { warmAfterDays, coldAfterDays, retentionDays, shardGigabytes } = elastic;
  const shard = `${shardGigabytes}gb`;
  return {
    hot: {
      minAge: "0ms",
      setPriority: { priority: 100 },
      rollover: { maxPrimaryShardSize: shard, maxAge: `${rolloverDays(elastic)}d` },
    },
    ...(warmAfterDays === undefined
      ? {}
      : {
          warm: {
            minAge: `${warmAfterDays}d`,
            setPriority: { priority: 50 },
            readonly: { enabled: true },
            shrink: { maxPrimaryShardSize: shard },
            forcemerge: { maxNumSegments: 1 },
          },
        }),
    ...(coldAfterDays === undefined
      ? {}
      : { cold: { minAge: `${coldAfterDays}d`, setPriority: { priority: 0 }, readonly: { enabled: true } } }),
    delete: { minAge: `${retentionDays}d`, delete: { deleteSearchableSnapshot: true } },
  };
};
