import { panel } from "../../model/dashboard";
import { ratio } from "../../model/indicator";
import { oneOf, upTo } from "../../model/metric";
import { counter, gauge, telemetry } from "../../model/telemetry";

const ofPrimary = { master_host: upTo(5, "redis-1"), master_port: upTo(5, "6379") };
const ofReplica = {
  slave_ip: upTo(5, "10.0.0.7"),
  slave_port: upTo(5, "6379"),
  slave_state: oneOf("wait_bgsave", "send_bulk", "online"),
};

const up = gauge("redis_up", { help: "Whether the exporter's last connection to the server succeeded", unit: "ratio" });
const memoryUsed = gauge("redis_memory_used_bytes", { help: "Memory that Redis allocated", unit: "bytes" });
const memoryMax = gauge("redis_memory_max_bytes", {
  help: "Memory that Redis may use; 0 when it is not limited",
  unit: "bytes",
});
const evicted = counter("redis_evicted_keys_total", { help: "Keys removed to make room", unit: "events" });
const rejected = counter("redis_rejected_connections_total", {
  help: "Connections refused at maxclients",
  unit: "connections",
});
const clients = gauge("redis_connected_clients", { help: "Connections of clients", unit: "connections" });
const maxClients = gauge("redis_config_maxclients", {
  help: "Connections that the server accepts",
  unit: "connections",
});
const commands = counter("redis_commands_processed_total", { help: "Commands carried out", unit: "operations" });
const hits = counter("redis_keyspace_hits_total", { help: "Reads that found their key", unit: "operations" });
const misses = counter("redis_keyspace_misses_total", { help: "Reads that found nothing", unit: "operations" });
const replicas = gauge("redis_connected_slaves", { help: "Replicas that a primary serves", unit: "connections" });
const link = gauge("redis_master_link_up", {
  help: "Whether a replica reaches its primary: 1, else 0",
  unit: "ratio",
  labels: ofPrimary,
});
const replicaLag = gauge("redis_connected_slave_lag_seconds", {
  help: "Time since a replica acknowledged what it received",
  unit: "seconds",
  labels: ofReplica,
});
const slowLogId = gauge("redis_slowlog_last_id", {
  help: "Number of the last command in the slow log",
  unit: "events",
});
const lastSave = gauge("redis_rdb_last_bgsave_status", {
  help: "Whether the last save to disk succeeded: 1, else 0",
  unit: "ratio",
});
const exporterError = gauge("redis_exporter_last_scrape_error", {
  help: "Whether the exporter's last reading failed: 1, else 0",
  unit: "ratio",
  labels: { err: upTo(20, "") },
});

const memoryUsage = ratio(memoryUsed.sum(), memoryMax.sum()).by("instance");
const reads = hits.rate("5m").by("instance");

/**
 * A Redis server, primary or replica, by the redis exporter. `maxmemory` is set: without it Redis takes what the host has, and there
 * is nothing to measure its memory against.
 * Source: redis_exporter, README, "What's exported"; Redis documentation, INFO.
 */
export const redisServer = telemetry("redis-server", {
  metrics: {
    up,
    memoryUsed,
    memoryMax,
    evicted,
    rejected,
    clients,
    maxClients,
    commands,
    hits,
    misses,
    replicas,
    link,
    replicaLag,
    slowLogId,
    lastSave,
    exporterError,
  },
  indicators: {
    redis_reachable: up.max(),
    redis_server_reachable: up.min().by("instance"),
    redis_memory_usage: memoryUsage,
    redis_eviction_rate: evicted.rate("5m").by("instance"),
    redis_rejected_connections: rejected.increase("5m").by("instance"),
    redis_connection_usage: ratio(clients.sum(), maxClients.sum()).by("instance"),
    redis_command_rate: commands.rate("5m"),
    redis_read_rate: reads,
    /** Reads that found nothing per read that found its key. */
    redis_miss_ratio: ratio(misses.rate("5m"), hits.rate("5m")).by("instance"),
    redis_replicas: replicas.max(),
    redis_replica_link: link.min().by("instance"),
    redis_replica_lag: replicaLag.max().by("instance"),
    redis_last_save: lastSave.min().by("instance"),
    redis_exporter_error: exporterError.max(),
  },
  panels: {
    overview: [
      panel("redis-reachable", "Reachable", { "{{instance}}": up.min().by("instance") }, { visualization: "stat" }),
      panel("redis-memory", "Memory", { "{{instance}}": memoryUsage }, { visualization: "gauge" }),
      panel("redis-commands", "Commands", { "per second": commands.rate("5m") }, { visualization: "stat" }),
    ],
    errors: [
      panel("redis-evictions", "Keys evicted", { "{{instance}}": evicted.rate("5m").by("instance") }),
      panel("redis-rejected", "Connections refused", { "{{instance}}": rejected.increase("5m").by("instance") }),
    ],
    performance: [
      panel("redis-reads", "Reads", {
        "that found their key": hits.rate("5m"),
        "that found nothing": misses.rate("5m"),
      }),
    ],
    infrastructure: [
      panel("redis-clients", "Connections", { "{{instance}}": clients.sum().by("instance") }),
      panel("redis-replica-lag", "Replication lag", { "of replicas of {{instance}}": replicaLag.max().by("instance") }),
    ],
  },
});
