import { panel } from "../../model/dashboard";
import { ratio } from "../../model/indicator";
import { oneOf } from "../../model/metric";
import { gauge, telemetry } from "../../model/telemetry";

export interface PostgresPoolOptions {
  /** Its name in Datadog, for a service that sends it there too. Default: Prometheus alone has it. */
  readonly datadog?: string;
}

/** The connections to PostgreSQL that each process of a service keeps open. */
export const postgresPool = ({ datadog }: PostgresPoolOptions = {}) => {
  const connections = gauge("database_connections", {
    help: "Connections of a process to its database; `total` is what the pool may open, so the states do not add up",
    unit: "connections",
    labels: { state: oneOf("idle", "active", "total") },
    datadog: datadog === undefined ? undefined : { name: datadog },
  });
  const active = connections.where({ state: "active" }).sum();
  const usage = ratio(active, connections.where({ state: "total" }).sum());

  return telemetry("postgres-pool", {
    metrics: { connections },
    indicators: {
      /** Of the process that has the fewest: a sum would hide one exhausted pool behind many idle ones. */
      db_connections_available: connections.where({ state: "idle" }).min(),
      db_connections_active: active,
      db_pool_usage: usage,
    },
    panels: {
      infrastructure: [
        panel("db-connections", "Database connections", {
          "{{state}}": connections.sum().by("state"),
        }),
        panel("db-pool-usage", "Database pool in use", { "share of connections": usage }),
      ],
    },
  });
};
