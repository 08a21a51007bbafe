import { conversionRateLow, revenueLow, signupsDropped } from "../../alerts/business";
import { connectionPoolExhausted } from "../../alerts/database";
import { ecsTasks } from "../../alerts/ecs";
import { errorAlerts } from "../../alerts/errors";
import { goldenSignals } from "../../alerts/golden-signals";
import { queue } from "../../alerts/jobs";
import {
  authenticationFailures,
  criticalErrors,
  databaseErrors,
  dependencyTimeouts,
  paymentFailures,
  productionErrors,
  securityViolations,
} from "../../alerts/logs";
import { targetsMissing, targetsUnreachable } from "../../alerts/reachability";
import { red } from "../../alerts/red";
import { cpuUsage } from "../../alerts/resources";
import { runbook } from "../../alerts/runbook";
import { alert } from "../../model/alert";
import { errorTracking } from "../../model/error-tracking";
import { health } from "../../model/health";
import { allOf } from "../../model/log-filter";
import {
  blackbox,
  cloudwatchSynthetics,
  datadogSynthetics,
  grafanaSynthetics,
  route53,
  sentryUptime,
} from "../../model/probe";
import { ecs } from "../../model/runtime";
import { metricsPage, statsdExporter } from "../../model/scrape";
import { service } from "../../model/service";
import { availability, latency } from "../../model/service-objective";
import { performanceDashboard } from "../dashboards/performance";
import { resourcesDashboard } from "../dashboards/resources";
import { errorsByType, slowRequests } from "../log-metrics";
import { recentErrors, topErrorTypes } from "../queries/errors";
import { errorsByEndpoint, latencyByEndpoint, requestTrail, userActivity } from "../queries/requests";
import { slowQueries } from "../queries/slow-queries";
import { app } from "../telemetry/app";
import { queryLogs } from "../telemetry/database-logs";
import { ecsService } from "../telemetry/ecs-service";
import { httpLogs } from "../telemetry/http-logs";
import { httpServer } from "../telemetry/http-server";
import { instrumentedService } from "../telemetry/instrumented-service";
import { isError, logs, structuredLogs } from "../telemetry/logs";
import { orders } from "../telemetry/orders";
import { postgresPool } from "../telemetry/postgres-pool";
import { reachability } from "../telemetry/reachability";
import { requestPerformance } from "../telemetry/request-performance";
import { isAuthenticationFailure, isSecurityViolation, securityLogs } from "../telemetry/security-logs";
import { itemLogs, orderLogFields, orderLogs } from "../telemetry/work-logs";

/**
 * Often written `avg(last_5m):sum:app.errors{…} > 100` under the words "error rate above 1%". That is the average of a count,
 * and a count is no rate: a hundred errors may be all of the traffic or a thousandth of it. The rate is HighErrorRate's; this one
 * adds up the errors of five minutes, and so sees those that were caught and never failed a request.
 */
const errorCountHigh = alert("ErrorCountHigh", {
  when: app.errors.increase("5m").above({ default: "100", staging: "500", dev: "1000" }),
  // The five minutes are counted already.
  for: "0s",
  severity: "SEV-1",
  symptom: "errors",
  evaluator: "datadog",
  summary: "The application counted {value} errors within five minutes",
  description:
    "Errors that were caught are counted too: look for one type that grew, and for the release that brought it.",
  runbook: runbook("ErrorCountHigh"),
});

/**
 * Often written `request_duration_seconds > 1` with a second threshold of 10, but a histogram has no series of its own name, and
 * two thresholds are one too many. What is meant: a tenth of the requests takes longer than a second, which is the p90. By
 * instance, because one sick process among many does not move the service's own percentiles.
 */
const requestLatencyHigh = alert("RequestLatencyHigh", {
  when: requestPerformance.duration.quantile(0.9, "5m").by("instance").above({ default: "1s", dev: "2s" }),
  for: "5m",
  severity: "SEV-3",
  symptom: "latency",
  evaluator: "prometheus",
  summary: "At {instance} one request in ten takes {value} or longer",
  description: "One process is slow, or all are: compare the instances before the service as a whole.",
  runbook: runbook("RequestLatencyHigh"),
});

/**
 * Often written `memory_usage_bytes > 1GB` with a threshold of 90, a percentage, which no number of bytes can be compared with.
 * The bytes hold: a process of this service needs 500 MB, and one of a gigabyte leaks.
 */
const memoryUsageHigh = alert("MemoryUsageHigh", {
  when: requestPerformance.memory.max().by("instance").above("1GB"),
  for: "10m",
  severity: "SEV-1",
  symptom: "memory",
  evaluator: "prometheus",
  summary: "The process at {instance} uses {value} of memory",
  description:
    "It will be killed at its limit and take its requests with it: restart it before that, then look for the leak.",
  runbook: runbook("MemoryUsageHigh"),
});

/** Its health endpoint, which the blackbox exporter of the website asks too. */
export const appHealth = health({
  url: {
    default: "https://api.company.com",
    staging: "https://api.staging.company.com",
    dev: "https://api.dev.company.com",
  },
  dependencies: ["database", "redis", "external"],
  probes: {
    default: [blackbox()],
    // Grafana's own view, where somebody tries a release; production is asked by systems that page.
    staging: [blackbox(), grafanaSynthetics({ probes: [11, 12] })],
    // Canaries read the answer from two continents, every 5 minutes: about $21 a month, for what customers pay by.
    prod: [blackbox(), route53(), cloudwatchSynthetics(), datadogSynthetics(), sentryUptime()],
  },
});

/**
 * The HTTP API. Datadog evaluates its traffic, processors, connections and logs; Prometheus what each process measures of itself
 * and what the business counts. No alert is evaluated by both, so nobody is called twice.
 */
export const appService = service("app-service", {
  description: "The company's HTTP API: users, orders and payments",
  team: "backend",
  tier: 1,
  dependsOn: ["database"],
  runtime: ecs({ cluster: "company", logGroup: "/ecs/app-service" }),
  configuration: {
    // Measured in full where there is little to measure.
    sentryTracesPercent: { default: 10, dev: 100 },
    variables: { CHECKOUT_TIMEOUT_SECONDS: { default: "10", dev: "60" } },
  },
  tracing: {
    sampling: { kind: "tail", slowAfter: { default: "1s", dev: "2s" }, keepPercent: { default: 10, dev: 100 } },
    // Payments are few, and each may be asked about.
    operations: { "POST /payments": 100 },
    tracesPerSecond: { default: 200, dev: 10, staging: 50 },
  },
  telemetry: [
    httpServer({ datadog: "app.http" }),
    reachability,
    app,
    orders,
    requestPerformance,
    instrumentedService,
    postgresPool({ datadog: "app.db.connections" }),
    ecsService,
    structuredLogs,
    httpLogs,
    orderLogs,
    itemLogs,
    queryLogs,
    securityLogs,
  ],
  objectives: [
    availability({ default: "99.9%", staging: "99%", dev: "99%" }, "30d", {
      minimumTraffic: "10 per minute",
      // HighErrorRate pages at 1%, which is ten times the budget: one page for one outage.
      burnRates: { "1h": "off" },
    }),
    latency("95%", "500ms", "30d", {
      minimumTraffic: "10 per minute",
      // Slow is not down. SlowResponseTime tells of it within minutes, long before 72% of an hour's requests are slow.
      burnRates: { "1h": "off", "6h": { severity: "SEV-3" } },
    }),
  ],
  scrapes: [
    metricsPage(),
    // What handlers count themselves, beside what the framework counts of every request.
    metricsPage({ name: "custom", path: "/custom_metrics", exposes: [instrumentedService] }),
    statsdExporter({ exposes: [app] }),
  ],
  alerts: [
    goldenSignals({
      // It is never so quiet that one failure is a hundredth of it, and without a guard it stays one monitor.
      errorRate: { evaluator: "datadog", guard: "off", threshold: { default: "1%", staging: "5%", dev: "10%" } },
      latency: { evaluator: "datadog", threshold: { default: "1000ms", staging: "2000ms", dev: "5000ms" } },
      responseTime: { threshold: { default: "500ms", staging: "1000ms", dev: "2000ms" } },
      availability: { threshold: { default: "99.9%", staging: "99%", dev: "95%" } },
    }),
    errorCountHigh,
    cpuUsage({ evaluator: "datadog", summary: "The service's processors are {value} busy" }),
    connectionPoolExhausted({ evaluator: "datadog", threshold: { default: "5", dev: "2" } }),
    productionErrors(isError, { environments: ["prod"] }),
    paymentFailures(allOf(isError, orderLogFields.paymentId.exists()), { threshold: { default: "10", dev: "50" } }),
    criticalErrors(logs.level.equals("CRITICAL"), { environments: ["prod"] }),
    databaseErrors(allOf(isError, logs.errorType.oneOf("OperationalError", "InterfaceError", "IntegrityError")), {
      environments: ["prod"],
    }),
    dependencyTimeouts(allOf(isError, logs.errorType.oneOf("TimeoutError", "ConnectTimeout", "ReadTimeout")), {
      environments: ["prod"],
    }),
    securityViolations(isSecurityViolation, { environments: ["prod"] }),
    authenticationFailures(isAuthenticationFailure, { environments: ["prod"] }),
    red({
      errors: { threshold: { default: "5%", staging: "10%", dev: "25%" } },
      duration: { threshold: { default: "3s", dev: "8s" } },
    }),
    ecsTasks(),
    targetsUnreachable(),
    targetsMissing(),
    requestLatencyHigh,
    memoryUsageHigh,
    queue(),
    conversionRateLow({ environments: ["prod"] }),
    signupsDropped({ environments: ["prod"] }),
    revenueLow({ threshold: 5000, environments: ["prod"] }),
  ],
  errors: errorTracking({
    platform: "python-fastapi",
    alerts: [errorAlerts({ uptime: {} })],
    perMinute: { default: 300, prod: 600 },
  }),
  health: appHealth,
  queries: [recentErrors, topErrorTypes, errorsByEndpoint, latencyByEndpoint, requestTrail, userActivity, slowQueries],
  statusPage: { component: "API", description: "Users, orders and payments", group: "Product" },
  logMetrics: [errorsByType, slowRequests],
  dashboards: [performanceDashboard, resourcesDashboard],
});
