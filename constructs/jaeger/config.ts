import type { Environment } from "../../model/environment";
import type { DefiniteTracePipeline } from "../../model/trace-pipeline";
import { traceStorage } from "../../model/trace-storage";
import type { DefiniteTracing } from "../../model/tracing";
import { memoryLimiter } from "../opentelemetry/agent";
import { ports } from "../opentelemetry/ports";

/** Where the machine that runs Jaeger keeps what is not in its configuration. */
const jaegerFiles = {
  /** Password of the user `jaeger` of Elasticsearch. */
  password: "/etc/jaeger/secrets/elasticsearch-password",
  strategies: "/etc/jaeger/sampling-strategies.json",
  ui: "/etc/jaeger/ui.json",
} as const;

const everywhere = (port: number) => ({ endpoint: `0.0.0.0:${port}` });

/** Ports of Jaeger's own interfaces. Source: Jaeger documentation, "APIs". */
export const jaegerPorts = { ui: 16686, query: 16685, samplingHttp: 5778, samplingGrpc: 5779 } as const;

/**
 * Jaeger 2, which is a collector of OpenTelemetry with storage and a user interface. It receives what the gateways keep, and stores all of it: what
 * is kept was decided already. Spans lie in an index for each day, so that a day is deleted whole; Jaeger's newest source calls `rollover_frequency`
 * deprecated, in favour of one under `rotation`, and still takes it.
 * Sources: Jaeger documentation, "Configuration" and "Elasticsearch"; jaegertracing/jaeger, internal/storage/elasticsearch/config.
 */
export function jaegerConfig(
  { name, production }: Pick<Environment, "name" | "production">,
  traced: readonly DefiniteTracing[],
  { domain }: Pick<DefiniteTracePipeline, "domain">,
) {
  const { shards } = traceStorage(traced);
  // A copy, so that a node may be lost; elsewhere its loss costs nobody anything.
  const replicas = production ? 1 : 0;
  const index = (primaries: number) => ({
    date_layout: "2006-01-02",
    rollover_frequency: "day",
    shards: primaries,
    replicas,
  });
  return {
    extensions: {
      healthcheckv2: { use_v2: true, http: everywhere(ports.health) },
      jaeger_storage: {
        backends: {
          elasticsearch: {
            elasticsearch: {
              server_urls: [`https://elasticsearch.${domain}:9200`],
              auth: { basic: { username: "jaeger", password_file: jaegerFiles.password } },
              indices: { index_prefix: name, spans: index(shards), services: index(1), dependencies: index(1) },
            },
          },
        },
      },
      jaeger_query: {
        storage: { traces: "elasticsearch" },
        ui: { config_file: jaegerFiles.ui },
        http: everywhere(jaegerPorts.ui),
        grpc: everywhere(jaegerPorts.query),
      },
      remote_sampling: {
        file: { path: jaegerFiles.strategies, reload_interval: "1m" },
        http: everywhere(jaegerPorts.samplingHttp),
        grpc: everywhere(jaegerPorts.samplingGrpc),
      },
    },
    receivers: { otlp: { protocols: { grpc: everywhere(ports.otlpGrpc) } } },
    processors: { memory_limiter: memoryLimiter, batch: { timeout: "1s", send_batch_size: 1024 } },
    connectors: {},
    exporters: { jaeger_storage_exporter: { trace_storage: "elasticsearch" } },
    service: {
      extensions: ["healthcheckv2", "jaeger_storage", "jaeger_query", "remote_sampling"],
      pipelines: {
        traces: {
          receivers: ["otlp"],
          processors: ["memory_limiter", "batch"],
          exporters: ["jaeger_storage_exporter"],
        },
      },
    },
  };
}

/**
 * What Jaeger tells SDKs that ask it how to sample (`jaeger_remote`): the share of each service's head, the same that its environment variables
 * say. Whoever is not declared begins every tenth trace.
 * Source: Jaeger documentation, "Sampling", "File-based Sampling Configuration".
 */
export const samplingStrategies = (traced: readonly DefiniteTracing[]) => ({
  default_strategy: { type: "probabilistic", param: 0.1 },
  service_strategies: traced.map(({ service, headPercent }) => ({
    service,
    type: "probabilistic",
    param: headPercent / 100,
  })),
});
