import { panel } from "../../model/dashboard";
import { counter, gauge, histogram, telemetry } from "../../model/telemetry";

/** Sizes from a kilobyte to ten megabytes, each four times the last: what an API sends. */
const payloadBuckets = [1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 10_485_760];

const requestsTotal = counter("requests_total", { help: "Calls of the service's operations", unit: "requests" });
const responseTime = histogram("response_time_seconds", {
  help: "Time that a call of one of the service's operations took",
  unit: "seconds",
});
const requests = counter("requests", { help: "Requests that reached a handler", unit: "requests" });
const errors = counter("errors", { help: "Requests whose handler raised an exception", unit: "errors" });
const duration = histogram("duration", { help: "Time that a handler took", unit: "seconds" });
const payloadSize = histogram("payload_size", {
  help: "Size of the bodies that handlers received",
  unit: "bytes",
  buckets: payloadBuckets,
});
const connections = gauge("active_connections", { help: "Open connections of clients", unit: "connections" });

/**
 * What the application framework measures without being asked: every operation of a service (`requests_total`,
 * `response_time_seconds`) and every handler (`requests`, `errors`, `duration`, `payload_size`, `active_connections`).
 * Unlike the HTTP server's own metrics, it sees calls that never came over HTTP.
 */
export const instrumentedService = telemetry("instrumented-service", {
  metrics: { requestsTotal, responseTime, requests, errors, duration, payloadSize, connections },
  indicators: {
    throughput: requestsTotal.rate("5m"),
    operation_time: responseTime.quantile(0.95, "5m"),
    handler_rate: requests.rate("5m"),
    handler_errors: errors.rate("5m"),
    handler_time: duration.quantile(0.95, "5m"),
    payload_size: payloadSize.quantile(0.95, "5m"),
    active_connections: connections.sum(),
  },
  panels: {
    errors: [
      panel("handler-errors", "Exceptions in handlers", {
        exceptions: errors.rate("5m"),
        requests: requests.rate("5m"),
      }),
    ],
    performance: [
      panel("operation-time", "Time of operations", {
        p50: responseTime.quantile(0.5, "5m"),
        p95: responseTime.quantile(0.95, "5m"),
      }),
      panel("handler-time", "Time of handlers", { p95: duration.quantile(0.95, "5m") }),
      panel("payload-size", "Size of payloads", { p95: payloadSize.quantile(0.95, "5m") }),
    ],
    infrastructure: [
      panel("active-connections", "Client connections", { "{{instance}}": connections.sum().by("instance") }),
    ],
  },
});
