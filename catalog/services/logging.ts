import { elasticsearchHealth } from "../../alerts/elasticsearch";
import { logArchiveDelivery } from "../../alerts/log-archive";
import { fluentBitDelivery, fluentdBuffers } from "../../alerts/log-shipping";
import { targetsMissing, targetsUnreachable } from "../../alerts/reachability";
import { ecs } from "../../model/runtime";
import { elasticsearchExporter, fluentBitBeside, fluentdAggregators } from "../../model/scrape";
import { service } from "../../model/service";
import { fluentdErrors } from "../queries/logging";
import { elasticsearchCluster } from "../telemetry/elasticsearch-cluster";
import { fluentBit } from "../telemetry/fluent-bit";
import { fluentd as fluentdTelemetry } from "../telemetry/fluentd";
import { logArchive } from "../telemetry/log-archive";
import { reachability } from "../telemetry/reachability";

const fluentd = fluentdTelemetry();

/** Where the archive is: tests' events are worth none. */
const archived = { environments: ["staging", "prod"] } as const;

/**
 * The way of log events: a Fluent Bit beside each task of the services that log, Fluentd in the middle, the cluster in which they are
 * searched, and the stream that fills the archive. While it loses events nobody misses them, so it has to say so itself.
 */
export const logging = service("logging", {
  description: "The way of log events: Fluent Bit, Fluentd, Elasticsearch and the archive",
  team: "platform",
  tier: 1,
  runtime: ecs({ cluster: "company", logGroup: "/ecs/fluentd" }),
  telemetry: [fluentd, fluentBit, logArchive, elasticsearchCluster, reachability],
  scrapes: [
    // As many as the peak needs, and one more.
    fluentdAggregators({ instances: { default: 2, prod: 4 } }),
    fluentBitBeside("app-service", { instances: { default: 2, prod: 6 }, exposes: [fluentBit] }),
    fluentBitBeside("analytics-backend", { exposes: [fluentBit] }),
    fluentBitBeside("celery-worker", { exposes: [fluentBit] }),
    elasticsearchExporter({ exposes: [elasticsearchCluster] }),
  ],
  alerts: [
    fluentdBuffers(),
    fluentBitDelivery(),
    elasticsearchHealth(),
    logArchiveDelivery({ nearlyLost: archived, late: archived, nothing: archived, throttled: archived }),
    targetsUnreachable({
      severity: "SEV-2",
      summary: "Only {value} of the Fluentd answer",
      why: "Services go on without it, and their tasks hold a quarter of an hour of events at the peak.",
    }),
    targetsMissing({ severity: "SEV-2" }),
  ],
  queries: [fluentdErrors],
});
