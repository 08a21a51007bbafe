import { describe, expect, test } from "@jest/globals";
import catalog from "../../catalog/catalog";
import { datadogMonitor } from "../../constructs/datadog/monitor";
import { compileCondition } from "../../constructs/prometheus/compile-condition";
import type { AlertRule } from "../../model/alert-rule";
import { estateOf } from "../../model/estate";
import { checked } from "../../model/result";

const production = catalog.environments
  .filter(({ production }) => production)
  .flatMap((environment) => estateOf(catalog, environment).services);

function ruleOf(service: string, name: string): AlertRule {
  const rule = production
    .filter((each) => each.service.name === service)
    .flatMap(({ alerts }) => alerts)
    .find((each) => each.name === name);
  if (rule === undefined) throw new Error(`${service} has no alert ${name}`);
  return rule;
}

describe("alerts that are often written wrong say in PromQL", () => {
  test.each([
    [
      "a share of requests, not failures per second",
      "analytics-backend",
      "HighErrorRate",
      'sum(rate(http_requests_total{job="analytics-backend",status=~"5.*"}[5m])) / (sum(rate(http_requests_total{job="analytics-backend"}[5m])) > 0) > 0.05',
    ],
    [
      "a quantile of the buckets' growth, added up, not of the buckets themselves",
      "analytics-backend",
      "HighAPILatency",
      'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{job="analytics-backend"}[5m]))) > 1',
    ],
    [
      "credits per hour, not per second",
      "analytics-backend",
      "CreditConsumptionSpike",
      'sum by (workspace_id) (rate(analytics_credits_consumed_total{job="analytics-backend"}[1h])) * 3600 > 10000',
    ],
    [
      "memory of limited containers only, each against its own limit",
      "analytics-backend",
      "HighMemoryUsage",
      'max by (name, instance) (container_memory_usage_bytes{job="analytics-backend",name!=""}) / (max by (name, instance) (container_spec_memory_limit_bytes{job="analytics-backend",name!=""}) > 0) > 0.9',
    ],
    [
      "a quantile of the histogram, not a series of its name, which does not exist",
      "app-service",
      "RequestLatencyHigh",
      'histogram_quantile(0.9, sum by (le, instance) (rate(request_duration_seconds_bucket{job="app-service"}[5m]))) > 1',
    ],
    [
      "bytes against bytes, not against a percentage",
      "app-service",
      "MemoryUsageHigh",
      'max by (instance) (memory_usage_bytes{job="app-service"}) > 1000000000',
    ],
    [
      "the process that has fewest idle connections, not all of them together",
      "analytics-backend",
      "DatabaseConnectionPoolExhausted",
      'min(database_connections{job="analytics-backend",state="idle"}) < 5',
    ],
  ])("%s (%s, %s)", (_what, service, name, text) => {
    expect(checked(compileCondition(ruleOf(service, name).condition, { service }))).toBe(text);
  });
});

describe("the API's monitors say to Datadog", () => {
  test.each([
    ["HighErrorRate", /^sum\(last_5m\):sum:app\.http\.requests\{.*status:5\*.*\}\.as_count\(\) \/ .* > 1$/],
    ["SlowResponseTime", /\(last_10m\):p95:app\.http\.request\.duration\{.*\} > 1$/],
    ["HighCPUUsage", /\(last_15m\):avg:aws\.ecs\.service\.cpuutilization\{.*\} > 80$/],
    ["DatabaseConnectionPoolExhausted", /\(last_2m\):min:app\.db\.connections\{.*state:idle.*\} < 5$/],
    ["ErrorCountHigh", /^sum\(last_5m\):sum:app\.errors\{.*\}\.as_count\(\) > 100$/],
    ["ProductionErrors", /^logs\(".*status:\(error OR critical\)"\).*\.last\("5m"\) > 50$/],
    ["PaymentFailures", /^logs\(".*@payment_id:\*"\).*\.last\("5m"\) > 10$/],
  ])("%s", (name, query) => {
    expect(checked(datadogMonitor(ruleOf("app-service", name))).query).toMatch(query);
  });

  test("and the database's, that a slow query takes a second, in milliseconds", () => {
    expect(checked(datadogMonitor(ruleOf("database", "SlowDatabaseQueries"))).query).toContain("@duration_ms:>1000");
  });
});
