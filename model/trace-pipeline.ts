import type { DefiniteTracing } from "./tracing";

/** The systems that store traces. */
export const traceBackends = ["jaeger", "zipkin", "xray", "datadog"] as const;
export type TraceBackend = (typeof traceBackends)[number];

/** How an environment's traces get from services to where people look at them. */
export interface TracePipeline {
  /** Where traces are stored; each receives all that are kept. */
  readonly backends: readonly TraceBackend[];
  /** Gateways that decide which traces are kept. Default: 2, so that one can be replaced. */
  readonly gateways?: number;
  /** Memory of a gateway, in MiB. Default: 2048. */
  readonly gatewayMemoryMiB?: number;
  /** Seconds that a gateway waits for the rest of a trace before it decides. Default: 10. */
  readonly decisionSeconds?: number;
  /** Domain in which `otel-gateway`, `jaeger`, `zipkin` and `elasticsearch` are found. Default: `<environment>.internal`. */
  readonly domain?: string;
}

/** A pipeline with its defaults filled in. */
export interface DefiniteTracePipeline extends Required<TracePipeline> {
  /** The name that resolves to every gateway's address. */
  readonly gatewayHost: string;
}

/** Fills in the defaults of an environment's pipeline. */
export function tracePipelineOf(pipeline: TracePipeline, environment: string): DefiniteTracePipeline {
  const filled = {
    gateways: 2,
    gatewayMemoryMiB: 2048,
    decisionSeconds: 10,
    domain: `${environment}.internal`,
    ...pipeline,
  };
  return { ...filled, gatewayHost: `otel-gateway.${filled.domain}` };
}

/** What a span takes in a gateway's memory while its trace is waited for: attributes, names, events, and what Go adds to them. */
const bytesPerSpan = 2048;

/** What a gateway must hold. */
export interface GatewayLoad {
  readonly tracesPerSecond: number;
  /** Traces that it waits for at once. */
  readonly traces: number;
  /** What they take, in MiB. */
  readonly memoryMiB: number;
}

/**
 * What one gateway must hold at the busiest: the traces of the time that it waits, while another gateway is being replaced and the rest take over,
 * and half as many again, since load is never even.
 */
export function gatewayLoad(traced: readonly DefiniteTracing[], pipeline: DefiniteTracePipeline): GatewayLoad {
  const made = traced.map(({ tracesPerSecond, headPercent, spansPerTrace }) => ({
    traces: (tracesPerSecond * headPercent) / 100,
    spans: (tracesPerSecond * headPercent * spansPerTrace) / 100,
  }));
  const sharers = Math.max(1, pipeline.gateways - 1);
  const traces = made.reduce((sum, one) => sum + one.traces, 0) / sharers;
  const spans = made.reduce((sum, one) => sum + one.spans, 0) / sharers;
  const waited = pipeline.decisionSeconds * 1.5;
  return {
    tracesPerSecond: Math.ceil(traces),
    traces: Math.max(1, Math.ceil(traces * waited)),
    memoryMiB: Math.ceil((spans * waited * bytesPerSpan) / 1024 ** 2),
  };
}
