import { only, pack, type Rows } from "./pack";

/** A database seen by the services that use it. */
export const connectionPoolRows = {
  exhausted: {
    alert: "DatabaseConnectionPoolExhausted",
    indicator: "db_connections_available",
    dimension: "count",
    comparison: "<",
    threshold: "5",
    for: "2m",
    severity: "SEV-1",
    symptom: "connections",
    summary: "Only {value} idle database connections are left to a process",
    why: "Below five the next burst waits for a connection, and soon every request does; two minutes outlast the burst itself.",
  },
} as const satisfies Rows;

/** Needs `db_connections_available`. */
export const connectionPoolExhausted = only(connectionPoolRows.exhausted);

/** A PostgreSQL server seen from inside, by its exporter. */
export const postgresServerRows = {
  down: {
    alert: "DatabaseDown",
    indicator: "database_reachable",
    dimension: "ratio",
    comparison: "<",
    threshold: "100%",
    recovery: "100%",
    for: "2m",
    severity: "SEV-1",
    symptom: "availability",
    means: "down",
    summary: "The database refuses connections",
    why: "Nothing works without it; two minutes outlast a failover.",
  },
  connections: {
    alert: "DatabaseConnectionsNearLimit",
    indicator: "db_connection_usage",
    dimension: "ratio",
    comparison: ">",
    threshold: "80%",
    for: "10m",
    severity: "SEV-3",
    symptom: "connections",
    summary: "{value} of the connections that the database accepts are taken",
    why: "At its limit the database refuses new connections of every service at once; a fifth left is time to find the leak.",
  },
  connectionsExhausted: {
    alert: "DatabaseConnectionsExhausted",
    indicator: "db_connection_usage",
    dimension: "ratio",
    comparison: ">",
    threshold: "95%",
    for: "5m",
    severity: "SEV-2",
    summary: "{value} of the connections that the database accepts are taken, and the next are refused",
    why: "The last three are kept for administrators: with one in twenty left, a deployment that opens its pools takes every service down.",
  },
  deadlocks: {
    alert: "DatabaseDeadlocks",
    indicator: "deadlock_rate",
    dimension: "frequency",
    comparison: ">",
    threshold: "1 per minute",
    for: "10m",
    severity: "SEV-3",
    symptom: "errors",
    summary: "Transactions deadlock {value}",
    why: "One deadlock is retried; one a minute is two code paths that take their locks in opposite order.",
  },
  longTransaction: {
    alert: "DatabaseTransactionTooLong",
    indicator: "longest_transaction",
    dimension: "time",
    comparison: ">",
    threshold: "15min",
    for: "5m",
    severity: "SEV-3",
    summary: "A transaction has been open for {value}",
    why: "An open transaction keeps its locks and stops vacuum; no request takes a quarter of an hour, so a commit was forgotten.",
  },
} as const satisfies Rows;

/** Needs `database_reachable`, `db_connection_usage`, `deadlock_rate` and `longest_transaction`. */
export const postgresServer = pack(postgresServerRows);

/**
 * An RDS instance seen from outside. CloudWatch holds these metrics, and so it evaluates them: Datadog has copies, minutes later, and
 * Prometheus has none.
 */
export const rdsInstanceRows = {
  cpu: {
    alert: "DatabaseCPUHigh",
    indicator: "cpu_usage",
    dimension: "ratio",
    comparison: ">",
    threshold: "80%",
    for: "15m",
    severity: "SEV-3",
    symptom: "cpu",
    evaluator: "cloudwatch",
    summary: "The database's processors are {value} busy",
    why: "Above 80% every query queues; fifteen minutes outlast the nightly reports.",
  },
  storage: {
    alert: "DatabaseStorageLow",
    indicator: "free_storage",
    dimension: "information",
    comparison: "<",
    threshold: "10GB",
    for: "15m",
    severity: "SEV-2",
    symptom: "storage",
    evaluator: "cloudwatch",
    summary: "The database has {value} of storage left",
    why: "Without storage the database stops accepting writes; 10 GB are about a day of growth.",
  },
  memory: {
    alert: "DatabaseMemoryLow",
    indicator: "free_memory",
    dimension: "information",
    comparison: "<",
    threshold: "256MB",
    for: "15m",
    severity: "SEV-3",
    symptom: "memory",
    evaluator: "cloudwatch",
    summary: "The database has {value} of memory left",
    why: "Below a quarter of a gigabyte the instance swaps, and every query slows down with it.",
  },
  readLatency: {
    alert: "DatabaseReadsSlow",
    indicator: "read_latency",
    dimension: "time",
    comparison: ">",
    threshold: "20ms",
    for: "15m",
    severity: "SEV-3",
    symptom: "latency",
    evaluator: "cloudwatch",
    summary: "A read of the database's disk takes {value}",
    why: "A healthy volume answers within a few milliseconds; at 20 its throughput or burst credit is used up.",
  },
} as const satisfies Rows;

/** Needs `cpu_usage`, `free_storage`, `free_memory` and `read_latency`. */
export const rdsInstance = pack(rdsInstanceRows);
