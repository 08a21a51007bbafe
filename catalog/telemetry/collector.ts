import { panel } from "../../model/dashboard";
import { ratio } from "../../model/indicator";
import { oneOf, upTo } from "../../model/metric";
import { counter, gauge, telemetry } from "../../model/telemetry";

/** A gateway exports to each backend; a collector beside a task to each gateway, by its address. */
const exporter = upTo(12, "otlp/jaeger");
const receiver = { receiver: oneOf("otlp", "jaeger", "zipkin"), transport: upTo(3, "grpc") };
/** A receiver knows two of the transports at the most. */
const entrances = 6;
const queue = { exporter, data_type: oneOf("traces", "metrics") };

const accepted = counter("otelcol_receiver_accepted_spans", {
  help: "Spans that were taken in",
  unit: "events",
  labels: receiver,
  series: entrances,
});
const refused = counter("otelcol_receiver_refused_spans", {
  help: "Spans that were refused, to be sent again or given up by their sender",
  unit: "events",
  labels: receiver,
  series: entrances,
});
const sent = counter("otelcol_exporter_sent_spans", {
  help: "Spans that their destination took",
  unit: "events",
  labels: { exporter },
});
const failed = counter("otelcol_exporter_send_failed_spans", {
  help: "Spans that were given up after all their tries",
  unit: "events",
  labels: { exporter },
});
const dropped = counter("otelcol_exporter_enqueue_failed_spans", {
  help: "Spans that found the queue of their exporter full",
  unit: "events",
  labels: { exporter },
});
const queued = gauge("otelcol_exporter_queue_size", {
  help: "Batches that wait to be sent",
  unit: "events",
  labels: queue,
});
const capacity = gauge("otelcol_exporter_queue_capacity", {
  help: "Batches that may wait to be sent",
  unit: "events",
  labels: queue,
});
const undecided = counter("otelcol_processor_tail_sampling_sampling_trace_dropped_too_early", {
  help: "Traces that made room for others before they were judged",
  unit: "events",
});
const memory = gauge("otelcol_process_memory_rss", { help: "Memory that the process has", unit: "bytes" });

const usage = ratio(queued.max(), capacity.max()).by("instance", "exporter");
const given = failed.increase("10m").by("exporter");
const lost = dropped.increase("10m").by("exporter");

/**
 * A collector of OpenTelemetry, of version 0.117 (beside tasks, AWS Distro 0.43) to 0.122 (gateways), by its own metrics. Their names
 * have no `_total`, as its configuration asks for in both versions (`without_type_suffix`).
 * Sources: OpenTelemetry Collector, "Internal telemetry"; core, exporter/exporterhelper and receiver/receiverhelper, `documentation.md`;
 * contrib, tailsamplingprocessor, README, "Monitoring and tuning".
 */
export const collector = telemetry("collector", {
  metrics: { accepted, refused, sent, failed, dropped, queued, capacity, undecided, memory },
  indicators: {
    spans_refused: refused.increase("10m").by("instance"),
    spans_not_sent: given,
    spans_dropped: lost,
    span_queue_usage: usage,
    traces_dropped_undecided: undecided.increase("10m").by("instance"),
  },
  panels: {
    overview: [panel("spans", "Spans", { taken: accepted.rate("5m"), sent: sent.rate("5m") })],
    errors: [
      panel("spans-refused", "Spans refused", { "{{instance}}": refused.rate("5m").by("instance") }),
      panel("spans-lost", "Spans lost", { "given up, {{exporter}}": given, "queue full, {{exporter}}": lost }),
      panel("traces-undecided", "Traces dropped before they were judged", {
        "{{instance}}": undecided.rate("5m").by("instance"),
      }),
    ],
    performance: [
      panel("spans-in", "Spans taken", { "{{receiver}}": accepted.rate("5m").by("receiver") }),
      panel("spans-out", "Spans sent", { "{{exporter}}": sent.rate("5m").by("exporter") }),
    ],
    infrastructure: [
      panel("span-queues", "Queues of exporters", { "{{exporter}} at {{instance}}": usage }),
      panel("collector-memory", "Memory of collectors", { "{{instance}}": memory.max().by("instance") }),
    ],
  },
});
