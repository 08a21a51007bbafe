import { choice, number, text } from "../../model/log-field";
import { telemetry } from "../../model/telemetry";

/** Fields of an event about a query, logged by the service that asked. */
export const queryLogFields = {
  query: text("query", { description: "The statement, with placeholders for its values" }),
  db: text("db", { description: "The database that it went to: primary or a replica" }),
};

/** The fields of queries, of a service that uses a database. */
export const queryLogs = telemetry("query-logs", { metrics: {}, logFields: queryLogFields });

/**
 * What PostgreSQL's own lines say. They are plain text in CloudWatch, where a query takes the fields out with `parse`; Datadog's
 * pipeline has taken them out already. Statements above 500 ms are logged (`log_min_duration_statement`).
 * Source: PostgreSQL documentation, "Error Reporting and Logging", "Message Severity Levels".
 */
export const postgresLogFields = {
  severity: choice("error_severity", ["DEBUG", "INFO", "NOTICE", "WARNING", "LOG", "ERROR", "FATAL", "PANIC"], {
    description: "PostgreSQL's own level; slow statements come as LOG",
  }),
  duration: number("duration_ms", { description: "How long a statement took", unit: "milliseconds" }),
  query: text("query", { description: "The statement; it may hold values of users", pii: "personal" }),
  user: text("user_name", { description: "The role that asked" }),
  database: text("database_name", { description: "The database that it asked" }),
};

/** The fields of PostgreSQL's log. */
export const postgresLogs = telemetry("postgres-logs", { metrics: {}, logFields: postgresLogFields });
