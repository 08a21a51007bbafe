import type { DefiniteTracePipeline } from "../../model/trace-pipeline";
import type { CollectorConfig } from "./components";
import { collectorLiteral } from "./escape";
import { ports } from "./ports";
import { selfTelemetry } from "./self-telemetry";

/** Only the task's own containers reach it: they share a network interface. */
const local = (port: number) => ({ endpoint: `localhost:${port}` });

/** A share of the container's memory, so that one configuration fits every size. Source: core, memorylimiterprocessor, "Best Practices". */
export const memoryLimiter = { check_interval: "1s", limit_percentage: 80, spike_limit_percentage: 16 } as const;

/**
 * The collector beside each task of a service. It takes spans in every dialect that libraries speak, says which environment they are from, and sends
 * all spans of a trace to one gateway, which alone can judge a trace as a whole. It decides nothing.
 */
export const agentConfig = (
  environment: string,
  { gatewayHost }: Pick<DefiniteTracePipeline, "gatewayHost">,
): CollectorConfig => ({
  extensions: { health_check: local(ports.health) },
  receivers: {
    otlp: { protocols: { grpc: local(ports.otlpGrpc), http: local(ports.otlpHttp) } },
    jaeger: { protocols: { grpc: local(ports.jaegerGrpc), thrift_http: local(ports.jaegerThriftHttp) } },
    zipkin: local(ports.zipkin),
  },
  processors: {
    memory_limiter: memoryLimiter,
    resource: {
      // The name of today, and the one that libraries and dashboards of before 2024 know.
      attributes: ["deployment.environment.name", "deployment.environment"].map((key) => ({
        key,
        action: "upsert",
        value: collectorLiteral(environment),
      })),
    },
    batch: { timeout: "200ms", send_batch_size: 512 },
  },
  connectors: {},
  exporters: {
    loadbalancing: {
      routing_key: "traceID",
      protocol: { otlp: { timeout: "5s", tls: { insecure: true } } },
      resolver: { dns: { hostname: gatewayHost, port: String(ports.otlpGrpc), interval: "5s" } },
    },
  },
  service: {
    telemetry: selfTelemetry,
    extensions: ["health_check"],
    pipelines: {
      traces: {
        receivers: ["otlp", "jaeger", "zipkin"],
        processors: ["memory_limiter", "resource", "batch"],
        exporters: ["loadbalancing"],
      },
    },
  },
});
