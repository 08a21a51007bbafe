import { type Fault, fault, paces, sets, undiscovered } from "../../model/fault";
import { startsWith } from "../../model/indicator";
import { httpServer } from "../telemetry/http-server";
import { postgresPool } from "../telemetry/postgres-pool";
import { postgresServer } from "../telemetry/postgres-server";
import { postgresUpkeep } from "../telemetry/postgres-upkeep";

const failed = httpServer().requests.where({ status: startsWith("5") });
const pool = postgresPool();

/** What goes wrong with the database. */
export const databaseFaults: readonly Fault[] = [
  fault("database-down", {
    reason: "The database accepts no connections: the clients' pools empty, and their requests fail.",
    services: {
      database: { effects: [sets(postgresServer.up, "0%")], expects: ["DatabaseDown"] },
      "analytics-backend": {
        effects: [sets(pool.connections.where({ state: "idle" }), "0"), paces(failed, "10 per second")],
        expects: [
          "DatabaseConnectionPoolExhausted",
          "HighErrorRate",
          "ElevatedErrorRate",
          "EndpointErrorRateHigh",
          "AvailabilityLow",
        ],
      },
    },
  }),
  fault("database-connections-taken", {
    reason: "A client forgets to close its connections, and nearly none is left.",
    services: {
      database: {
        effects: [sets(postgresServer.backends, "98")],
        expects: ["DatabaseConnectionsNearLimit", "DatabaseConnectionsExhausted"],
      },
    },
  }),
  fault("database-deadlocks", {
    reason: "Two jobs lock the same rows in opposite orders.",
    services: {
      database: { effects: [paces(postgresServer.deadlocks, "10 per minute")], expects: ["DatabaseDeadlocks"] },
    },
  }),
  fault("transaction-forgotten", {
    reason: "Somebody's console holds a transaction open since an hour.",
    services: {
      database: { effects: [sets(postgresServer.longestTransaction, "1h")], expects: ["DatabaseTransactionTooLong"] },
    },
  }),
  fault("database-reads-from-disk", {
    reason: "A new report reads a table that does not fit into memory, again and again.",
    services: {
      database: { effects: [paces(postgresServer.blocksRead, "500 per second")], expects: ["DatabaseCacheMisses"] },
    },
  }),
  fault("vacuum-stuck", {
    reason: "A forgotten replication slot keeps the oldest transaction alive, and ids run out.",
    services: {
      database: {
        effects: [sets(postgresUpkeep.wraparoundAge, "1900000000")],
        expects: ["DatabaseWraparoundAge", "DatabaseWraparoundNear"],
      },
    },
  }),
  fault("database-exporter-fails", {
    reason: "An upgrade changed a view that the exporter reads.",
    services: {
      database: { effects: [sets(postgresUpkeep.exporterError, "100%")], expects: ["DatabaseExporterFailing"] },
    },
  }),
  fault("database-exporter-undiscovered", {
    reason: "Nobody started the exporter after its host was replaced.",
    services: { database: { effects: [undiscovered], expects: ["TargetsMissing"] } },
  }),
];
