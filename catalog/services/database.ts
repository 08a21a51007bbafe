import { postgresServer as postgresServerAlerts, rdsInstance as rdsInstanceAlerts } from "../../alerts/database";
import { slowDatabaseQueries } from "../../alerts/logs";
import { postgresUpkeep as postgresUpkeepAlerts } from "../../alerts/postgres";
import { rdsCapacity } from "../../alerts/rds";
import { targetsMissing } from "../../alerts/reachability";
import { weekly } from "../../model/maintenance-window";
import { rds } from "../../model/runtime";
import { service } from "../../model/service";
import { lockWaits, postgresErrors } from "../queries/postgres";
import { slowStatements } from "../queries/slow-queries";
import { postgresLogFields, postgresLogs } from "../telemetry/database-logs";
import { postgresServer } from "../telemetry/postgres-server";
import { postgresUpkeep } from "../telemetry/postgres-upkeep";
import { rdsInstance } from "../telemetry/rds-instance";
import { reachability } from "../telemetry/reachability";

/**
 * The PostgreSQL of users, orders, payments and analytics, an RDS instance in each environment.
 *
 * It has no log metrics: a metric filter reads fields of JSON, and PostgreSQL's log in CloudWatch is lines of text. Its slow
 * queries are counted in Datadog, whose pipeline makes fields of the lines. There a search often reads `@duration:>1000`, which
 * finds every statement, because Datadog's own `duration` is in nanoseconds; `duration_ms` says what it is.
 */
export const database = service("database", {
  description: "PostgreSQL on RDS, for every service that keeps anything",
  team: "platform",
  tier: 1,
  runtime: rds({
    instance: { default: "production", staging: "staging", dev: "development" },
    // The company's own export; RDS itself would write to `…/postgresql` below it.
    logGroup: "/aws/rds/instance/{instance}",
  }),
  telemetry: [postgresServer, postgresUpkeep, rdsInstance, reachability, postgresLogs],
  alerts: [
    postgresServerAlerts(),
    postgresUpkeepAlerts({
      // The exporter asks the primary, which is never behind; RDS measures its replica.
      replication: "off",
    }),
    // The exporter: without it nobody sees the server.
    targetsMissing({ severity: "SEV-2", exporter: true }),
    rdsInstanceAlerts({
      storage: { threshold: { default: "10GB", staging: "5GB", dev: "2GB" } },
      // Small instances are meant to be full.
      memory: { environments: ["prod"] },
    }),
    rdsCapacity({
      // The exporter knows how many connections the server accepts.
      connections: "off",
      replicaLag: { environments: ["prod"] },
      burstBalance: { threshold: { default: "20%", dev: "5%" } },
    }),
    slowDatabaseQueries(postgresLogFields.duration.above(1000), { threshold: { default: "20", dev: "100" } }),
  ],
  queries: [postgresErrors, slowStatements, lockWaits],
  maintenance: [
    weekly("minor-upgrades", {
      days: ["sunday"],
      start: "03:00",
      end: "04:00",
      timeZone: "Europe/Berlin",
      reason: "RDS installs minor versions and restarts the server, at the hour with the fewest orders",
      environments: ["prod"],
    }),
  ],
});
