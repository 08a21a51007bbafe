import { panel } from "../../model/dashboard";
import type { Duration } from "../../model/duration";
import { upTo } from "../../model/metric";
import { counter, gauge, telemetry } from "../../model/telemetry";

/** `plugin_id` is what the configuration calls an output: `elasticsearch`, or `cloudwatch-` and a service. */
const labels = { host: upTo(1, "ip-10-0-0-7"), plugin_id: upTo(60, "elasticsearch"), type: upTo(10, "elasticsearch") };
/** Beside the outputs that deliver there is one for each directive that sends on; these alone have no buffer. */
const outputs = 60;
const buffers = 15;

const available = gauge("fluentd_output_status_buffer_available_space_ratio", {
  help: "Space left in the buffer of an output, of the size that it may have",
  unit: "percent",
  labels,
  series: buffers,
});
const size = gauge("fluentd_output_status_buffer_total_bytes", {
  help: "What waits in the buffer of an output",
  unit: "bytes",
  labels,
  series: buffers,
});
const failures = counter("fluentd_output_status_num_errors", {
  help: "Attempts of an output to deliver a chunk that failed",
  unit: "errors",
  labels,
  series: outputs,
});
const emitted = counter("fluentd_output_status_emit_records", {
  help: "Events that an output was given",
  unit: "events",
  labels,
  series: outputs,
});

/** Outputs that deliver elsewhere: what is put aside in files of the same host has small buffers of its own. */
const delivering = { type: { oneOf: ["elasticsearch", "cloudwatch_logs", "s3", "datadog"] } } as const;
const putAside = { plugin_id: { oneOf: ["unrouted", "errors"] } } as const;

const left = available.where(delivering).min().by("instance", "plugin_id");
const aside = emitted.where(putAside).increase("10m").by("instance", "plugin_id");

export interface FluentdOptions {
  /** How far ahead a buffer is looked: as long as it lasts at the peak, `outageHours` of the environment. Default: production's four hours. */
  readonly ahead?: Duration;
}

/**
 * Fluentd, by what its plugin for Prometheus says of its outputs.
 * Source: fluent-plugin-prometheus 2.1, README, "prometheus_output_monitor input plugin", and `in_prometheus_output_monitor.rb`
 * (labels `plugin_id` and `type`, the ratio in percent, counters with `gauge_all false`).
 */
export const fluentd = ({ ahead = "4h" }: FluentdOptions = {}) =>
  telemetry("fluentd", {
    metrics: { available, size, failures, emitted },
    indicators: {
      log_buffer_available: left,
      log_buffer_available_in_hours: available
        .where(delivering)
        .forecast(ahead, { from: "1h" })
        .by("instance", "plugin_id"),
      log_delivery_failures: failures.where(delivering).increase("10m").by("instance", "plugin_id"),
      log_events_put_aside: aside,
    },
    panels: {
      overview: [panel("log-buffer", "Space left in the fullest buffer", { left: available.where(delivering).min() })],
      errors: [
        panel("log-delivery-failures", "Deliveries that fail", {
          "{{plugin_id}}": failures.where(delivering).rate("5m").by("plugin_id"),
        }),
        panel("log-put-aside", "Events put aside", { "{{plugin_id}} of {{instance}}": aside }),
      ],
      performance: [
        panel("log-events", "Events delivered", {
          "{{plugin_id}}": emitted.where(delivering).rate("5m").by("plugin_id"),
        }),
      ],
      infrastructure: [
        panel("log-buffers", "Space left in buffers", { "{{plugin_id}} of {{instance}}": left }),
        panel("log-waiting", "Log events that wait", { "{{plugin_id}}": size.where(delivering).sum().by("plugin_id") }),
      ],
    },
  });
