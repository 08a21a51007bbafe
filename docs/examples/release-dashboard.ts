import { httpServer } from "../../catalog/telemetry/http-server";
import { type Dashboard, logPanel, panel } from "../../model/dashboard";
import { ratio, startsWith } from "../../model/indicator";

const { requests, duration } = httpServer();
const errorRate = ratio(requests.where({ status: startsWith("5") }).rate("5m"), requests.rate("5m"));

/** What to watch while a release goes out. */
export const releaseDashboard: Dashboard = {
  key: "release",
  title: "Release",
  description: "Whether the new version is worse than the old one",
  sections: [
    {
      key: "users",
      title: "What users see",
      panels: [
        panel("error-rate", "Error rate", { "failed requests": errorRate }),
        panel("latency", "Latency", { p50: duration.quantile(0.5, "5m"), p99: duration.quantile(0.99, "5m") }),
      ],
    },
    {
      key: "logs",
      title: "What the new version says",
      panels: [
        logPanel("new-errors", "Errors", "fields @timestamp, version, message | filter level = 'ERROR' | limit 50"),
      ],
    },
  ],
};
