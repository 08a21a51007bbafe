import {
  type Fault,
  fault,
  paces,
  scales,
  sets,
  setsTime,
  stretches,
  undiscovered,
  unreachable,
} from "../../model/fault";
import { startsWith } from "../../model/indicator";
import { analytics } from "../telemetry/analytics";
import { backgroundJobs } from "../telemetry/background-jobs";
import { containers } from "../telemetry/containers";
import { httpServer } from "../telemetry/http-server";

const http = httpServer();
const failed = http.requests.where({ status: startsWith("5") });

/** What goes wrong with analytics. */
export const analyticsFaults: readonly Fault[] = [
  fault("few-reports-fail", {
    reason: "Reports of one kind fail: three requests in a hundred.",
    services: {
      "analytics-backend": {
        effects: [paces(failed, "0.15 per second")],
        expects: ["ElevatedErrorRate", "AvailabilityLow"],
      },
    },
  }),
  fault("one-page-fails", {
    reason: "Payments fail, and the other pages are busy enough to hide it from the averages of the day.",
    services: {
      "analytics-backend": {
        effects: [paces(failed.where({ endpoint: "/payments" }), "0.2 per second")],
        expects: ["ElevatedErrorRate", "AvailabilityLow", "EndpointErrorRateHigh"],
      },
    },
  }),
  fault("reports-slow", {
    reason: "Statistics are out of date, and the planner reads whole tables.",
    services: {
      "analytics-backend": {
        effects: [stretches(http.duration, 30)],
        expects: ["HighAPILatency", "MedianResponseTimeHigh", "EndpointSlow"],
      },
    },
  }),
  fault("few-reports-slow", {
    reason: "The cache is cold: the slowest reports take a second or more, half of them are as fast as ever.",
    services: { "analytics-backend": { effects: [stretches(http.duration, 8)], expects: ["HighAPILatency"] } },
  }),
  fault("reports-need-memory", {
    reason: "A report of a whole year is held in memory.",
    services: { "analytics-backend": { effects: [scales(containers.memory, 2.1)], expects: ["HighMemoryUsage"] } },
  }),
  fault("container-killed-again", {
    reason: "The container needs more memory than it may have: it is killed, begins, and is killed again.",
    services: {
      "analytics-backend": {
        effects: [paces(containers.oomEvents, "2 per minute"), setsTime(containers.started, { ago: "30s" })],
        expects: ["ContainerOutOfMemoryKill", "ContainerRestartsAgainAndAgain"],
      },
    },
  }),
  fault("container-throttled", {
    reason: "The container's share of the processors is too small for its traffic.",
    services: {
      "analytics-backend": {
        effects: [paces(containers.throttledPeriods, "8 per second")],
        expects: ["ContainerThrottled"],
      },
    },
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
  fault("report-jobs-fail", {
    reason: "The store of finished reports refuses writes.",
    services: {
      "analytics-backend": {
        effects: [paces(backgroundJobs.jobs.where({ status: "failure" }), "5 per second")],
        expects: ["JobFailureRateHigh"],
      },
    },
  }),
  fault("report-jobs-stop", {
    reason: "The scheduler of reports hangs.",
    services: { "analytics-backend": { effects: [scales(backgroundJobs.jobs, 0)], expects: ["JobsStalled"] } },
  }),
  fault("users-leave", {
    reason: "Nobody can sign in.",
    services: { "analytics-backend": { effects: [sets(analytics.activeUsers, "2")], expects: ["ActiveUsersLow"] } },
  }),
  fault("analytics-unreachable", {
    reason: "Its containers do not start.",
    services: { "analytics-backend": { effects: [unreachable], expects: ["TargetsUnreachable"] } },
  }),
  fault("analytics-undiscovered", {
    reason: "The service was deleted from its cluster by hand.",
    services: { "analytics-backend": { effects: [undiscovered], expects: ["TargetsMissing"] } },
  }),
];
