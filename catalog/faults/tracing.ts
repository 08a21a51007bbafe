import { type Fault, fault, paces, sets, undiscovered, unreachable } from "../../model/fault";
import { collector } from "../telemetry/collector";

/** What goes wrong on the way of traces. */
export const tracingFaults: readonly Fault[] = [
  fault("traces-too-many", {
    reason: "A release makes a span of every row that it reads, and collectors have no memory for them.",
    services: {
      tracing: {
        effects: [paces(collector.refused, "50 per second"), paces(collector.undecided, "5 per second")],
        expects: ["CollectorRefusesSpans", "TracesDroppedUndecided"],
      },
    },
  }),
  fault("trace-backend-away", {
    reason: "Jaeger is away: spans wait for it, are given up, and then find no room.",
    services: {
      tracing: {
        effects: [
          sets(collector.queued, "990"),
          paces(collector.failed, "20 per second"),
          paces(collector.dropped, "20 per second"),
        ],
        expects: ["CollectorQueueNearlyFull", "CollectorExportFails", "CollectorDropsSpans"],
      },
    },
  }),
  fault("gateways-unreachable", {
    reason: "The security group of the gateways was replaced by one that lets nobody in.",
    services: { tracing: { effects: [unreachable], expects: ["TargetsUnreachable"] } },
  }),
  fault("gateways-undiscovered", {
    reason: "The name of the gateways was deleted.",
    services: { tracing: { effects: [undiscovered], expects: ["TargetsMissing"] } },
  }),
];
