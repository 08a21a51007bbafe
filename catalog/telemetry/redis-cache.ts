import { panel } from "../../model/dashboard";
import { ratio } from "../../model/indicator";
import { oneOf } from "../../model/metric";
import { counter, telemetry } from "../../model/telemetry";

const operations = counter("cache_operations_total", {
  help: "Operations on the cache",
  unit: "operations",
  labels: { operation: oneOf("get", "set"), result: oneOf("hit", "miss") },
});
const reads = operations.where({ operation: "get" });
const hitRatio = ratio(reads.where({ result: "hit" }).rate("5m"), reads.rate("5m"));

/** A Redis cache, seen by the service that reads it. Only reads hit or miss, so only they make the hit ratio. */
export const redisCache = telemetry("redis-cache", {
  metrics: { operations },
  indicators: {
    cache_hit_ratio: hitRatio,
    cache_hits: reads.where({ result: "hit" }).rate("5m"),
    cache_operations: operations.rate("5m"),
  },
  panels: {
    performance: [
      panel("cache-hit-ratio", "Cache hit ratio", { "reads that hit": hitRatio }),
      panel("cache-operations", "Cache operations", {
        "{{operation}} {{result}}": operations.rate("5m").by("operation", "result"),
      }),
    ],
  },
});
