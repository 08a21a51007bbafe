import { panel } from "../../model/dashboard";
import { gauge, histogram, telemetry } from "../../model/telemetry";

const duration = histogram("request_duration_seconds", {
  help: "Time that one process spent on a request, from its middleware's first line to its last",
  unit: "seconds",
  buckets: [0.1, 0.5, 1, 2, 5],
});
const active = gauge("active_requests", { help: "Requests being worked on by one process", unit: "requests" });
const memory = gauge("memory_usage_bytes", { help: "Resident memory of one process", unit: "bytes" });

/** What each process measures of itself. It has no label but the process, which tells the one sick instance from the healthy. */
export const requestPerformance = telemetry("request-performance", {
  metrics: { duration, active, memory },
  indicators: {
    /** Of the slowest tenth: a tenth of an instance's requests takes this long or longer. */
    request_latency: duration.quantile(0.9, "5m").by("instance"),
    active_requests: active.sum(),
    process_memory: memory.max().by("instance"),
  },
  panels: {
    performance: [
      panel("request-latency", "Latency inside the service", {
        p50: duration.quantile(0.5, "5m"),
        p95: duration.quantile(0.95, "5m"),
        p99: duration.quantile(0.99, "5m"),
      }),
      panel("active-requests", "Requests in flight", { "{{instance}}": active.sum().by("instance") }),
    ],
    infrastructure: [panel("process-memory", "Memory by process", { "{{instance}}": memory.max().by("instance") })],
  },
});
