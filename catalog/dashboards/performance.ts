import { type Dashboard, panel } from "../../model/dashboard";
import { instrumentedService } from "../telemetry/instrumented-service";
import { requestPerformance } from "../telemetry/request-performance";

/** How fast a service with `requestPerformance` and `instrumentedService` works, and how much it gets done. */
export const performanceDashboard: Dashboard = {
  key: "performance",
  title: "Performance",
  description: "How long requests take inside the service, and how many it serves.",
  sections: [
    {
      key: "requests",
      title: "Requests",
      panels: [
        panel("request-latency", "Request Latency", {
          p50: requestPerformance.duration.quantile(0.5, "5m"),
          p95: requestPerformance.duration.quantile(0.95, "5m"),
          p99: requestPerformance.duration.quantile(0.99, "5m"),
        }),
        panel(
          "throughput",
          "Throughput",
          { "per second": instrumentedService.requestsTotal.rate("5m") },
          { visualization: "gauge" },
        ),
      ],
    },
  ],
};
