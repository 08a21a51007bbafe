import type { Environment } from "../../model/environment";
import { grafanaUid } from "../../model/grafana-uid";
import { never } from "../../model/result";
import { type DefiniteTracePipeline, type TraceBackend, tracePipelineOf } from "../../model/trace-pipeline";
import { jaegerPorts } from "../jaeger/config";
import { spanMetrics } from "../opentelemetry/gateway";
import { ports } from "../opentelemetry/ports";
import { type DataSource, elasticsearchUid, type JsonData, prometheusSource, xrayUid } from "./data-sources";

/** A data source of traces, with its address where it has one. */
export interface TraceSource extends DataSource {
  /** Name of its construct. */
  readonly id: string;
  readonly url?: string;
}

/**
 * From a span to the numbers of its kind: how many, how many failed, how long, as the gateways counted all of them. `$__tags` becomes matchers of
 * the span's own service and operation.
 * Source: Grafana documentation, "Configure the Jaeger data source", "Trace to metrics".
 */
function toMetrics(environment: Environment): JsonData {
  const { calls, duration } = spanMetrics;
  const rate = (series: string): string => `rate(${series}[5m])`;
  const queries = [
    { name: "Requests", query: `sum(${rate(`${calls}{$__tags}`)})` },
    {
      name: "Error rate",
      query: `sum(${rate(`${calls}{$__tags, status_code="STATUS_CODE_ERROR"}`)}) / sum(${rate(`${calls}{$__tags}`)})`,
    },
    {
      name: "P95 duration",
      query: `histogram_quantile(0.95, sum by (le) (${rate(`${duration}_bucket{$__tags}`)}))`,
    },
  ];
  return {
    datasourceUid: prometheusSource(environment).uid,
    // A quarter of an hour on both sides: what the span stands in.
    spanStartTimeShift: "-15m",
    spanEndTimeShift: "15m",
    tags: [{ key: "service.name", value: "service_name" }],
    queries,
  };
}

/**
 * From a span to what was logged within its trace, in all services, where Elasticsearch has the logs. CloudWatch is not among the sources that Grafana can
 * lead to from a span; Jaeger's own interface leads there (constructs/jaeger/ui.ts).
 *
 * The query is our own: Grafana's looks for the id in every field that is searched by default, which of the logs is `message` alone. Grafana puts the trace's id in place of `${__trace.traceId}`.
 * Source: Grafana documentation, "Configure the Jaeger data source", "Trace to logs", with its list of data sources.
 */
function toLogs({ name, elastic }: Environment): JsonData {
  if (elastic === undefined) return {};
  return {
    tracesToLogsV2: {
      datasourceUid: elasticsearchUid(name),
      customQuery: true,
      query: 'trace_id:"${__trace.traceId}"',
      // Of the whole trace, which may have begun long before this span.
      spanStartTimeShift: "-1h",
      spanEndTimeShift: "1h",
    },
  };
}

function sourceOf(backend: TraceBackend, environment: Environment, { domain }: DefiniteTracePipeline): TraceSource[] {
  const { name, region } = environment;
  const common = { nodeGraph: { enabled: true }, tracesToMetrics: toMetrics(environment), ...toLogs(environment) };
  switch (backend) {
    case "jaeger":
      return [
        {
          id: "Jaeger",
          type: "jaeger",
          uid: grafanaUid(name, "jaeger"),
          name: `Jaeger (${name})`,
          url: `http://jaeger.${domain}:${jaegerPorts.ui}`,
          jsonData: common,
        },
      ];
    case "zipkin":
      return [
        {
          id: "Zipkin",
          type: "zipkin",
          uid: grafanaUid(name, "zipkin"),
          name: `Zipkin (${name})`,
          url: `http://zipkin.${domain}:${ports.zipkin}`,
          jsonData: common,
        },
      ];
    case "xray":
      return [
        {
          id: "X-Ray",
          // AWS' plugin, which Grafana needs installed; it is named Application Signals there since.
          type: "grafana-x-ray-datasource",
          uid: xrayUid(name),
          name: `X-Ray (${name})`,
          jsonData: { authType: "default", defaultRegion: region },
        },
      ];
    case "datadog":
      // Grafana's plugin for it is Enterprise's, and its traces are Datadog's own to show.
      return [];
    default:
      return never(backend);
  }
}

/** Where Grafana finds an environment's traces. */
export function traceSources(environment: Environment): readonly TraceSource[] {
  const { tracing, name } = environment;
  if (tracing === undefined) return [];
  const pipeline = tracePipelineOf(tracing, name);
  return pipeline.backends.flatMap((backend) => sourceOf(backend, environment, pipeline));
}
