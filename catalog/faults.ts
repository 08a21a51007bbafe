import { drifts, type Fault, fault, paces, scales, sets, stretches, undiscovered, unreachable } from "../model/fault";
import { startsWith } from "../model/indicator";
import { analytics } from "./telemetry/analytics";
import { app } from "./telemetry/app";
import { backgroundJobs } from "./telemetry/background-jobs";
import { containers } from "./telemetry/containers";
import { hostCompute } from "./telemetry/host-compute";
import { hostDisks } from "./telemetry/host-disks";
import { httpServer } from "./telemetry/http-server";
import { postgresPool } from "./telemetry/postgres-pool";
import { postgresServer } from "./telemetry/postgres-server";
import { requestPerformance } from "./telemetry/request-performance";

const http = httpServer();
const failed = http.requests.where({ status: startsWith("5") });
const pool = postgresPool();

/** What is known to go wrong in production, and exactly who must say so: `./estate prove --live` makes each happen. */
export const faults: readonly Fault[] = [
  fault("orders-fail", {
    reason: "A release makes a third of the API's requests fail.",
    services: { "app-service": { effects: [paces(failed, "5 per second")], expects: ["AvailabilityLow"] } },
  }),
  fault("orders-slow", {
    reason: "The API waits a second and a half for a lock that every request takes.",
    services: {
      "app-service": {
        effects: [stretches(http.duration, 30)],
        expects: ["MedianResponseTimeHigh", "LatencyBudgetBurn1h"],
      },
    },
  }),
  fault("one-process-slow", {
    reason: "One process swaps, and every request that it works on waits.",
    services: {
      "app-service": { effects: [stretches(requestPerformance.duration, 20)], expects: ["RequestLatencyHigh"] },
    },
  }),
  fault("process-leaks", {
    reason: "A process keeps what it should forget, and is at a gigabyte and a half.",
    services: { "app-service": { effects: [sets(requestPerformance.memory, "1.5GB")], expects: ["MemoryUsageHigh"] } },
  }),
  fault("queue-grows", {
    reason: "Orders come in faster than they are worked on.",
    services: { "app-service": { effects: [sets(app.queueLength, "5000")], expects: ["QueueBacklog"] } },
  }),
  fault("api-unreachable", {
    reason: "The API's processes are there, and none of them answers.",
    services: { "app-service": { effects: [unreachable], expects: ["TargetsUnreachable"] } },
  }),
  fault("api-undiscovered", {
    reason: "A deployment took the API out of service discovery.",
    services: { "app-service": { effects: [undiscovered], expects: ["TargetsMissing"] } },
  }),
  fault("jobs-fail", {
    reason: "A third-party API refuses the workers' key: every second job fails.",
    services: {
      "celery-worker": {
        effects: [paces(backgroundJobs.jobs.where({ status: "failure" }), "5 per second")],
        expects: ["JobFailureRateHigh"],
      },
    },
  }),
  fault("jobs-stop", {
    reason: "The broker gives out no work.",
    services: { "celery-worker": { effects: [scales(backgroundJobs.jobs, 0)], expects: ["JobsStalled"] } },
  }),
  fault("workers-unreachable", {
    reason: "The workers' host is cut off from the network.",
    services: { "celery-worker": { effects: [unreachable], expects: ["TargetsUnreachable"] } },
  }),
  fault("workers-undiscovered", {
    reason: "The workers were scaled to none.",
    services: { "celery-worker": { effects: [undiscovered], expects: ["TargetsMissing"] } },
  }),
  fault("database-down", {
    reason: "The database accepts no connections, so that the API's pool empties and its requests fail.",
    services: {
      database: { effects: [sets(postgresServer.up, "0%")], expects: ["DatabaseDown"] },
      "analytics-backend": {
        effects: [sets(pool.connections.where({ state: "idle" }), "0"), paces(failed, "5 per second")],
        expects: ["DatabaseConnectionPoolExhausted", "HighErrorRate", "ElevatedErrorRate", "AvailabilityLow"],
      },
    },
  }),
  fault("database-connections-taken", {
    reason: "A client forgets to close its connections.",
    services: {
      database: { effects: [sets(postgresServer.backends, "90")], expects: ["DatabaseConnectionsNearLimit"] },
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
      database: {
        effects: [sets(postgresServer.longestTransaction, "1h")],
        expects: ["DatabaseTransactionTooLong"],
      },
    },
  }),
  fault("database-exporter-undiscovered", {
    reason: "Nobody restarted the exporter after its host was replaced.",
    services: { database: { effects: [undiscovered], expects: ["TargetsMissing"] } },
  }),
  fault("few-reports-fail", {
    reason: "Reports of one kind fail: three requests in a hundred.",
    services: {
      "analytics-backend": {
        effects: [paces(failed, "0.15 per second")],
        expects: ["ElevatedErrorRate", "AvailabilityLow"],
      },
    },
  }),
  fault("reports-slow", {
    reason: "Statistics are out of date, and the planner reads whole tables.",
    services: {
      "analytics-backend": {
        effects: [stretches(http.duration, 30)],
        expects: ["HighAPILatency", "MedianResponseTimeHigh"],
      },
    },
  }),
  fault("few-reports-slow", {
    reason: "The cache is cold: the slowest reports take seconds, half of them are as fast as ever.",
    services: { "analytics-backend": { effects: [stretches(http.duration, 8)], expects: ["HighAPILatency"] } },
  }),
  fault("reports-need-memory", {
    reason: "A report of a whole year is held in memory.",
    services: { "analytics-backend": { effects: [scales(containers.memory, 2.1)], expects: ["HighMemoryUsage"] } },
  }),
  fault("agents-loop", {
    reason: "An agent calls itself, and spends a workspace's credits.",
    services: {
      "analytics-backend": {
        effects: [paces(analytics.credits.where({ workspace_id: "ws-42" }), "20000 per hour")],
        expects: ["CreditConsumptionSpike"],
      },
    },
  }),
  fault("reports-jobs-stop", {
    reason: "The scheduler of reports hangs.",
    services: { "analytics-backend": { effects: [scales(backgroundJobs.jobs, 0)], expects: ["JobsStalled"] } },
  }),
  fault("users-leave", {
    reason: "Nobody can sign in.",
    services: { "analytics-backend": { effects: [sets(analytics.activeUsers, "2")], expects: ["ActiveUsersLow"] } },
  }),
  fault("host-busy", {
    reason: "A build runs where it should not.",
    services: {
      hosts: {
        effects: [paces(hostCompute.cpu.where({ mode: "idle" }), "5%")],
        expects: ["HighCPUUsage"],
      },
    },
  }),
  fault("host-memory-short", {
    reason: "A process takes all memory that there is.",
    services: { hosts: { effects: [sets(hostCompute.memoryAvailable, "1GB")], expects: ["HighMemoryUsage"] } },
  }),
  fault("host-disk-fills", {
    reason: "A log that nobody rotates takes the disk within half an hour.",
    services: { hosts: { effects: [drifts(hostDisks.available, "5GB", "30m")], expects: ["HighDiskUsage"] } },
  }),
  fault("host-unreachable", {
    reason: "A host does not answer any more.",
    services: { hosts: { effects: [unreachable], expects: ["TargetsUnreachable"] } },
  }),
];
