import { type Fault, fault, paces, sets, stretches, undiscovered, unreachable } from "../../model/fault";
import { startsWith } from "../../model/indicator";
import { app } from "../telemetry/app";
import { httpServer } from "../telemetry/http-server";
import { requestPerformance } from "../telemetry/request-performance";

const http = httpServer();
const failed = http.requests.where({ status: startsWith("5") });

/** What goes wrong with the API. */
export const apiFaults: readonly Fault[] = [
  fault("orders-fail", {
    reason: "A release makes most of the API's requests fail.",
    services: {
      "app-service": {
        effects: [paces(failed, "10 per second")],
        expects: ["AvailabilityLow", "EndpointErrorRateHigh"],
      },
    },
  }),
  fault("orders-slow", {
    reason: "Every request waits a second and a half for a lock.",
    services: {
      "app-service": {
        effects: [stretches(http.duration, 30)],
        expects: ["MedianResponseTimeHigh", "EndpointSlow"],
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
  fault("queue-stands", {
    reason: "Jobs come in and none is worked on.",
    services: {
      "app-service": {
        effects: [sets(app.queueLength, "5000"), sets(app.oldestJobAge, "1h")],
        expects: ["QueueBacklog", "JobsWaitTooLong"],
      },
    },
  }),
  fault("api-unreachable", {
    reason: "The API's processes are there, and none of them answers.",
    services: { "app-service": { effects: [unreachable], expects: ["TargetsUnreachable"] } },
  }),
  fault("api-undiscovered", {
    reason: "A deployment took the API out of service discovery.",
    services: { "app-service": { effects: [undiscovered], expects: ["TargetsMissing"] } },
  }),
];
