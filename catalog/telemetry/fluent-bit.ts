import { panel } from "../../model/dashboard";
import { ratio } from "../../model/indicator";
import { upTo } from "../../model/metric";
import { counter, gauge, telemetry } from "../../model/telemetry";

/** The service whose events it carries: the alias of its one input and its one output. */
const labels = { name: upTo(1, "app-service") };

const received = counter("fluentbit_input_records_total", {
  help: "Events that Fluent Bit took from the task's containers",
  unit: "events",
  labels,
});
const sent = counter("fluentbit_output_proc_records_total", {
  help: "Events that Fluentd has acknowledged",
  unit: "events",
  labels,
});
const dropped = counter("fluentbit_output_dropped_records_total", {
  help: "Events that Fluent Bit gave up: refused for good, or pushed out of a full buffer",
  unit: "events",
  labels,
});
const retries = counter("fluentbit_output_retries_total", {
  help: "Chunks that were to be sent once more",
  unit: "operations",
  labels,
});
const chunks = gauge("fluentbit_storage_fs_chunks", { help: "Chunks in the buffer on disk", unit: "events" });

const lost = dropped.increase("10m").by("name");
const passedOn = ratio(sent.rate("5m"), received.rate("5m")).by("instance", "name");

/**
 * Fluent Bit beside each task of the services that log.
 * Source: Fluent Bit manual, Monitoring, "For v2 metrics" and "storage layer".
 */
export const fluentBit = telemetry("fluent-bit", {
  metrics: { received, sent, dropped, retries, chunks },
  indicators: {
    log_events_dropped: lost,
    /** What is acknowledged of what comes in; more than all of it while a backlog shrinks. */
    log_events_passed_on: passedOn,
  },
  panels: {
    errors: [
      panel("fluent-bit-dropped", "Events that Fluent Bit dropped", { "{{name}}": lost }),
      panel("fluent-bit-retries", "Chunks sent once more", { "{{name}}": retries.rate("5m").by("name") }),
    ],
    performance: [
      panel("fluent-bit-events", "Events of services", {
        "taken, {{name}}": received.rate("5m").by("name"),
        "passed on, {{name}}": sent.rate("5m").by("name"),
      }),
    ],
    infrastructure: [
      panel("fluent-bit-chunks", "Chunks that wait beside tasks", { "{{instance}}": chunks.max().by("instance") }),
    ],
  },
});
