import { type Dashboard, panel } from "../../model/dashboard";
import { ratio, startsWith } from "../../model/indicator";
import { analytics } from "../telemetry/analytics";
import { httpServer } from "../telemetry/http-server";

const http = httpServer();
const rate = http.requests.rate("5m");

/** What analytics looks at first. */
export const analyticsServiceDashboard: Dashboard = {
  key: "analytics-service",
  title: "Analytics Service Dashboard",
  description: "Traffic, errors and latency of analytics, who uses it, and the credits they consume.",
  sections: [
    {
      key: "service",
      title: "Service",
      panels: [
        panel("request-rate", "Request Rate", { "{{method}}": rate.by("method") }),
        panel("error-rate", "Error Rate", {
          "failed requests": ratio(http.requests.where({ status: startsWith("5") }).rate("5m"), rate),
        }),
        // Buckets are added up before the quantile is taken: a quantile by endpoint and method is not the service's.
        panel("p95-latency", "P95 Latency", { p95: http.duration.quantile(0.95, "5m") }),
      ],
    },
    {
      key: "usage",
      title: "Usage",
      panels: [
        panel("active-users", "Active Users", { users: analytics.activeUsers.sum() }),
        // Credits of an hour: their rate is per second, which nobody is billed by.
        panel("credits-consumed", "Credits Consumed", { "credits per hour": analytics.credits.increase("1h") }),
      ],
    },
  ],
};
