import { collectorHealth } from "../../alerts/collector";
import { targetsMissing, targetsUnreachable } from "../../alerts/reachability";
import { ecs } from "../../model/runtime";
import { collectorBeside, collectorGateways } from "../../model/scrape";
import { service } from "../../model/service";
import { collectorErrors } from "../queries/tracing";
import { collector } from "../telemetry/collector";
import { reachability } from "../telemetry/reachability";

/** The way of traces: a collector beside each task of the services that are traced, and the gateways that judge what is kept. */
export const tracing = service("tracing", {
  description: "The way of traces: OpenTelemetry's collectors",
  team: "platform",
  tier: 2,
  runtime: ecs({ cluster: "company", logGroup: "/ecs/otel-gateway" }),
  telemetry: [collector, reachability],
  scrapes: [
    collectorGateways({ instances: { default: 2, dev: 1, prod: 3 } }),
    collectorBeside("app-service", { instances: { default: 2, prod: 6 }, exposes: [collector] }),
    collectorBeside("analytics-backend", { exposes: [collector] }),
    collectorBeside("celery-worker", { exposes: [collector] }),
  ],
  alerts: [
    collectorHealth(),
    targetsUnreachable({
      severity: "SEV-3",
      summary: "Only {value} of the gateways answer",
      why: "Traces that nobody judges are lost; services go on without them.",
    }),
    targetsMissing({ severity: "SEV-3" }),
  ],
  queries: [collectorErrors],
});
