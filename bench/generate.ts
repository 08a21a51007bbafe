import { type Alert, alert } from "../model/alert";
import { type Catalog, catalog } from "../model/catalog";
import { logCount } from "../model/indicator";
import { allOf } from "../model/log-filter";
import { logMetric } from "../model/log-metric";
import { ecs } from "../model/runtime";
import { insights, type SavedQuery } from "../model/saved-query";
import { type Service, service } from "../model/service";
import { httpServer, isError, logFields, ownWork } from "./telemetry";

/** Teams that own the services in turn, each with services of one tier. */
export const owners = [
  { team: "backend", tier: 1 },
  { team: "analytics", tier: 2 },
  { team: "platform", tier: 3 },
] as const;

const runbook = (name: string): string => `https://runbooks.example.com/${name}`;

/** The alerts on indicators of the shared contract, evaluated by Prometheus. */
const prometheusAlerts: readonly Alert[] = [
  alert("HighErrorRate", {
    when: "error_rate > 1%",
    thresholds: { default: "1%", staging: "5%", dev: "10%" },
    for: "5m",
    severity: "SEV-1",
    summary: "{value} of all requests fail",
    description: "One failure in a hundred is met by most users within one visit.",
    runbook: runbook("high-error-rate"),
  }),
  alert("SlowResponseTime", {
    when: "p95_latency > 1000ms",
    thresholds: { default: "1000ms", dev: "5000ms" },
    for: "10m",
    severity: "SEV-3",
    summary: "One request in twenty takes {value} or longer",
    description: "After a second people notice that they wait.",
    runbook: runbook("slow-response-time"),
  }),
  alert("MedianResponseTimeHigh", {
    when: "response_time > 500ms",
    for: "10m",
    severity: "SEV-3",
    summary: "Half of all requests take {value} or longer",
    runbook: runbook("median-response-time-high"),
  }),
  alert("AvailabilityLow", {
    when: "availability < 99.9%",
    recovery: "99.95%",
    for: "5m",
    severity: "SEV-3",
    summary: "Only {value} of the last hour's requests were answered",
    runbook: runbook("availability-low"),
  }),
  alert("TooManyRequestsInFlight", {
    when: "active_requests above 200",
    for: "5m",
    severity: "SEV-2",
    summary: "{value} requests are being worked on at once",
    runbook: runbook("too-many-requests-in-flight"),
  }),
  alert("MemoryUsageHigh", {
    when: httpServer.memory.max().by("instance").above("1GB"),
    for: "10m",
    severity: "SEV-2",
    summary: "The process at {instance} uses {value} of memory",
    runbook: runbook("memory-usage-high"),
  }),
  alert("ProcessorUsageHigh", {
    when: "cpu_usage > 80%",
    for: "15m",
    severity: "SEV-3",
    summary: "Processors are {value} busy",
    runbook: runbook("processor-usage-high"),
  }),
  alert("OperationsFail", {
    when: "operation_failure_rate > 5%",
    for: "10m",
    severity: "SEV-3",
    summary: "{value} of all operations fail",
    runbook: runbook("operations-fail"),
  }),
];

/** The alerts that Datadog evaluates: a count, a quantile and a number of log events. */
const datadogAlerts: readonly Alert[] = [
  alert("FailedRequests", {
    when: httpServer.requests.where({ status: "500" }).increase("5m").above({ default: "100", dev: "1000" }),
    for: "0s",
    severity: "SEV-2",
    evaluator: "datadog",
    summary: "{value} requests failed within five minutes",
    runbook: runbook("failed-requests"),
  }),
  alert("LongTailLatency", {
    when: httpServer.duration.quantile(0.99, "5m").above("5s"),
    for: "5m",
    severity: "SEV-3",
    evaluator: "datadog",
    summary: "One request in a hundred takes {value} or longer",
    runbook: runbook("long-tail-latency"),
  }),
  alert("ErrorLogs", {
    when: logCount(isError, "5m").above("50"),
    for: "0s",
    severity: "SEV-3",
    evaluator: "datadog",
    summary: "{value} errors were logged within five minutes",
    runbook: runbook("error-logs"),
  }),
];

const queries: readonly SavedQuery[] = [
  insights(
    "Errors of the last hour",
    'fields @timestamp, level, message, error_type | filter level in ["ERROR", "CRITICAL"] | sort @timestamp desc | limit 100',
  ),
  insights(
    "Top error types",
    "filter ispresent(error_type) | stats count(*) as errors by error_type | sort errors desc | limit 20",
  ),
  insights(
    "Errors by endpoint",
    "filter status_code >= 500 | stats count(*) as errors by path | sort errors desc | limit 50",
  ),
  insights(
    "Latency by endpoint",
    "filter ispresent(path) | stats pct(duration_ms, 50) as p50, pct(duration_ms, 99) as p99 by path | sort p99 desc | limit 50",
  ),
  insights(
    "One request's trail",
    'fields @timestamp, level, message | filter request_id = "12345" | sort @timestamp asc | limit 1000',
  ),
  insights(
    "One user's activity",
    'fields @timestamp, message, path | filter user_id = "12345" | sort @timestamp desc | limit 200',
  ),
  insights(
    "Slow requests",
    "fields @timestamp, path, duration_ms | filter duration_ms > 1000 | sort duration_ms desc | limit 100",
  ),
];

const logMetrics = [
  logMetric("errors", { filter: allOf(isError, logFields.error_type.exists()), by: ["error_type"] }),
  logMetric("slow-requests", { filter: allOf(logFields.status_code.exists(), logFields.duration_ms.above(1000)) }),
];

/** The name of a service by its number, from 1; all are of one length, so that every service's texts are too. */
export const serviceName = (number: number): string => `service-${String(number).padStart(4, "0")}`;

/** What the names of a service's own metrics begin with. */
export const metricPrefix = (name: string): string => name.replaceAll("-", "_");

/** The team and tier of a service by its number. */
export const ownerOf = (number: number): (typeof owners)[number] => owners[number % owners.length] ?? owners[0];

function generatedService(number: number): Service {
  const name = serviceName(number);
  const { team, tier } = ownerOf(number);
  return service(name, {
    description: `Generated service ${name}`,
    team,
    tier,
    runtime: ecs({ cluster: "company", logGroup: `/ecs/${name}` }),
    telemetry: [httpServer, ownWork(metricPrefix(name))],
    alerts: [prometheusAlerts, datadogAlerts],
    queries,
    logMetrics,
  });
}

/**
 * A catalog of so many services in three environments, the same on every call. A service has what one of the shipped catalog has
 * on average: an HTTP contract that it shares with all others and a small one of its own, eight alerts in Prometheus and three in
 * Datadog, seven saved queries, two log metrics, and its dashboard of twelve panels.
 */
export const generatedCatalog = (services: number): Catalog =>
  catalog({
    organization: "example",
    environments: {
      dev: {
        account: "111111111111",
        region: "eu-west-1",
        retentionDays: 7,
        grafana: "https://grafana.example.com",
      },
      staging: {
        account: "222222222222",
        region: "eu-west-1",
        retentionDays: 30,
        grafana: "https://grafana.example.com",
      },
      prod: {
        account: "333333333333",
        region: "eu-central-1",
        production: true,
        retentionDays: 400,
        grafana: "https://grafana.example.com",
      },
    },
    teams: Object.fromEntries(
      ["support", "backend", "analytics", "platform", "architecture"].map((name) => [
        name,
        {
          description: `The ${name} team`,
          slack: `#${name}`,
          email: `${name}@example.com`,
          // The same for any number of services, so that it is left out of what is compared.
          weeklySummary: "off",
          onCall: {
            rotation: [`${name}-1@example.com`, `${name}-2@example.com`],
            timeZone: "Europe/Berlin",
            start: "2026-01-05",
          },
        },
      ]),
    ),
    services: Array.from({ length: services }, (_, index) => generatedService(index + 1)),
    onCall: { support: "support", architecture: "architecture" },
  });
