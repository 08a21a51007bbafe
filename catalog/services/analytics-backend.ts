import { activeUsersDropped, activeUsersLow, creditConsumptionSpike } from "../../alerts/business";
import { connectionPoolExhausted } from "../../alerts/database";
import { containerHealth, ecsTasks } from "../../alerts/ecs";
import { goldenSignals, serviceSaturated } from "../../alerts/golden-signals";
import { jobs } from "../../alerts/jobs";
import { targetsMissing, targetsUnreachable } from "../../alerts/reachability";
import { red } from "../../alerts/red";
import { runbook } from "../../alerts/runbook";
import { alert } from "../../model/alert";
import { ecs } from "../../model/runtime";
import { service } from "../../model/service";
import { analyticsServiceDashboard } from "../dashboards/analytics-service";
import { errorsByType, slowRequests } from "../log-metrics";
import { recentErrors, topErrorTypes } from "../queries/errors";
import { errorsByEndpoint, latencyByEndpoint, requestTrail, userActivity } from "../queries/requests";
import { slowQueries } from "../queries/slow-queries";
import { analytics } from "../telemetry/analytics";
import { backgroundJobs } from "../telemetry/background-jobs";
import { containers } from "../telemetry/containers";
import { queryLogs } from "../telemetry/database-logs";
import { ecsService } from "../telemetry/ecs-service";
import { httpLogs } from "../telemetry/http-logs";
import { httpServer } from "../telemetry/http-server";
import { structuredLogs } from "../telemetry/logs";
import { postgresPool } from "../telemetry/postgres-pool";
import { reachability } from "../telemetry/reachability";
import { redisCache } from "../telemetry/redis-cache";
import { itemLogs } from "../telemetry/work-logs";

/**
 * Often written `rate(http_requests_total{status=~"5.."}[5m]) > 0.05`, which compares failures per second with 5%: it pages at
 * one failure in twenty seconds, whatever the traffic, and once for every series. The share of requests that fail is a ratio.
 */
const highErrorRate = alert("HighErrorRate", {
  when: "error_rate > 5%",
  thresholds: { default: "5%", staging: "10%", dev: "25%" },
  for: "5m",
  severity: "SEV-1",
  symptom: "errors",
  summary: "{value} of all requests fail",
  description:
    "One request in twenty is an outage for whoever works in a workspace: they send dozens to draw one report.",
  runbook: runbook("HighErrorRate"),
});

/**
 * Often written `container_memory_usage_bytes / container_spec_memory_limit_bytes > 0.9`. The limit of an unlimited container is
 * 0, so the quotient is infinite and the alert never ends. The ratio has no value where its denominator is zero.
 */
const highMemoryUsage = alert("HighMemoryUsage", {
  when: "container_memory_usage > 90%",
  for: "5m",
  severity: "SEV-3",
  symptom: "memory",
  summary: "{name} at {instance} uses {value} of the memory that it may have",
  description: "At its limit the container is killed, and the reports that it was working on with it.",
  runbook: runbook("HighMemoryUsage"),
});

/**
 * Often written `histogram_quantile(0.95, http_request_duration_seconds_bucket) > 1`. Buckets are counters: without `rate` this
 * is the p95 since the process began, which an outage an hour later hardly moves, and it is one per endpoint and method. The
 * indicator adds up the growth of the buckets and takes the quantile of that.
 */
const highApiLatency = alert("HighAPILatency", {
  when: "p95_latency > 1s",
  thresholds: { default: "1s", staging: "2s", dev: "5s" },
  for: "5m",
  severity: "SEV-3",
  symptom: "latency",
  summary: "One request in twenty takes {value} or longer",
  description: "After a second people notice that they wait. Slow queries and a cold cache are the usual reasons.",
  runbook: runbook("HighAPILatency"),
});

/**
 * Analytics: an HTTP API with agents that spend credits, on PostgreSQL and Redis.
 *
 * Its alert on credits is often written `rate(analytics_credits_consumed_total[1h]) > 10000` and described as credits per hour;
 * a rate is per second, so it would fire at 36 million an hour. The threshold says its unit, and the backend's is converted to it.
 */
export const analyticsBackend = service("analytics-backend", {
  description: "Analytics for workspaces: reports, agents and the credits that they consume",
  team: "analytics",
  tier: 2,
  dependsOn: ["database"],
  runtime: ecs({ cluster: "company", logGroup: "/ecs/analytics-backend" }),
  logging: {
    level: { default: "INFO", dev: "DEBUG" },
    // What the pipelines must carry, and more than all services together write on their busiest day.
    peakEventsPerSecond: { default: 10_000, dev: 500, staging: 2_000 },
    // One workspace whose integration is broken must not drown the others' errors.
    throttle: { field: "workspace_id", events: 10, perSeconds: 60 },
  },
  tracing: {
    // A report takes a second or two; what takes longer than five is what people write about.
    sampling: { kind: "tail", slowAfter: "5s", keepPercent: { default: 5, dev: 100 } },
    tracesPerSecond: { default: 500, dev: 25, staging: 100 },
    attributes: [
      { name: "workspace_id", pii: "pseudonymous" },
      { name: "enduser.email", pii: "personal", redact: "drop" },
    ],
  },
  telemetry: [
    httpServer(),
    reachability,
    analytics,
    postgresPool(),
    redisCache,
    backgroundJobs,
    containers,
    ecsService,
    structuredLogs,
    httpLogs,
    itemLogs,
    queryLogs,
  ],
  alerts: [
    highErrorRate,
    connectionPoolExhausted({ severity: "SEV-3", threshold: { default: "5", dev: "2" } }),
    highMemoryUsage,
    highApiLatency,
    creditConsumptionSpike(),
    goldenSignals({
      // A lower threshold than HighErrorRate's, for working hours: the leak before the flood.
      errorRate: {
        name: "ElevatedErrorRate",
        severity: "SEV-3",
        threshold: { default: "1%", staging: "5%", dev: "10%" },
      },
      // HighAPILatency is this service's.
      latency: "off",
      responseTime: { threshold: { default: "500ms", staging: "1000ms", dev: "2000ms" } },
      availability: { threshold: { default: "99.9%", staging: "99%", dev: "95%" } },
    }),
    red({
      errors: { threshold: { default: "5%", staging: "10%", dev: "25%" } },
      duration: { threshold: { default: "3s", dev: "8s" } },
    }),
    serviceSaturated(),
    ecsTasks(),
    // HighMemoryUsage is this service's.
    containerHealth(),
    jobs({ stalled: { environments: ["prod"] } }),
    targetsUnreachable(),
    targetsMissing(),
    activeUsersLow({ environments: ["prod"] }),
    activeUsersDropped({ environments: ["prod"] }),
  ],
  queries: [recentErrors, topErrorTypes, errorsByEndpoint, latencyByEndpoint, requestTrail, userActivity, slowQueries],
  logMetrics: [errorsByType, slowRequests],
  dashboards: [analyticsServiceDashboard],
});
