import { panel } from "../../model/dashboard";
import { gauge, telemetry } from "../../model/telemetry";

const healthy = gauge("probe_healthy", {
  help: "Whether the health endpoint says that the service is wholly well: 1, else 0",
  unit: "ratio",
});

/**
 * Health endpoints, asked whether the service is wholly well: `probe_success` of the modules `<service>-healthy`, stored under another name by
 * `healthyProbe`, since that of the modules `<service>-serving` says whether it serves.
 */
export const endpointHealth = telemetry("endpoint-health", {
  metrics: { healthy },
  indicators: { probe_healthy: healthy.min().by("instance") },
  panels: {
    overview: [
      panel(
        "probe-healthy",
        "Wholly well",
        { "{{instance}}": healthy.min().by("instance") },
        { visualization: "stat" },
      ),
    ],
  },
});
