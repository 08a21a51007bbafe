import { describe, expect, test } from "@jest/globals";
import { refIdAt } from "../../../constructs/grafana/query";
import { logPanel, type Panel, panel } from "../../../model/dashboard";
import type { ServiceEstate } from "../../../model/estate";
import { complement, type Indicator, logCount, ratio } from "../../../model/indicator";
import { celery, ecs, hosts, rds } from "../../../model/runtime";
import { counter, gauge, telemetry } from "../../../model/telemetry";
import { example, exampleEstate, exampleLogs, exampleService } from "../../support/example";
import { errorsOf, firstService, renderedPanel } from "./dashboard-json";

const { requests, duration, memory } = example;
const estate = firstService(exampleEstate());
const on = (runtime: ServiceEstate["service"]["runtime"]): ServiceEstate =>
  firstService(exampleEstate("prod", [exampleService({ runtime })]));

const cpu = gauge("cpu_utilization", {
  help: "Processor in use",
  unit: "ratio",
  prometheus: false,
  cloudwatch: {
    namespace: "AWS/ECS",
    name: "CPUUtilization",
    statistic: "Average",
    dimensions: { ClusterName: "{cluster}", ServiceName: "{service}" },
    unit: "percent",
  },
});
const storage = gauge("free_storage_bytes", {
  help: "Free storage",
  unit: "bytes",
  prometheus: false,
  cloudwatch: {
    namespace: "AWS/RDS",
    name: "FreeStorageSpace",
    statistic: "Minimum",
    dimensions: { DBInstanceIdentifier: "{instance}" },
  },
});

const drawn = (indicator: Indicator, options: Parameters<typeof panel>[3] = {}, legend = "value"): Panel =>
  panel("drawn", "Drawn", { [legend]: indicator }, options);
const raw = (text: string): Panel => ({
  key: "raw",
  title: "Raw",
  visualization: "timeseries",
  queries: [{ kind: "promql", text, legend: "raw" }],
});

describe("an expression and the week before", () => {
  const { targets, fieldConfig } = renderedPanel(drawn(requests.rate("5m"), { weekBefore: true }), estate);

  test("is asked twice, the second time as it was a week ago, whole", () => {
    const [now, before] = targets ?? [];
    expect(before).toMatchObject({
      refId: "B",
      legendFormat: "value, a week before",
      expr: `last_over_time((${now?.["expr"]})[1m:1m] offset 1w)`,
    });
  });

  test("the past stands behind the present, without its thresholds", () => {
    const [style] = fieldConfig?.overrides ?? [];
    expect(style?.matcher).toEqual({ id: "byFrameRefID", options: "B" });
    expect(style?.properties.map(({ id }) => id)).toEqual(["custom.lineStyle", "custom.fillOpacity", "color"]);
  });

  test("is refused of what only CloudWatch holds", () => {
    expect(errorsOf(on(ecs({ cluster: "c", logGroup: "/g" })), drawn(cpu.avg(), { weekBefore: true }))).toEqual([
      expect.stringContaining(
        "a week before is drawn of what Prometheus holds; cpu_utilization is not, leave out weekBefore",
      ),
    ]);
  });
});

describe("an expression over what Prometheus holds", () => {
  test("is asked of the environment's Prometheus, in the window it was declared with", () => {
    const { datasource, targets, interval } = renderedPanel(
      drawn(requests.rate("5m").by("method"), {}, "{{method}}"),
      estate,
    );
    expect(datasource).toEqual({ type: "grafana-amazonprometheus-datasource", uid: "prod-prometheus" });
    expect(targets).toEqual([
      {
        refId: "A",
        datasource,
        editorMode: "code",
        expr: 'sum by (method) (rate(http_requests_total{job="shop"}[5m]))',
        legendFormat: "{{method}}",
        format: "time_series",
        range: true,
        instant: false,
      },
    ]);
    expect(interval).toBe("1m");
  });

  test.each([
    ["timeseries", { range: true, instant: false, format: "time_series" }],
    ["stat", { range: true, instant: false, format: "time_series" }],
    ["gauge", { range: false, instant: true, format: "time_series" }],
    ["bar-gauge", { range: false, instant: true, format: "time_series" }],
    ["table", { range: false, instant: true, format: "table" }],
  ] as const)("a %s asks for what it shows", (visualization, expected) => {
    expect(renderedPanel(drawn(memory.max(), { visualization }), estate).targets).toEqual([
      expect.objectContaining(expected),
    ]);
  });

  test("each query has its own letter", () => {
    const many = panel("many", "Many", { p50: duration.quantile(0.5, "5m"), p95: duration.quantile(0.95, "5m") });
    expect(renderedPanel(many, estate).targets?.map(({ refId }) => refId)).toEqual(["A", "B"]);
    expect([0, 25, 26, 51, 52, 701, 702].map(refIdAt)).toEqual(["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
  });
});

test("raw PromQL has the service and the environment filled in, and is otherwise left alone", () => {
  const [target] =
    renderedPanel(raw('rate(x{job="{service}", env="{environment}", p=~"${__value}"}[5m])'), estate).targets ?? [];
  expect(target?.["expr"]).toBe('rate(x{job="shop", env="prod", p=~"${__value}"}[5m])');
});

describe("a metric that CloudWatch alone holds", () => {
  test("is asked of CloudWatch, by the runtime's own dimensions and in CloudWatch's unit", () => {
    const { datasource, targets, fieldConfig, interval } = renderedPanel(drawn(cpu.avg(), {}, "CPU"), estate);
    expect(datasource).toEqual({ type: "cloudwatch", uid: "prod-cloudwatch" });
    expect(targets).toEqual([
      {
        refId: "A",
        id: "a",
        datasource,
        queryMode: "Metrics",
        metricQueryType: 0,
        metricEditorMode: 0,
        region: "eu-west-1",
        namespace: "AWS/ECS",
        metricName: "CPUUtilization",
        statistic: "Average",
        dimensions: { ClusterName: "company", ServiceName: "shop" },
        matchExact: true,
        period: "",
        label: "CPU",
      },
    ]);
    expect(fieldConfig?.defaults.unit).toBe("percent");
    expect(interval).toBeUndefined();
  });

  test("an instance is that of the environment", () => {
    const runtime = rds({ instance: { default: "shop-test", prod: "shop-main" } });
    const [target] = renderedPanel(drawn(storage.min()), on(runtime)).targets ?? [];
    expect(target).toMatchObject({ dimensions: { DBInstanceIdentifier: "shop-main" }, statistic: "Minimum" });
  });

  test("beside one of Prometheus the panel names both sources", () => {
    const { datasource, targets } = renderedPanel(
      panel("both", "Both", { cpu: cpu.avg(), memory: memory.max() }),
      estate,
    );
    expect(datasource).toEqual({ type: "datasource", uid: "-- Mixed --" });
    expect(targets?.map((target) => target.datasource.uid)).toEqual(["prod-cloudwatch", "prod-prometheus"]);
  });

  test.each([
    ["a database instance on ECS", storage.min(), ecs({ cluster: "company", logGroup: "/x" }), "{instance}"],
    ["a cluster on hosts", cpu.avg(), hosts({ logGroup: "/x" }), "{cluster}"],
    ["a cluster on RDS", cpu.avg(), rds({ instance: "main" }), "{cluster}"],
  ])("a runtime that has not what its dimensions need is an error: %s", (_, indicator, runtime, missing) => {
    expect(errorsOf(on(runtime), drawn(indicator))).toEqual([expect.stringContaining(`is found by ${missing}`)]);
  });

  test("workers on ECS have a cluster too", () => {
    const worker = on(celery({ cluster: "company", logGroup: "/x", queues: ["default"] }));
    expect(errorsOf(worker, drawn(cpu.avg()))).toEqual([]);
  });
});

describe("Logs Insights", () => {
  const query = 'fields @message | filter msg like "${x} {service}"';

  test("are asked of the service's log group, by name and by ARN", () => {
    const { datasource, targets } = renderedPanel(logPanel("logs", "Logs", query), estate);
    expect(datasource).toEqual({ type: "cloudwatch", uid: "prod-cloudwatch" });
    expect(targets).toEqual([
      {
        refId: "A",
        id: "a",
        datasource,
        queryMode: "Logs",
        queryLanguage: "CWLI",
        region: "eu-west-1",
        expression: query,
        logGroupNames: ["/ecs/shop"],
        logGroups: [{ name: "/ecs/shop", arn: "arn:aws:logs:eu-west-1:222222222222:log-group:/ecs/shop:*" }],
      },
    ]);
  });
});

describe("what no data source here can draw says who holds it", () => {
  const datadogOnly = gauge("queue_age", {
    help: "Age",
    unit: "seconds",
    prometheus: false,
    datadog: { name: "q.age" },
  });
  const nowhere = gauge("lost", { help: "Lost", unit: "seconds", prometheus: false });
  const countedThere = counter("requests_at_elb", {
    help: "Requests",
    unit: "requests",
    prometheus: false,
    cloudwatch: { namespace: "AWS/ELB", name: "RequestCount", statistic: "Sum", dimensions: {} },
  });
  const other = telemetry("other", { metrics: { memory } });
  const misspelt: Indicator = Reflect.get(other, "memry").max();

  test.each<[string, Indicator, RegExp]>([
    ["Datadog", datadogOnly.max(), /queue_age is held by Datadog alone \(q\.age\).*Datadog dashboard/],
    ["nobody", nowhere.max(), /lost is held by no system.*prometheus: true/],
    ["CloudWatch, kept apart by a label", cpu.avg().by("instance"), /cpu_utilization is held by CloudWatch \(AWS\/ECS/],
    ["CloudWatch, of one instance", cpu.where({ instance: "a" }).avg(), /only the plain value of one metric/],
    ["CloudWatch, with arithmetic", complement(cpu.avg()), /only the plain value of one metric/],
    ["CloudWatch, growing", countedThere.rate("5m"), /requests_at_elb is held by CloudWatch \(AWS\/ELB RequestCount\)/],
    ["CloudWatch, beside Prometheus", ratio(storage.min(), memory.max()), /free_storage_bytes is held by CloudWatch/],
    ["the logs", logCount(exampleLogs.level.equals("ERROR"), "5m"), /held by CloudWatch Logs.*Insights query/],
    ["no contract", misspelt, /no telemetry contract declares the metric "memry"; Did you mean "memory"\?/],
  ])("%s", (_, indicator, message) => {
    expect(errorsOf(estate, drawn(indicator))).toEqual([expect.stringMatching(message)]);
  });

  test("all of them at once, each with its panel", () => {
    const errors = errorsOf(estate, drawn(nowhere.max()), { ...drawn(datadogOnly.max()), key: "other", width: 25 });
    expect(errors).toEqual([
      expect.stringContaining('dashboard "test": panel "drawn": lost'),
      expect.stringContaining('panel "other": queue_age'),
      expect.stringContaining('panel "other": a width of 25'),
    ]);
  });
});
