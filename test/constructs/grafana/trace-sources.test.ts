import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import shipped from "../../../catalog/catalog";
import { cloudwatchSource, prometheusSource } from "../../../constructs/grafana/data-sources";
import { traceSources } from "../../../constructs/grafana/trace-sources";
import { collectorsOf } from "../../../constructs/opentelemetry/collectors";
import { parsePromql } from "../../../languages/promql/parse";
import { type Environment, environment } from "../../../model/environment";
import { estateOf } from "../../../model/estate";
import { traceBackends } from "../../../model/trace-pipeline";

const settings = { account: "111111111111", region: "eu-west-1", retentionDays: 7, grafana: "https://g" } as const;
const everything: Environment = environment("prod", { ...settings, tracing: { backends: traceBackends } });

/* The settings of the plugins, as Grafana's documentation names them, with nothing more allowed. */
const query = z.strictObject({ name: z.string(), query: z.string() });
const toMetrics = z.strictObject({
  datasourceUid: z.string(),
  spanStartTimeShift: z.string().regex(/^-?\d+[smh]$/),
  spanEndTimeShift: z.string().regex(/^-?\d+[smh]$/),
  tags: z.array(z.strictObject({ key: z.string(), value: z.string() })),
  queries: z.array(query).min(1),
});
const ofTraces = z.strictObject({ nodeGraph: z.strictObject({ enabled: z.boolean() }), tracesToMetrics: toMetrics });
const schemas: Readonly<Record<string, z.ZodType>> = {
  jaeger: ofTraces,
  zipkin: ofTraces,
  "grafana-x-ray-datasource": z.strictObject({ authType: z.literal("default"), defaultRegion: z.string() }),
};

const queriesOf = traceSources(everything).flatMap(({ type, jsonData }) => {
  const found = ofTraces.safeParse(jsonData);
  return found.success ? found.data.tracesToMetrics.queries.map((one) => [type, one.name, one.query] as const) : [];
});

describe("the sources of traces", () => {
  test.each(traceSources(everything).map((source) => [source.id, source] as const))(
    "%s has only settings that its documentation names",
    (_id, { type, jsonData }) => {
      expect(schemas[type]?.safeParse(jsonData).error?.issues ?? []).toEqual([]);
    },
  );

  test("are those that the environment's traces go to", () => {
    expect(shipped.environments.map((one) => traceSources(one).map(({ uid, url }) => [uid, url]))).toEqual([
      [["dev-jaeger", "http://jaeger.dev.internal:16686"]],
      [
        ["staging-jaeger", "http://jaeger.staging.internal:16686"],
        ["staging-zipkin", "http://zipkin.staging.internal:9411"],
        ["staging-xray", undefined],
      ],
      [
        ["prod-jaeger", "http://jaeger.prod.internal:16686"],
        ["prod-xray", undefined],
      ],
    ]);
    expect(traceSources(environment("prod", settings))).toEqual([]);
  });

  test("lead to sources that are there, as does CloudWatch", () => {
    const sources = [prometheusSource(everything), cloudwatchSource(everything), ...traceSources(everything)];
    const uids = sources.map(({ uid }) => uid);
    const named = [...JSON.stringify(sources.map(({ jsonData }) => jsonData)).matchAll(/atasourceUid":"([^"]+)"/g)].map(
      ([, uid]) => uid,
    );
    expect(named).toEqual(["prod-xray", "prod-prometheus", "prod-prometheus"]);
    expect(named.filter((uid) => !uids.includes(uid ?? ""))).toEqual([]);
  });

  test("are no trace's end where there is no X-Ray", () => {
    expect(cloudwatchSource(environment("prod", settings)).jsonData).not.toHaveProperty("tracingDatasourceUid");
  });
});

describe("from a trace to metrics", () => {
  test.each(queriesOf)("%s asks for %s in PromQL", (_type, _name, text) => {
    expect(parsePromql(text.replaceAll("$__tags", 'service_name="shop"')).ok).toBe(true);
  });

  test("the metrics are those that the gateways make of spans", () => {
    const [prod] = shipped.environments.slice(-1).map((one) => collectorsOf(estateOf(shipped, one)));
    const connector = prod?.find(({ role }) => role === "gateway")?.config.connectors.spanmetrics;
    const prefix = `${connector?.namespace.replaceAll(".", "_")}_`;
    expect(connector?.histogram.unit).toBe("s");
    expect(new Set(queriesOf.flatMap(([, , text]) => [...text.matchAll(/traces_\w+/g)].map(([name]) => name)))).toEqual(
      new Set([`${prefix}calls_total`, `${prefix}duration_seconds_bucket`]),
    );
  });
});
