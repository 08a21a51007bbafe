import { describe, expect, test } from "@jest/globals";
import { prometheusRule, prometheusRules } from "../../../constructs/prometheus/rules";
import { parsePromql } from "../../../languages/promql/parse";
import { type AlertOptions, alert, unmonitored } from "../../../model/alert";
import { datadogQuery } from "../../../model/condition";
import { checked } from "../../../model/result";
import { exampleEstate, exampleService } from "../../support/example";
import { onlyRule } from "./rule";

const options: AlertOptions = {
  when: "error_rate > 1%",
  for: "5m",
  severity: "SEV-1",
  summary: "{value} of requests fail",
  runbook: "https://runbooks.example.com/high-error-rate",
};
const ruled = (changes: Partial<AlertOptions>, environment: "dev" | "prod" = "prod") =>
  prometheusRule(onlyRule(alert("HighErrorRate", { ...options, ...changes }), environment));

describe("an alert as a Prometheus rule", () => {
  test("says everything that the alert says", () => {
    expect(checked(ruled({ description: "See {endpoint}." }))).toEqual({
      alert: "HighErrorRate",
      expr: 'sum(rate(http_requests_total{job="shop",status=~"5.*"}[5m])) / (sum(rate(http_requests_total{job="shop"}[5m])) > 0) > 0.01',
      for: "5m",
      labels: { environment: "prod", service: "shop", severity: "critical", team: "backend", tier: "1" },
      annotations: {
        summary: "{{ $value | humanizePercentage }} of requests fail",
        description: "See {{ $labels.endpoint }}.",
        runbook_url: "https://runbooks.example.com/high-error-rate",
        dashboard_url: "https://grafana.example.com/d/prod-shop-service",
      },
    });
  });

  test("outside production it never pages, and has that environment's threshold", () => {
    const { expr, labels } = checked(ruled({ thresholds: { default: "1%", dev: "5%" } }, "dev"));
    expect(labels).toMatchObject({ environment: "dev", severity: "warning" });
    expect(expr).toMatch(/ > 0\.05$/);
  });

  test("that fires at once has no `for`", () => {
    expect(checked(ruled({ for: "0s" }))).not.toHaveProperty("for");
  });

  test.each<[string, Partial<AlertOptions>, RegExp]>([
    ["a query of Datadog", { when: datadogQuery("avg(last_5m):avg:system.load.1{*} > 2") }, /datadog can/],
    ["silence that keeps", { noData: "keep" }, /cannot keep an alert firing whose data is gone.*evaluator: "datadog"/],
    ["silence that fires", { noData: "alert" }, /missing data.*add an alert on absent\(metric\)/],
    ["an invisible character", { summary: "It\u0092s down" }, /the character U\+0092/],
    ["a line break of another kind", { summary: "down\u2028now" }, /the character U\+2028/],
    ["half a character", { description: "\ud83d" }, /the character U\+D83D/],
    [
      "several at once",
      { noData: "keep", when: datadogQuery("avg(last_5m):avg:system.load.1{*} > 2") },
      /Datadog query.*; .*noData: "keep"/,
    ],
  ])("refuses %s and says what to do", (_, changes, error) => {
    expect(ruled(changes)).toEqual({ ok: false, error: expect.stringMatching(error) });
  });
});

describe("the rules of a service", () => {
  const rulesOf = (...[changes]: Parameters<typeof exampleService>) =>
    exampleEstate("prod", [exampleService(changes)]).services.flatMap(prometheusRules);

  test("are one group, with the alerts that Prometheus evaluates and no others", () => {
    expect(rulesOf()).toEqual([
      { name: "shop", interval: "30s", rules: [expect.objectContaining({ alert: "HighErrorRate" })] },
    ]);
  });

  test("are none for a service without such alerts", () => {
    expect(rulesOf({ alerts: unmonitored("A trial.") })).toEqual([]);
    expect(rulesOf({ alerts: [alert("HighErrorRate", { ...options, evaluator: "datadog" })] })).toEqual([]);
  });

  test("are PromQL that Prometheus accepts, each a condition", () => {
    const expressions = rulesOf().flatMap(({ rules }) => rules.map(({ expr }) => expr));
    expect(expressions).toHaveLength(1);
    for (const text of expressions)
      expect(parsePromql(text)).toMatchObject({ ok: true, value: { isComparison: true } });
  });
});
