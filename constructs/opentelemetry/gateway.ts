import type { Environment } from "../../model/environment";
import { never } from "../../model/result";
import { type DefiniteTracePipeline, gatewayLoad, type TraceBackend } from "../../model/trace-pipeline";
import type { DefiniteTracing } from "../../model/tracing";
import { memoryLimiter } from "./agent";
import type { CollectorConfig, Exporters } from "./components";
import { ports } from "./ports";
import { redactionProcessors } from "./redaction";
import { selfTelemetry } from "./self-telemetry";
import { tailPolicies } from "./tail-policies";

/** What a gateway's task must give it in its environment, by name. */
export const gatewayVariables = {
  /** Where the environment's Prometheus takes samples. */
  remoteWrite: "PROMETHEUS_REMOTE_WRITE_URL",
  /** From a secret; only where traces go to Datadog. */
  datadogKey: "DD_API_KEY",
} as const;

/** Namespace of the metrics that are made of spans. */
const namespace = "traces.span.metrics";

/**
 * Their names in Prometheus: dots become underscores, and unit and kind are told at the end.
 * Source: contrib, spanmetricsconnector, "Using `spanmetrics` with Prometheus components"; pkg/translator/prometheus.
 */
export const spanMetrics = {
  calls: `${namespace.replaceAll(".", "_")}_calls_total`,
  duration: `${namespace.replaceAll(".", "_")}_duration_seconds`,
} as const;

const reference = (variable: string): string => `\${env:${variable}}`;

/** `datadoghq.eu` of `https://api.datadoghq.eu/`. */
const siteOf = (apiUrl: string): string => new URL(apiUrl).hostname.replace(/^api\./, "");

/** Attributes that X-Ray indexes, so that its filter expressions find them (constructs/xray/). */
const indexed = ["deployment.environment.name", "http.route", "http.response.status_code"];

interface Destination {
  readonly id: string;
  readonly exporters: Exporters;
}

function destination(backend: TraceBackend, environment: Environment, { domain }: DefiniteTracePipeline): Destination {
  switch (backend) {
    case "jaeger":
      return {
        id: "otlp/jaeger",
        exporters: { "otlp/jaeger": { endpoint: `jaeger.${domain}:${ports.otlpGrpc}`, tls: { insecure: true } } },
      };
    case "zipkin":
      return {
        id: "zipkin",
        exporters: { zipkin: { endpoint: `http://zipkin.${domain}:${ports.zipkin}/api/v2/spans`, format: "proto" } },
      };
    case "xray":
      return {
        id: "awsxray",
        exporters: { awsxray: { region: environment.region, indexed_attributes: indexed } },
      };
    case "datadog":
      return {
        id: "datadog",
        exporters: {
          datadog: { api: { key: reference(gatewayVariables.datadogKey), site: siteOf(environment.datadog) } },
        },
      };
    default:
      return never(backend);
  }
}

/** Traces whose decision is remembered after the trace itself is gone, so that a late span follows it: ten times what is waited for. */
const remembered = 10;

/**
 * The gateways: whatever is stored passes through one. First what must not be stored is taken out, before anything can be counted by it; then the
 * metrics of requests, errors and durations are made of all spans, so that they are true whatever is kept; then each trace is judged as a
 * whole, and what is kept goes to every backend.
 */
export function gatewayConfig(
  environment: Environment,
  traced: readonly DefiniteTracing[],
  pipeline: DefiniteTracePipeline,
): CollectorConfig {
  const load = gatewayLoad(traced, pipeline);
  const destinations = pipeline.backends.map((backend) => destination(backend, environment, pipeline));
  let exporters: Exporters = {};
  for (const one of destinations) exporters = { ...exporters, ...one.exporters };
  const hasDatadog = pipeline.backends.includes("datadog");
  return {
    extensions: {
      // Probed from outside of the task, by what balances or discovers.
      health_check: { endpoint: `0.0.0.0:${ports.health}` },
      sigv4auth: { region: environment.region, service: "aps" },
    },
    receivers: { otlp: { protocols: { grpc: { endpoint: `0.0.0.0:${ports.otlpGrpc}` } } } },
    processors: {
      memory_limiter: memoryLimiter,
      ...redactionProcessors(traced),
      tail_sampling: {
        decision_wait: `${pipeline.decisionSeconds}s`,
        num_traces: load.traces,
        expected_new_traces_per_sec: load.tracesPerSecond,
        decision_cache: {
          sampled_cache_size: load.traces * remembered,
          non_sampled_cache_size: load.traces * remembered,
        },
        policies: tailPolicies(traced),
      },
      // Datadog computes its trace metrics over ten seconds, which the others do not mind (Datadog, "OpenTelemetry Collector", batch processor).
      batch: { timeout: hasDatadog ? "10s" : "1s", send_batch_size: 1024 },
    },
    connectors: {
      spanmetrics: {
        namespace,
        histogram: {
          unit: "s",
          explicit: { buckets: ["5ms", "10ms", "25ms", "50ms", "100ms", "250ms", "500ms", "1s", "2s", "5s", "10s"] },
        },
        // AMP has no API to read them with (Amazon Managed Service for Prometheus, "Prometheus-compatible APIs").
        exemplars: { enabled: false },
        metrics_flush_interval: "15s",
        // A route that nobody asks for any more is forgotten, or each release's would be kept for ever.
        metrics_expiration: "10m",
        // Else a new process is a new set of counters, which grows with each deployment.
        resource_metrics_key_attributes: ["service.name"],
      },
      forward: {},
      ...(hasDatadog ? { "datadog/stats": {} } : {}),
    },
    exporters: {
      ...exporters,
      prometheusremotewrite: {
        endpoint: reference(gatewayVariables.remoteWrite),
        auth: { authenticator: "sigv4auth" },
        // Each gateway counts the traces that it was given; without a label of its own they would write one series between them.
        external_labels: { gateway: reference("HOSTNAME") },
      },
    },
    service: {
      telemetry: selfTelemetry,
      extensions: ["health_check", "sigv4auth"],
      pipelines: {
        "traces/in": {
          receivers: ["otlp"],
          processors: ["memory_limiter", "attributes/personal", "transform/sensitive"],
          exporters: ["spanmetrics", "forward", ...(hasDatadog ? ["datadog/stats"] : [])],
        },
        "traces/kept": {
          receivers: ["forward"],
          processors: ["tail_sampling", "batch"],
          exporters: destinations.map(({ id }) => id),
        },
        metrics: { receivers: ["spanmetrics"], processors: ["batch"], exporters: ["prometheusremotewrite"] },
        ...(hasDatadog
          ? { "metrics/datadog": { receivers: ["datadog/stats"], processors: ["batch"], exporters: ["datadog"] } }
          : {}),
      },
    },
  };
}
