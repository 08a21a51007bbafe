import { panel } from "../../model/dashboard";
import { oneOf } from "../../model/metric";
import { gauge, telemetry } from "../../model/telemetry";

const success = gauge("probe_success", { help: "Whether the address answered as it should: 1, else 0", unit: "ratio" });
const duration = gauge("probe_duration_seconds", {
  help: "Time that the answer took, from name to last byte",
  unit: "seconds",
});
const phases = gauge("probe_http_duration_seconds", {
  help: "Time that each phase of the answer took, redirects added up",
  unit: "seconds",
  labels: { phase: oneOf("resolve", "connect", "tls", "processing", "transfer") },
});
const status = gauge("probe_http_status_code", {
  help: "HTTP status of the answer; 0 when there was none",
  unit: "events",
});
const certificateExpiry = gauge("probe_ssl_earliest_cert_expiry", {
  help: "When the first certificate of the chain expires, in seconds since 1970",
  unit: "seconds",
});

/**
 * Addresses as users meet them, asked from outside by the blackbox exporter. Its scrape relabels the address to `instance` and the
 * service to `job`.
 * Source: blackbox_exporter, README, "Prometheus Configuration".
 */
export const httpEndpoint = telemetry("http-endpoint", {
  metrics: { success, duration, phases, status, certificateExpiry },
  indicators: {
    probe_success: success.min().by("instance"),
    probe_duration: duration.max().by("instance"),
    probe_status: status.max().by("instance"),
  },
  panels: {
    overview: [
      panel("probe-success", "Answers", { "{{instance}}": success.min().by("instance") }, { visualization: "stat" }),
      panel("probe-duration", "Time to answer", { "{{instance}}": duration.max().by("instance") }),
    ],
    errors: [panel("probe-status", "HTTP status", { "{{instance}}": status.max().by("instance") })],
    performance: [panel("probe-phases", "Time by phase", { "{{phase}}": phases.max().by("phase") })],
  },
});
