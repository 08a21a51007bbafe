import type { SelfTelemetry } from "./components";
import { ports } from "./ports";

/**
 * A page of its own metrics for Prometheus, which comes from outside of the task: the default is for the task alone. The three last options are
 * what a collector does that is told nothing; one whose reader is told an address has them the other way round from version 0.120 on, and
 * its counters would be named otherwise than those of the older ones beside tasks.
 * Source: OpenTelemetry Collector, "Internal telemetry", "`_total` suffix"; Datadog, "OpenTelemetry Collector", changes of 0.120.
 */
export const selfTelemetry: SelfTelemetry = {
  metrics: {
    readers: [
      {
        pull: {
          exporter: {
            prometheus: {
              host: "0.0.0.0",
              port: ports.metrics,
              without_scope_info: true,
              without_type_suffix: true,
              without_units: true,
            },
          },
        },
      },
    ],
  },
};
