import { panel } from "../../model/dashboard";
import { ratio } from "../../model/indicator";
import { upTo } from "../../model/metric";
import { counter, gauge, telemetry } from "../../model/telemetry";

const datname = upTo(10, "app");
const perDatabase = { datname };

const up = gauge("pg_up", { help: "Whether the exporter's last connection to the server succeeded", unit: "ratio" });
const backends = gauge("pg_stat_database_numbackends", {
  help: "Connections to a database",
  unit: "connections",
  labels: perDatabase,
});
const maxConnections = gauge("pg_settings_max_connections", {
  help: "Connections that the server accepts",
  unit: "connections",
});
const commits = counter("pg_stat_database_xact_commit", {
  help: "Transactions committed",
  unit: "operations",
  labels: perDatabase,
});
const rollbacks = counter("pg_stat_database_xact_rollback", {
  help: "Transactions rolled back",
  unit: "operations",
  labels: perDatabase,
});
const deadlocks = counter("pg_stat_database_deadlocks", {
  help: "Deadlocks that the server broke by failing a transaction",
  unit: "events",
  labels: perDatabase,
});
const blocksHit = counter("pg_stat_database_blks_hit", {
  help: "Blocks found in the server's buffers",
  unit: "operations",
  labels: perDatabase,
});
const blocksRead = counter("pg_stat_database_blks_read", {
  help: "Blocks that the server had to ask the disk for",
  unit: "operations",
  labels: perDatabase,
});
const longestTransaction = gauge("pg_stat_activity_max_tx_duration", {
  help: "Age of the oldest open transaction",
  unit: "seconds",
  labels: { datname, state: upTo(6, "active") },
});
const size = gauge("pg_database_size_bytes", {
  help: "Size of a database on disk",
  unit: "bytes",
  labels: perDatabase,
});

const usage = ratio(backends.sum(), maxConnections.max());
const rolledBack = ratio(rollbacks.rate("5m"), commits.rate("5m"));

/**
 * A PostgreSQL server, by the postgres exporter, whose counters bear the view's own names, without `_total`.
 * Source: postgres_exporter, collectors `stat_database`, `database` and `settings`, and the query `pg_stat_activity`.
 */
export const postgresServer = telemetry("postgres-server", {
  metrics: {
    up,
    backends,
    maxConnections,
    commits,
    rollbacks,
    deadlocks,
    blocksHit,
    blocksRead,
    longestTransaction,
    size,
  },
  indicators: {
    database_reachable: up.min(),
    db_connection_usage: usage,
    /** Transactions, each of one query or of many: the server counts no queries by itself. */
    query_rate: commits.rate("5m"),
    rollback_rate: rollbacks.rate("5m"),
    deadlock_rate: deadlocks.rate("5m"),
    /** Blocks from the disk per block found in the buffers; near 0 while the working set fits in memory. */
    buffer_misses: ratio(blocksRead.rate("5m"), blocksHit.rate("5m")),
    longest_transaction: longestTransaction.max(),
  },
  panels: {
    overview: [
      panel("database-reachable", "Reachable", { "accepts connections": up.min() }, { visualization: "stat" }),
      panel("connection-usage", "Connections taken", { "of the limit": usage }, { visualization: "gauge" }),
      panel("transactions", "Transactions", { "per second": commits.rate("5m") }, { visualization: "stat" }),
    ],
    errors: [
      panel("deadlocks", "Deadlocks by database", { "{{datname}}": deadlocks.increase("5m").by("datname") }),
      panel("rollbacks", "Rollbacks per commit", { "{{datname}}": rolledBack.by("datname") }),
    ],
    performance: [
      panel("transactions-by-database", "Transactions by database", {
        "{{datname}}": commits.rate("5m").by("datname"),
      }),
      panel("longest-transaction", "Longest transaction", { "{{datname}}": longestTransaction.max().by("datname") }),
      panel("buffer-misses", "Blocks read from disk per block in memory", {
        "{{datname}}": ratio(blocksRead.rate("5m"), blocksHit.rate("5m")).by("datname"),
      }),
    ],
    infrastructure: [
      panel("connections", "Connections by database", { "{{datname}}": backends.sum().by("datname") }),
      panel("database-size", "Size by database", { "{{datname}}": size.max().by("datname") }),
    ],
  },
});
