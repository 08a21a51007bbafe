/**
 * What Elasticsearch accepts and recommends.
 * Sources: Elasticsearch guide, "Size your shards" (10 to 50 GB each; 1,000 non-frozen shards per node, `cluster.max_shards_per_node`); "Mapping
 * limit settings" (`index.mapping.total_fields.limit`); Elastic Common Schema, "Data stream fields" (dataset, namespace).
 */
export const elasticsearchLimits = {
  shardsPerNode: 1_000,
  shardGigabytes: { least: 10, most: 50 },
  /** Fields of an index, those of templates and aliases among them. */
  totalFields: 1_000,
  /** Characters of a data stream's dataset and of its namespace. */
  namePart: 100,
} as const;
