import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import shipped from "../../../catalog/catalog";
import { jaegerArtifacts } from "../../../constructs/jaeger/artifacts";
import { jaegerConfig, samplingStrategies } from "../../../constructs/jaeger/config";
import { jaegerUi } from "../../../constructs/jaeger/ui";
import { checkCollector } from "../../../constructs/opentelemetry/check-collector";
import { parseInsights } from "../../../languages/insights/parse";
import { estateOf } from "../../../model/estate";
import { tracePipelineOf } from "../../../model/trace-pipeline";
import { traceStorage } from "../../../model/trace-storage";
import { type Tracing, tracingOf } from "../../../model/tracing";
import { exampleEstate, exampleService } from "../../support/example";

/* Jaeger's own parts of the configuration, as its documentation and its configuration's source name them, with nothing more allowed. */
const endpoint = z.strictObject({ endpoint: z.string().regex(/^0\.0\.0\.0:\d+$/) });
const index = z.strictObject({
  date_layout: z.string(),
  rollover_frequency: z.enum(["hour", "day"]),
  shards: z.int().positive(),
  replicas: z.int().nonnegative(),
});
const extensions = z.strictObject({
  healthcheckv2: z.strictObject({ use_v2: z.literal(true), http: endpoint }),
  jaeger_storage: z.strictObject({
    backends: z.record(
      z.string(),
      z.strictObject({
        elasticsearch: z.strictObject({
          server_urls: z.array(z.url()).min(1),
          auth: z.strictObject({ basic: z.strictObject({ username: z.string(), password_file: z.string() }) }),
          indices: z.strictObject({ index_prefix: z.string(), spans: index, services: index, dependencies: index }),
        }),
      }),
    ),
  }),
  jaeger_query: z.strictObject({
    storage: z.strictObject({ traces: z.string() }),
    ui: z.strictObject({ config_file: z.string() }),
    http: endpoint,
    grpc: endpoint,
  }),
  remote_sampling: z.strictObject({
    file: z.strictObject({ path: z.string(), reload_interval: z.string() }),
    http: endpoint,
    grpc: endpoint,
  }),
});

const estates = shipped.environments.map((one) => estateOf(shipped, one));

describe.each(estates.map((estate) => [estate.environment.name, estate] as const))("Jaeger of %s", (_name, estate) => {
  const [yaml, strategies] = jaegerArtifacts(estate).map(({ content }) => content);
  const config = parse(yaml ?? "");

  test("has only options that its documentation names", () => {
    expect(extensions.safeParse(config.extensions).error?.issues ?? []).toEqual([]);
  });

  test("fits together, as any collector", () => {
    expect(checkCollector(config)).toEqual([]);
  });

  test("stores and queries in a backend that it has", () => {
    const { jaeger_storage: storage, jaeger_query: query } = config.extensions;
    const backends = Object.keys(storage.backends);
    expect(backends).toContain(query.storage.traces);
    expect(backends).toContain(config.exporters.jaeger_storage_exporter.trace_storage);
  });

  test("tells SDKs to begin every trace of what is judged by its end", () => {
    expect(
      JSON.parse(strategies ?? "").service_strategies.map(({ param }: { readonly param: number }) => param),
    ).toEqual([1, 1, 1]);
  });
});

const definite = (tracing: Tracing) => {
  const { environment } = exampleEstate("prod");
  const found = tracingOf(exampleService({ tracing }), environment);
  if (found === undefined) throw new Error("not traced");
  return found;
};

test("a service that samples at the head is told its share", () => {
  expect(samplingStrategies([definite({ sampling: { kind: "head", percent: 5 } })]).service_strategies).toEqual([
    { service: "shop", type: "probabilistic", param: 0.05 },
  ]);
});

test("what is not sent to Jaeger makes no files for it", () => {
  expect(jaegerArtifacts(exampleEstate("prod"))).toEqual([]);
});

describe("what is stored of traces", () => {
  test("is what is kept, and so much more for what failed or was slow", () => {
    // 1000 traces of 10 spans, of which 8 and 2 in 100 are kept.
    const traced = [definite({ sampling: { kind: "tail", keepPercent: 8 }, tracesPerSecond: 1000, spansPerTrace: 10 })];
    expect(traceStorage(traced)).toEqual({ spansPerSecond: 1000, bytesPerDay: 28_800_000_000, shards: 1 });
  });

  test("takes another shard for every 40 GB of a day", () => {
    const traced = [
      definite({ sampling: { kind: "tail", keepPercent: 98 }, tracesPerSecond: 1000, spansPerTrace: 10 }),
    ];
    expect(traceStorage(traced).shards).toBe(8);
    const config = jaegerConfig({ name: "prod", production: true }, traced, tracePipelineOf({ backends: [] }, "prod"));
    expect(config.extensions.jaeger_storage.backends.elasticsearch.elasticsearch.indices.spans).toMatchObject({
      shards: 8,
      replicas: 1,
    });
  });

  test("counts a head's share once", () => {
    const head = definite({ sampling: { kind: "head", percent: 10 }, tracesPerSecond: 1000, spansPerTrace: 10 });
    expect(traceStorage([head]).spansPerSecond).toBe(1000);
  });
});

describe("from a trace to its logs", () => {
  const prod = estates.at(-1);
  const ui = jaegerArtifacts(prod ?? exampleEstate("prod")).find(({ path }) => path === "jaeger/ui.json");
  const [{ url }] = JSON.parse(ui?.content ?? "").linkPatterns;
  const filled = new URL(url.replaceAll("#{traceID}", "4bf92f3577b34da6a3ce929d0e0e4736"));
  const [pane] = Object.values(
    z
      .record(
        z.string(),
        z.object({
          datasource: z.string(),
          queries: z.array(z.object({ expression: z.string(), logGroupNames: z.array(z.string()) }).loose()),
        }),
      )
      .parse(JSON.parse(filled.searchParams.get("panes") ?? "")),
  );
  const [query] = pane?.queries ?? [];

  test("leads to the environment's CloudWatch, and there to every service of the company's own", () => {
    expect([filled.origin, pane?.datasource]).toEqual(["https://grafana.company.com", "prod-cloudwatch"]);
    expect(query?.logGroupNames).toEqual(["/ecs/app-service", "/ecs/celery-worker", "/ecs/analytics-backend"]);
  });

  test("asks in Logs Insights for the events of that trace, by fields that they have", () => {
    const text = query?.expression ?? "";
    expect(text).toContain('filter trace_id = "4bf92f3577b34da6a3ce929d0e0e4736"');
    expect(parseInsights(text).ok).toBe(true);
  });

  test("has no link where no service logs a trace's id", () => {
    expect(jaegerUi(exampleEstate("prod", [exampleService({ tracing: {} })]))).toEqual({ linkPatterns: [] });
  });
});
