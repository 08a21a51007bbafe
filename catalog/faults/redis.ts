import { drifts, type Fault, fault, paces, sets, undiscovered } from "../../model/fault";
import { redisServer } from "../telemetry/redis-server";

/** What goes wrong with Redis. */
export const redisFaults: readonly Fault[] = [
  fault("redis-down", {
    reason: "Redis does not answer its exporter.",
    services: { redis: { effects: [sets(redisServer.up, "0%")], expects: ["RedisDown", "RedisServerDown"] } },
  }),
  fault("redis-full", {
    reason: "Keys without an expiry take all memory, and others are thrown out for them.",
    services: {
      redis: {
        effects: [sets(redisServer.memoryUsed, "99MB"), paces(redisServer.evicted, "100 per second")],
        expects: ["RedisMemoryHigh", "RedisEvictions"],
      },
    },
  }),
  fault("redis-connections-taken", {
    reason: "Clients open a connection for every request, and are refused.",
    services: {
      redis: {
        effects: [sets(redisServer.clients, "10000"), paces(redisServer.rejected, "5 per second")],
        expects: ["RedisConnectionsNearLimit", "RedisConnectionsRejected"],
      },
    },
  }),
  fault("cache-cold", {
    reason: "A deployment renamed all keys.",
    services: { redis: { effects: [paces(redisServer.misses, "500 per second")], expects: ["RedisHitRatioLow"] } },
  }),
  fault("redis-replica-apart", {
    reason: "A replica lost its primary, and falls behind.",
    services: {
      redis: {
        effects: [sets(redisServer.link, "0%"), sets(redisServer.replicaLag, "120s")],
        expects: ["RedisReplicationBroken", "RedisReplicaLag"],
      },
    },
  }),
  fault("redis-slow", {
    reason: "Somebody lists all keys every second.",
    services: { redis: { effects: [drifts(redisServer.slowLogId, "4000", "20m")], expects: ["RedisSlowCommands"] } },
  }),
  fault("redis-save-fails", {
    reason: "The disk that Redis saves to is full.",
    services: { redis: { effects: [sets(redisServer.lastSave, "0%")], expects: ["RedisPersistenceFailing"] } },
  }),
  fault("redis-exporter-fails", {
    reason: "The exporter may not read what it asks for.",
    services: { redis: { effects: [sets(redisServer.exporterError, "100%")], expects: ["RedisExporterFailing"] } },
  }),
  fault("redis-undiscovered", {
    reason: "The cluster was replaced, and nobody told Prometheus.",
    services: { redis: { effects: [undiscovered], expects: ["TargetsMissing"] } },
  }),
];
