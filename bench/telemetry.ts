import { panel } from "../model/dashboard";
import { complement, ratio, startsWith } from "../model/indicator";
import { choice, number, text, timestamp } from "../model/log-field";
import { oneOf, upTo } from "../model/metric";
import { counter, gauge, histogram, telemetry } from "../model/telemetry";

/** Log fields of every generated service. */
export const logFields = {
  timestamp: timestamp("timestamp", { description: "When it happened", required: true }),
  level: choice("level", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], {
    description: "How bad it is",
    required: true,
  }),
  service: text("service", { description: "The service that logged it", required: true }),
  environment: text("environment", { description: "The environment that it runs in", required: true }),
  message: text("message", { description: "What happened", required: true }),
  request_id: text("request_id", { description: "The request that it happened in" }),
  user_id: text("user_id", { description: "The user that it happened for", pii: "pseudonymous" }),
  error_type: text("error_type", { description: "The exception's class" }),
  method: text("method", { description: "HTTP method" }),
  path: text("path", { description: "Path of the request" }),
  status_code: number("status_code", { description: "HTTP status of the answer" }),
  duration_ms: number("duration_ms", { description: "How long it took", unit: "milliseconds" }),
};

/** Events of a level that means a failure. */
export const isError = logFields.level.oneOf("ERROR", "CRITICAL");

const methods = oneOf("GET", "POST", "PUT", "DELETE");
const endpoints = upTo(80, "/orders");

const requests = counter("http_requests_total", {
  help: "HTTP requests answered",
  unit: "requests",
  labels: { method: methods, endpoint: endpoints, status: upTo(30, "200") },
  series: 80 * 2 * 5,
  datadog: { name: "app.http.requests" },
});
const duration = histogram("http_request_duration_seconds", {
  help: "Time from a request's arrival to its answer",
  unit: "seconds",
  labels: { method: methods, endpoint: endpoints },
  series: 80 * 2,
  datadog: { name: "app.http.request.duration" },
});
const active = gauge("active_requests", { help: "Requests being worked on", unit: "requests" });
const memory = gauge("process_resident_memory_bytes", { help: "Resident memory of one process", unit: "bytes" });
const processor = counter("process_cpu_seconds_total", { help: "Time spent on a processor", unit: "seconds" });

const failed = requests.where({ status: startsWith("5") });
const requestRate = requests.rate("5m");
const errorRate = ratio(failed.rate("5m"), requestRate);
const availability = complement(ratio(failed.rate("1h"), requests.rate("1h")));
const [p50, p95, p99] = [duration.quantile(0.5, "5m"), duration.quantile(0.95, "5m"), duration.quantile(0.99, "5m")];

/** An HTTP server and its processes: one contract that all generated services share, as services of a company do. */
export const httpServer = telemetry("http-server", {
  metrics: { requests, duration, active, memory, processor },
  logFields,
  indicators: {
    request_rate: requestRate,
    error_rate: errorRate,
    availability,
    response_time: p50,
    p95_latency: p95,
    p99_latency: p99,
    active_requests: active.sum(),
    process_memory: memory.max(),
    cpu_usage: processor.rate("5m", "avg"),
  },
  panels: {
    overview: [
      panel("request-rate", "Requests", { "per second": requestRate }, { visualization: "stat" }),
      panel("error-rate", "Error rate", { "failed requests": errorRate }, { visualization: "stat" }),
      panel("availability", "Availability", { "last hour": availability }, { visualization: "stat" }),
      panel("requests-by-method", "Requests by method", { "{{method}}": requestRate.by("method") }, { width: 24 }),
    ],
    errors: [panel("errors-by-endpoint", "Error rate by endpoint", { "{{endpoint}}": errorRate.by("endpoint") })],
    performance: [
      panel("latency", "Latency", { p50, p95, p99 }),
      panel("active-requests", "Requests in flight", { "{{instance}}": active.sum().by("instance") }),
    ],
    infrastructure: [
      panel("memory", "Memory by process", { "{{instance}}": memory.max().by("instance") }),
      panel("processor", "Processor by process", { "{{instance}}": processor.rate("5m").by("instance") }),
    ],
  },
});

/** What one service alone does, counted by a metric of its own. `prefix` begins the metric's name. */
export function ownWork(prefix: string) {
  const operations = counter(`${prefix}_operations_total`, {
    help: "Operations done",
    unit: "operations",
    labels: { kind: upTo(20, "import"), outcome: oneOf("success", "failure") },
  });
  const failures = ratio(operations.where({ outcome: "failure" }).rate("10m"), operations.rate("10m"));
  return telemetry(prefix, {
    metrics: { operations },
    indicators: { operation_failure_rate: failures },
    panels: {
      business: [panel("operations", "Operations by kind", { "{{kind}}": operations.rate("5m").by("kind") })],
    },
  });
}
