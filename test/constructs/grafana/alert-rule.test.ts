import { describe, expect, test } from "@jest/globals";
import { alertUid, type GrafanaAlertRule, grafanaAlertRule } from "../../../constructs/grafana/alert-rule";
import { compileCondition } from "../../../constructs/prometheus/compile-condition";
import { type Alert, type AlertOptions, alert } from "../../../model/alert";
import { absent, and, type Condition, datadogQuery, or, promql, unless } from "../../../model/condition";
import type { ServiceEstate } from "../../../model/estate";
import { complement, logCount, ratio } from "../../../model/indicator";
import type { Objective } from "../../../model/objective";
import { checked, type Result } from "../../../model/result";
import { ecs, type Runtime, rds } from "../../../model/runtime";
import { counter, gauge } from "../../../model/telemetry";
import { example, exampleEstate, exampleLogs, exampleService } from "../../support/example";
import { modelsOf, promqlOf } from "./alert-evaluator";
import { firstService } from "./dashboard-json";

const { requests, duration, memory } = example;

const inGrafana = (when: AlertOptions["when"], options: Partial<AlertOptions> = {}): Alert =>
  alert("Example", {
    when,
    for: "5m",
    severity: "SEV-2",
    summary: "{value} it is",
    runbook: "https://runbooks.example.com/example",
    evaluator: "grafana",
    ...options,
  });

const estateOf = (when: Alert, runtime?: Runtime): ServiceEstate =>
  firstService(exampleEstate("prod", [exampleService({ alerts: [when], ...(runtime ? { runtime } : {}) })]));

function result(when: Alert, runtime?: Runtime): Result<GrafanaAlertRule> {
  const estate = estateOf(when, runtime);
  const [rule] = estate.alerts;
  if (rule === undefined) throw new Error("the example has one alert");
  return grafanaAlertRule(rule, estate);
}

const rendered = (when: AlertOptions["when"], options: Partial<AlertOptions> = {}): GrafanaAlertRule =>
  checked(result(inGrafana(when, options)));

const errorOf = (when: AlertOptions["when"], options: Partial<AlertOptions> = {}, runtime?: Runtime): string => {
  const outcome = result(inGrafana(when, options), runtime);
  return outcome.ok ? "no error" : outcome.error;
};

/** What decides in the end: the conditions of the threshold, or the arithmetic. */
function verdictOf(rule: GrafanaAlertRule): unknown {
  const last = modelsOf(rule).expressions.at(-1);
  return last?.type === "threshold" ? last.conditions[0] : last?.type === "math" ? last.expression : undefined;
}

const availability: Objective = {
  name: "availability",
  sli: { kind: "events", bad: requests.where({ status: "500" }).selection, total: requests.selection },
  target: "99.9%",
  window: "30d",
};

test("a rule, whole", () => {
  const rule = rendered("p95_latency > 1s", {
    keepFiringFor: "10m",
    description: "In {environment}, ${not a label} {{ a template }}",
  });
  expect(rule).toEqual({
    uid: "prod-shop-Example",
    title: "shop: Example",
    stages: [
      {
        refId: "A",
        datasourceUid: "prod-prometheus",
        range: { from: 600, to: 0 },
        model: JSON.stringify({
          datasource: { type: "grafana-amazonprometheus-datasource", uid: "prod-prometheus" },
          editorMode: "code",
          expr: 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{job="shop"}[5m])))',
          instant: true,
          range: false,
          refId: "A",
        }),
      },
      {
        refId: "B",
        datasourceUid: "__expr__",
        range: { from: 0, to: 0 },
        model:
          '{"datasource":{"type":"__expr__","uid":"__expr__"},"expression":"A","reducer":"last","refId":"B","type":"reduce"}',
      },
      {
        refId: "C",
        datasourceUid: "__expr__",
        range: { from: 0, to: 0 },
        model:
          '{"conditions":[{"evaluator":{"params":[1],"type":"gt"},"unloadEvaluator":{"params":[0.9],"type":"lte"}}],"datasource":{"type":"__expr__","uid":"__expr__"},"expression":"B","refId":"C","type":"threshold"}',
      },
    ],
    condition: "C",
    for: "5m",
    keepFiringFor: "10m",
    noDataState: "OK",
    execErrState: "Error",
    labels: { environment: "prod", service: "shop", severity: "error", team: "backend", tier: "1" },
    annotations: {
      summary: "{{ with $values.B }}{{ .Value | humanizeDuration }}{{ else }}(no value){{ end }} it is",
      description: 'In prod, ${not a label} {{"{{"}} a template }}',
      runbook_url: "https://runbooks.example.com/example",
      dashboard_url: "https://grafana.example.com/d/prod-shop-service",
    },
  });
});

describe("a comparison is a threshold on the number that Prometheus has", () => {
  const mainPart = 'sum(rate(http_requests_total{job="shop"}[5m]))';
  test.each<[string, Condition, string, unknown]>([
    [
      "above a share, which recovers a tenth lower",
      ratio(requests.where({ status: "500" }).rate("5m"), requests.rate("5m")).above("5%"),
      `sum(rate(http_requests_total{job="shop",status="500"}[5m])) / (${mainPart} > 0)`,
      { evaluator: { type: "gt", params: [0.05] }, unloadEvaluator: { type: "lte", params: [0.045] } },
    ],
    [
      "below a share, which recovers halfway to the whole",
      complement(ratio(requests.where({ status: "500" }).rate("5m"), requests.rate("5m"))).below("99.9%"),
      `1 - sum(rate(http_requests_total{job="shop",status="500"}[5m])) / (${mainPart} > 0)`,
      { evaluator: { type: "lt", params: [0.999] }, unloadEvaluator: { type: "gte", params: [0.9995] } },
    ],
    [
      "per hour, where the number is scaled and not the threshold",
      requests.rate("5m").above("10000 per hour"),
      `${mainPart} * 3600`,
      { evaluator: { type: "gt", params: [10_000] }, unloadEvaluator: { type: "lte", params: [9000] } },
    ],
    [
      "at least",
      { kind: "spoken", text: "memory >= 2GB" },
      'max(memory_usage_bytes{job="shop"})',
      { evaluator: { type: "gte", params: [2e9] }, unloadEvaluator: { type: "lte", params: [1.8e9] } },
    ],
    [
      "at most nothing, from which there is no tenth back",
      { kind: "spoken", text: "memory <= 0B" },
      'max(memory_usage_bytes{job="shop"})',
      { evaluator: { type: "lte", params: [0] } },
    ],
    [
      "outside a range",
      memory.max().outside("1GB", "2GB"),
      'max(memory_usage_bytes{job="shop"})',
      { evaluator: { type: "outside_range", params: [1e9, 2e9] } },
    ],
    [
      "a forecast",
      memory.forecast("4h", { from: "1h", aggregation: "max" }).above("2GB"),
      'max(predict_linear(memory_usage_bytes{job="shop"}[1h], 14400))',
      { evaluator: { type: "gt", params: [2e9] }, unloadEvaluator: { type: "lte", params: [1.8e9] } },
    ],
    [
      "kept apart by a label",
      requests.rate("5m").by("endpoint").below("1 per second"),
      'sum by (endpoint) (rate(http_requests_total{job="shop"}[5m]))',
      { evaluator: { type: "lt", params: [1] }, unloadEvaluator: { type: "gte", params: [1.1] } },
    ],
  ])("%s", (_what, when, expr, verdict) => {
    const rule = rendered(when);
    expect(promqlOf(rule)).toBe(expr);
    expect(verdictOf(rule)).toEqual(verdict);
    expect(rule.missingSeriesEvalsToResolve).toBeUndefined();
  });

  test("a recovery of one's own is taken", () => {
    expect(verdictOf(rendered("p95_latency > 1s", { recovery: "500ms" }))).toMatchObject({
      unloadEvaluator: { type: "lte", params: [0.5] },
    });
  });
});

describe("every other condition is Prometheus' own, and fires for what it returns", () => {
  const above = memory.max().above("1GB");
  test.each<[string, Condition]>([
    ["absent", absent(duration)],
    ["an anomaly", memory.max().deviates({ deviations: 3 })],
    ["a burn rate", { kind: "burn-rate", objective: availability, factor: "14.4", long: "1h", short: "5m" }],
    ["and", and(above, requests.rate("5m").above("1 per second"))],
    ["or", or(above, memory.max().below("1MB"))],
    ["unless", unless(above, absent(duration))],
    ["PromQL of one's own", promql('up{job="{service}"} == 0')],
  ])("%s", (_what, when) => {
    const estate = estateOf(inGrafana(when));
    const [alertRule] = estate.alerts;
    if (alertRule === undefined) throw new Error("the example has one alert");
    const rule = checked(grafanaAlertRule(alertRule, estate));
    expect(promqlOf(rule)).toBe(checked(compileCondition(alertRule.condition, { service: "shop" })));
    expect(verdictOf(rule)).toBe("is_null($B) == 0");
    expect(rule).toMatchObject({ noDataState: "OK", missingSeriesEvalsToResolve: 1 });
  });
});

describe("a metric that CloudWatch alone holds", () => {
  const cloudwatch = {
    namespace: "AWS/ECS",
    name: "CPUUtilization",
    statistic: "Average",
    dimensions: { ClusterName: "{cluster}", ServiceName: "{service}" },
    unit: "percent",
  } as const;
  const cpu = gauge("cpu", { help: "", unit: "ratio", prometheus: false, cloudwatch });

  test("is asked of CloudWatch by the minute, and compared in CloudWatch's unit", () => {
    const rule = rendered(cpu.max().above("80%"));
    expect(modelsOf(rule).query).toEqual({
      datasource: { type: "cloudwatch", uid: "prod-cloudwatch" },
      dimensions: { ClusterName: "company", ServiceName: "shop" },
      id: "a",
      label: "",
      matchExact: true,
      metricEditorMode: 0,
      metricName: "CPUUtilization",
      metricQueryType: 0,
      namespace: "AWS/ECS",
      period: "60",
      queryMode: "Metrics",
      refId: "A",
      region: "eu-west-1",
      statistic: "Average",
    });
    expect(rule.stages[0]?.range).toEqual({ from: 660, to: 60 });
    expect(verdictOf(rule)).toEqual({
      evaluator: { type: "gt", params: [80] },
      unloadEvaluator: { type: "lte", params: [72] },
    });
    expect(rule.annotations["summary"]).toBe(
      '{{ with $values.B }}{{ .Value | printf "%.4g" }}{{ else }}(no value){{ end }}% it is',
    );
  });

  test.each<[string, Condition, Runtime, RegExp]>([
    [
      "by a dimension that the runtime has not",
      cpu.max().above("80%"),
      rds({ instance: { default: "db" } }),
      /^AWS\/ECS CPUUtilization is found by \{cluster\}, but shop runs as rds-instance/,
    ],
    [
      "within a larger condition",
      and(cpu.max().above("80%"), memory.max().above("1GB")),
      ecs({ cluster: "company", logGroup: "/ecs/shop" }),
      /^Grafana would ask Prometheus for it, and metric "cpu" is not in Prometheus \(only in CloudWatch\)/,
    ],
  ])("is refused %s", (_what, when, runtime, error) => {
    expect(errorOf(when, {}, runtime)).toMatch(error);
  });
});

describe("what Grafana cannot do is said, with who can", () => {
  const orders = counter("orders", { help: "", unit: "orders", prometheus: false, datadog: { name: "app.orders" } });
  const byEndpoint = requests.rate("5m").by("endpoint").above("1 per second");
  test.each<[string, AlertOptions["when"], Partial<AlertOptions>, RegExp]>([
    [
      "log events",
      logCount(exampleLogs.level.equals("ERROR"), "5m").above("10"),
      {},
      /log events .* datadog and cloudwatch can/,
    ],
    [
      "a metric of Datadog's",
      orders.increase("5m").above("10"),
      {},
      /only in Datadog\); evaluate the alert with datadog/,
    ],
    ["a Datadog query", datadogQuery("avg(last_5m):avg:x{*} > 1"), {}, /a Datadog query; datadog can/],
    ["missing data of one series among several", byEndpoint, { noData: "alert" }, /every series is gone.* by endpoint/],
    ["keeping one series among several", byEndpoint, { noData: "keep" }, /every series is gone/],
    ["missing data of a composite", absent(memory), { noData: "alert" }, /returns nothing in either case/],
    ["keeping a composite firing", absent(memory), { keepFiringFor: "5m" }, /evaluator: "prometheus"/],
    [
      "two things at once",
      absent(memory),
      { keepFiringFor: "5m", noData: "keep" },
      /returns nothing in either case.*; .*keepFiringFor/,
    ],
  ])("%s", (_what, when, options, error) => {
    expect(errorOf(when, options)).toMatch(error);
  });

  test("a title longer than Grafana keeps", () => {
    const long = { ...inGrafana("memory > 1GB"), name: `A${"b".repeat(190)}` };
    const outcome = result(long);
    expect(outcome.ok ? "" : outcome.error).toMatch(/has 197 characters, and Grafana keeps 190/);
  });
});

test.each([
  ["ok", "OK"],
  ["keep", "KeepLast"],
  ["alert", "Alerting"],
] as const)("without data, %s is %s", (noData, noDataState) => {
  expect(rendered("memory > 1GB", { noData })).toMatchObject({ noDataState });
});

test("a renamed service keeps the uids of its rules", () => {
  const service = exampleService({ alerts: [inGrafana("memory > 1GB")], renamedFrom: "store" }, "shop");
  const estate = firstService(exampleEstate("prod", [service]));
  expect(estate.alerts.map((rule) => alertUid(rule, estate))).toEqual(["prod-store-Example"]);
});
