import { describe, expect, test } from "@jest/globals";
import { type CollectorDocument, checkCollector } from "../../../constructs/opentelemetry/check-collector";

const sound: CollectorDocument = {
  extensions: { health_check: { endpoint: "localhost:13133" } },
  receivers: { otlp: { protocols: { grpc: { endpoint: "localhost:4317" } } } },
  processors: { memory_limiter: {}, tail_sampling: {}, batch: {} },
  connectors: { spanmetrics: {}, forward: {} },
  exporters: { "otlp/jaeger": { endpoint: "jaeger:4317" }, prometheusremotewrite: { endpoint: "http://p" } },
  service: {
    extensions: ["health_check"],
    pipelines: {
      "traces/in": { receivers: ["otlp"], processors: ["memory_limiter"], exporters: ["spanmetrics", "forward"] },
      "traces/kept": { receivers: ["forward"], processors: ["tail_sampling", "batch"], exporters: ["otlp/jaeger"] },
      metrics: { receivers: ["spanmetrics"], processors: [], exporters: ["prometheusremotewrite"] },
    },
  },
};

type Pipelines = CollectorDocument["service"]["pipelines"];

/** The sound configuration with other pipelines. */
const piped = (pipelines: Pipelines): CollectorDocument => ({
  ...sound,
  service: { ...sound.service, pipelines: { ...sound.service.pipelines, ...pipelines } },
});

const traces = { receivers: ["otlp"], processors: ["memory_limiter"], exporters: ["spanmetrics", "forward"] };

test("a configuration whose parts fit together has no problem", () => {
  expect(checkCollector(sound)).toEqual([]);
});

describe("a configuration is refused", () => {
  test.each<[string, CollectorDocument, string, string, RegExp]>([
    [
      "that exports to what is not declared",
      piped({ "traces/in": { ...traces, exporters: [...traces.exporters, "otlp/jeager"] } }),
      "reference",
      "service.pipelines.traces/in.exporters",
      /Did you mean "otlp\/jaeger"\?/,
    ],
    [
      "that processes by what is an exporter",
      piped({ "traces/in": { ...traces, processors: ["memory_limiter", "otlp/jaeger"] } }),
      "reference",
      "service.pipelines.traces/in.processors",
      /not declared/,
    ],
    [
      "of a type that nobody knows",
      { ...sound, receivers: { ...sound.receivers, zpkin: { endpoint: "localhost:9411" } } },
      "reference",
      "receivers.zpkin",
      /Did you mean "zipkin"\?/,
    ],
    [
      "that starts an extension that is not declared",
      { ...sound, service: { ...sound.service, extensions: ["health_check", "pprof"] } },
      "reference",
      "service.extensions",
      /"pprof" is not declared/,
    ],
    [
      "with an exporter in no pipeline",
      { ...sound, exporters: { ...sound.exporters, zipkin: { endpoint: "http://z" } } },
      "unused",
      "exporters.zipkin",
      /no pipeline uses/,
    ],
    [
      "with an extension that is not started",
      { ...sound, extensions: { ...sound.extensions, sigv4auth: {} } },
      "unused",
      "extensions.sigv4auth",
      /does not start/,
    ],
    [
      "with a connector that nothing receives from",
      { ...sound, connectors: { ...sound.connectors, "forward/gone": {} } },
      "unused",
      "connectors.forward/gone",
      /connects nothing/,
    ],
    [
      "with a pipeline that ends nowhere",
      piped({ "traces/void": { receivers: ["otlp"], processors: ["memory_limiter"], exporters: [] } }),
      "unused",
      "service.pipelines.traces/void",
      /no exporters/,
    ],
    [
      "that samples metrics as if they were traces",
      piped({
        metrics: { receivers: ["spanmetrics"], processors: ["tail_sampling"], exporters: ["prometheusremotewrite"] },
      }),
      "signal",
      "service.pipelines.metrics.processors",
      /takes traces, and the pipeline carries metrics/,
    ],
    [
      "that expects traces of what gives metrics",
      piped({
        "traces/kept": {
          receivers: ["forward", "spanmetrics"],
          processors: ["tail_sampling", "batch"],
          exporters: ["otlp/jaeger"],
        },
      }),
      "signal",
      "service.pipelines.traces/kept.receivers",
      /gives metrics, and the pipeline carries traces/,
    ],
    [
      "that limits memory after something else",
      piped({ "traces/in": { ...traces, processors: ["batch", "memory_limiter"] } }),
      "order",
      "service.pipelines.traces/in.processors",
      /memory_limiter is not the first/,
    ],
    [
      "that does not limit what comes in",
      piped({ "traces/in": { ...traces, processors: [] } }),
      "order",
      "service.pipelines.traces/in.processors",
      /not limited/,
    ],
    [
      "that makes batches before it samples",
      piped({
        "traces/kept": { receivers: ["forward"], processors: ["batch", "tail_sampling"], exporters: ["otlp/jaeger"] },
      }),
      "order",
      "service.pipelines.traces/kept.processors",
      /batch is not the last/,
    ],
    [
      "that processes twice by the same",
      piped({ "traces/in": { ...traces, processors: ["memory_limiter", "memory_limiter"] } }),
      "order",
      "service.pipelines.traces/in.processors",
      /named twice/,
    ],
    [
      "that listens on one port twice",
      { ...sound, extensions: { health_check: { endpoint: "0.0.0.0:4317" } } },
      "port",
      "extensions.health_check.endpoint",
      /port 4317 is receivers\.otlp\.protocols\.grpc\.endpoint's already/,
    ],
    [
      "that listens where the collector's own metrics are",
      { ...sound, extensions: { health_check: { endpoint: "0.0.0.0:8888" } } },
      "port",
      "extensions.health_check.endpoint",
      /own metrics/,
    ],
    [
      "that listens on no port",
      { ...sound, extensions: { health_check: { endpoint: "localhost" } } },
      "port",
      "extensions.health_check.endpoint",
      /has no port/,
    ],
    [
      "that leads back into itself",
      piped({
        "traces/kept": {
          receivers: ["forward"],
          processors: ["tail_sampling", "batch"],
          exporters: ["otlp/jaeger", "forward"],
        },
      }),
      "cycle",
      "service.pipelines.traces/kept",
      /back into itself/,
    ],
  ])("%s", (_, config, kind, at, message) => {
    const found = checkCollector(config).filter((problem) => problem.kind === kind && problem.at === at);
    expect(found.map((problem) => problem.message).join()).toMatch(message);
    expect(found.every(({ fix }) => fix.length > 0)).toBe(true);
  });
});

test("every part that fits is left alone while another does not", () => {
  const broken = { ...sound, extensions: { health_check: { endpoint: "0.0.0.0:4317" } } };
  expect(checkCollector(broken)).toHaveLength(1);
});
