import { panel } from "../../model/dashboard";
import { ratio } from "../../model/indicator";
import { upTo } from "../../model/metric";
import { counter, gauge, telemetry } from "../../model/telemetry";

const ofTable = { datname: upTo(10, "app"), schemaname: upTo(10, "public"), relname: upTo(200, "orders") };
/** The exporter is connected to one database, and a table is in one schema of it; some names are in two. */
const tables = 300;

const replicationLag = gauge("pg_replication_lag_seconds", {
  help: "How far a replica is behind; 0 on a primary",
  unit: "seconds",
});
const liveRows = gauge("pg_stat_user_tables_n_live_tup", {
  help: "Rows of a table, estimated",
  unit: "events",
  labels: ofTable,
  series: tables,
});
const deadRows = gauge("pg_stat_user_tables_n_dead_tup", {
  help: "Rows of a table that were deleted or replaced and are not vacuumed yet, estimated",
  unit: "events",
  labels: ofTable,
  series: tables,
});
const wraparoundAge = gauge("pg_database_wraparound_age_datfrozenxid_seconds", {
  help: "Age of the oldest row that is not frozen, in transactions, whatever its name says",
  unit: "operations",
  labels: { datname: upTo(10, "app") },
});
const requestedCheckpoints = counter("pg_stat_bgwriter_checkpoints_req_total", {
  help: "Checkpoints made before their time, because the log had grown too long",
  unit: "events",
});
const timedCheckpoints = counter("pg_stat_bgwriter_checkpoints_timed_total", {
  help: "Checkpoints made because it was time",
  unit: "events",
});
const exporterError = gauge("pg_exporter_last_scrape_error", {
  help: "Whether the exporter's last reading failed in part: 1, else 0",
  unit: "ratio",
});

const dead = deadRows.sum().by("datname", "schemaname", "relname");
const deadRatio = ratio(deadRows.sum(), liveRows.sum()).by("datname", "schemaname", "relname");

/**
 * How a PostgreSQL server of versions up to 16 replicates, vacuums and writes checkpoints, by the postgres exporter with its collector
 * `database_wraparound` turned on. PostgreSQL 17 moved the checkpoints to a view of their own (`pg_stat_checkpointer_*`).
 * Source: postgres_exporter, collectors `replication`, `stat_user_tables`, `database_wraparound` and `stat_bgwriter`; PostgreSQL
 * documentation, "Preventing Transaction ID Wraparound Failures".
 */
export const postgresUpkeep = telemetry("postgres-upkeep", {
  metrics: { replicationLag, liveRows, deadRows, wraparoundAge, requestedCheckpoints, timedCheckpoints, exporterError },
  indicators: {
    replication_lag: replicationLag.max(),
    dead_rows: dead,
    dead_row_ratio: deadRatio,
    wraparound_age: wraparoundAge.max().by("datname"),
    requested_checkpoints: requestedCheckpoints.rate("1h"),
    postgres_exporter_error: exporterError.max(),
  },
  panels: {
    performance: [
      panel("checkpoints", "Checkpoints of the last hour", {
        forced: requestedCheckpoints.increase("1h"),
        "by the clock": timedCheckpoints.increase("1h"),
      }),
      panel("replication-lag", "Replication lag", { behind: replicationLag.max() }),
    ],
    infrastructure: [
      panel("dead-rows", "Dead rows by table", { "{{relname}}": dead }),
      panel("wraparound-age", "Age in transactions", { "{{datname}}": wraparoundAge.max().by("datname") }),
    ],
  },
});
