import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import shipped from "../../../catalog/catalog";
import { mappingsOf } from "../../../constructs/elasticsearch/mapping";
import { readerRoles } from "../../../constructs/elasticsearch/reader-key";
import { logStreamsOf } from "../../../constructs/elasticsearch/stream";
import { cloudwatchSource, prometheusSource } from "../../../constructs/grafana/data-sources";
import { elasticsearchSource } from "../../../constructs/grafana/elasticsearch-source";
import { traceSources } from "../../../constructs/grafana/trace-sources";
import { collectorsOf } from "../../../constructs/opentelemetry/collectors";
import { parsePromql } from "../../../languages/promql/parse";
import { type Environment, environment } from "../../../model/environment";
import { estateOf } from "../../../model/estate";
import { traceBackends } from "../../../model/trace-pipeline";

const settings = { account: "111111111111", region: "eu-west-1", retentionDays: 7, grafana: "https://g" } as const;
const elastic = {
  elasticsearch: ["https://one.example.com:9200", "https://two.example.com:9200"],
  kibana: "https://kibana.example.com",
  runBy: "shop",
  dataNodes: { count: 1, diskGigabytes: 10 },
  snapshotBucket: "snapshots",
} as const;
const everything: Environment = environment("prod", { ...settings, elastic, tracing: { backends: traceBackends } });
const shippedEnvironment = (name: string): Environment => {
  const found = shipped.environments.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no environment ${name}`);
  return found;
};

/** Every data source of an environment. */
const sourcesOf = (one: Environment) => {
  const logs = elasticsearchSource(one);
  return [prometheusSource(one), cloudwatchSource(one), ...traceSources(one), ...(logs === undefined ? [] : [logs])];
};

/** Uids that settings of a data source name. */
const linkedFrom = (sources: readonly { readonly jsonData: unknown }[]): readonly (string | undefined)[] =>
  [...JSON.stringify(sources.map(({ jsonData }) => jsonData)).matchAll(/atasourceUid":"([^"]+)"/g)].map(
    ([, uid]) => uid,
  );

/* The settings of the plugins, as Grafana's documentation names them, with nothing more allowed. */
const query = z.strictObject({ name: z.string(), query: z.string() });
const toMetrics = z.strictObject({
  datasourceUid: z.string(),
  spanStartTimeShift: z.string().regex(/^-?\d+[smh]$/),
  spanEndTimeShift: z.string().regex(/^-?\d+[smh]$/),
  tags: z.array(z.strictObject({ key: z.string(), value: z.string() })),
  queries: z.array(query).min(1),
});
const toLogs = z.strictObject({
  datasourceUid: z.string(),
  customQuery: z.literal(true),
  query: z.string(),
  spanStartTimeShift: z.string().regex(/^-?\d+[smh]$/),
  spanEndTimeShift: z.string().regex(/^-?\d+[smh]$/),
});
const ofTraces = z.strictObject({
  nodeGraph: z.strictObject({ enabled: z.boolean() }),
  tracesToMetrics: toMetrics,
  tracesToLogsV2: toLogs.optional(),
});
const ofElasticsearch = z.strictObject({
  index: z.string(),
  timeField: z.literal("@timestamp"),
  logMessageField: z.string(),
  logLevelField: z.string(),
  dataLinks: z.array(
    z.strictObject({
      field: z.string(),
      url: z.literal("${__value.raw}"),
      urlDisplayLabel: z.string(),
      datasourceUid: z.string(),
    }),
  ),
});
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

  test.each([everything, environment("bare", { ...settings }), ...shipped.environments])(
    "of $name lead to sources that are there, as do its logs",
    (one) => {
      const sources = sourcesOf(one);
      const uids: readonly (string | undefined)[] = sources.map(({ uid }) => uid);
      expect(new Set(uids).size).toBe(uids.length);
      expect(linkedFrom(sources).filter((uid) => !uids.includes(uid))).toEqual([]);
    },
  );

  test("a link is there in every direction that Grafana has one for", () => {
    const link = (uid: string) => linkedFrom(sourcesOf(everything).filter((source) => source.uid === uid));
    expect(link("prod-cloudwatch")).toEqual(["prod-xray"]);
    expect(link("prod-jaeger")).toEqual(["prod-prometheus", "prod-elasticsearch"]);
    expect(link("prod-zipkin")).toEqual(["prod-prometheus", "prod-elasticsearch"]);
    expect(link("prod-elasticsearch")).toEqual(["prod-jaeger", "prod-zipkin"]);
  });

  test("are no trace's end where there is no X-Ray", () => {
    expect(cloudwatchSource(environment("prod", settings)).jsonData).not.toHaveProperty("tracingDatasourceUid");
  });
});

describe("between traces and Elasticsearch", () => {
  const mapped = mappingsOf(logStreamsOf(estateOf(shipped, shippedEnvironment("prod"))).map((one) => one.contract));
  const mapping = mapped.ok ? mapped.value : {};
  const logs = elasticsearchSource(everything);

  test("the source has only settings that its documentation names, of fields that are indexed", () => {
    const { dataLinks, logMessageField, logLevelField, timeField, index } = ofElasticsearch.parse(logs?.jsonData);
    expect(Object.keys(mapping)).toEqual(expect.arrayContaining([timeField, logMessageField, logLevelField]));
    for (const { field } of dataLinks)
      expect(Object.keys(mapping).filter((name) => new RegExp(field).test(name))).toEqual(["trace_id"]);
    expect([index, logs?.url]).toEqual(["logs-*-prod", "https://one.example.com:9200"]);
  });

  test("its index is what all data streams are called like", () => {
    for (const one of shipped.environments) {
      const source = elasticsearchSource(one);
      const pattern = new RegExp(`^${ofElasticsearch.parse(source?.jsonData).index.replaceAll("*", "[^-]+")}$`);
      const names = logStreamsOf(estateOf(shipped, one)).map(({ name }) => name);
      expect(names.length).toBeGreaterThan(0);
      expect(names.filter((name) => !pattern.test(name))).toEqual([]);
    }
  });

  test.each(["jaeger", "zipkin"])("%s asks in Lucene for a field that is found whole", (type) => {
    const source = traceSources(everything).find((one) => one.type === type);
    const query = ofTraces.parse(source?.jsonData).tracesToLogsV2?.query ?? "";
    const [, field = "", value = ""] = /^(\w+):"([^"]*)"$/.exec(query) ?? [];
    expect(mapping[field]).toMatchObject({ type: "keyword" });
    expect(value).toBe("${__trace.traceId}");
  });

  test("a key reads the logs of one environment, and writes nothing", () => {
    expect(readerRoles("pre-prod")).toEqual({
      grafana: {
        cluster: ["monitor"],
        indices: [{ names: ["logs-*-pre_prod"], privileges: ["read", "view_index_metadata"] }],
      },
    });
  });

  test("there is nothing where one of them is missing", () => {
    expect(elasticsearchSource(environment("prod", settings))).toBeUndefined();
    expect(
      ofElasticsearch.parse(elasticsearchSource(environment("prod", { ...settings, elastic }))?.jsonData),
    ).toMatchObject({ dataLinks: [] });
    const [jaeger] = traceSources(environment("prod", { ...settings, tracing: { backends: ["jaeger"] } }));
    expect(jaeger?.jsonData).not.toHaveProperty("tracesToLogsV2");
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
