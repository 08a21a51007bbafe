import { alert } from "../../model/alert";
import { type Catalog, type CatalogOptions, catalog } from "../../model/catalog";
import { panel } from "../../model/dashboard";
import { type EnvironmentEstate, estateOf } from "../../model/estate";
import { logCount, ratio, startsWith } from "../../model/indicator";
import { choice, number, text } from "../../model/log-field";
import { logMetric } from "../../model/log-metric";
import { oneOf, upTo } from "../../model/metric";
import { ecs } from "../../model/runtime";
import { insights } from "../../model/saved-query";
import { type Service, type ServiceOptions, service } from "../../model/service";
import { counter, gauge, histogram, telemetry } from "../../model/telemetry";

/** Log fields of the example service. */
export const exampleLogs = {
  level: choice("level", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], {
    description: "Severity",
    required: true,
  }),
  path: text("path", { description: "Path of the request" }),
  duration_ms: number("duration_ms", { description: "Time taken", unit: "milliseconds" }),
};

const requests = counter("http_requests_total", {
  help: "Requests served",
  unit: "requests",
  labels: { method: oneOf("GET", "POST"), endpoint: upTo(50, "/orders"), status: upTo(60, "200") },
  datadog: { name: "app.http.requests" },
});
const duration = histogram("http_request_duration_seconds", {
  help: "Time to serve a request",
  unit: "seconds",
  labels: { method: oneOf("GET", "POST"), endpoint: upTo(50, "/orders") },
  datadog: { name: "app.http.request.duration" },
});
const memory = gauge("memory_usage_bytes", { help: "Resident memory", unit: "bytes" });

/** Telemetry of the example service: requests, their duration, memory, and structured logs. */
export const example = telemetry("example", {
  metrics: { requests, duration, memory },
  logFields: exampleLogs,
  indicators: {
    error_rate: ratio(requests.where({ status: startsWith("5") }).rate("5m"), requests.rate("5m")),
    p95_latency: duration.quantile(0.95, "5m"),
    request_rate: requests.rate("5m"),
    memory: memory.max(),
  },
  panels: { overview: [panel("request-rate", "Request rate", { "{{method}}": requests.rate("5m").by("method") })] },
});

/** The example service with some of its options replaced, so that a test states only what it is about. */
export const exampleService = (options: Partial<ServiceOptions> = {}, name = "shop"): Service =>
  service(name, {
    description: "Sells things.",
    team: "backend",
    tier: 1,
    runtime: ecs({ cluster: "company", logGroup: `/ecs/${name}` }),
    telemetry: [example],
    alerts: [
      alert("HighErrorRate", {
        when: "error_rate > 1%",
        thresholds: { default: "1%", dev: "5%" },
        for: "5m",
        severity: "SEV-1",
        summary: "{value} of requests fail",
        runbook: "https://runbooks.example.com/high-error-rate",
      }),
      alert("ErrorLogs", {
        when: logCount(exampleLogs.level.oneOf("ERROR", "CRITICAL"), "5m").above("10"),
        for: "0s",
        severity: "SEV-3",
        summary: "{value} errors logged",
        runbook: "https://runbooks.example.com/error-logs",
        evaluator: "datadog",
      }),
    ],
    queries: [insights("Errors of the last hour", "fields @timestamp, @message | filter level = 'ERROR' | limit 100")],
    logMetrics: [logMetric("errors", { filter: exampleLogs.level.equals("ERROR") })],
    ...options,
  });

/** A catalog of one production and one other environment around some services. */
export const exampleCatalog = (
  services: readonly Service[] = [exampleService()],
  options: Partial<Pick<CatalogOptions, "access" | "statusPage" | "onCall">> = {},
): Catalog =>
  catalog({
    organization: "example",
    environments: {
      dev: {
        account: "111111111111",
        region: "eu-west-1",
        retentionDays: 7,
        grafana: "https://grafana.example.com",
      },
      prod: {
        account: "222222222222",
        region: "eu-west-1",
        production: true,
        retentionDays: 90,
        grafana: "https://grafana.example.com",
      },
    },
    teams: Object.fromEntries(
      ["support", "backend", "architecture"].map((name) => [
        name,
        {
          description: `The ${name} team`,
          slack: `#${name}`,
          email: `${name}@example.com`,
          onCall: {
            rotation: [`${name}-1@example.com`, `${name}-2@example.com`],
            timeZone: "Europe/Berlin",
            start: "2026-01-05",
          },
        },
      ]),
    ),
    services,
    onCall: { support: "support", architecture: "architecture" },
    ...options,
  });

/** One environment of the example catalog, made definite. */
export function exampleEstate(name: "dev" | "prod" = "prod", services?: readonly Service[]): EnvironmentEstate {
  const example = exampleCatalog(services);
  const environment = example.environments.find((candidate) => candidate.name === name);
  if (environment === undefined) throw new Error(`no environment ${name}`);
  return estateOf(example, environment);
}
