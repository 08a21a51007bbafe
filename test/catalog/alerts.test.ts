import { describe, expect, test } from "@jest/globals";
import catalog from "../../catalog/catalog";
import type { AlertRule } from "../../model/alert-rule";
import { labelsOfCondition, leavesOf, primaryComparison } from "../../model/definite-condition";
import type { Evaluator } from "../../model/environment";
import { estateOf } from "../../model/estate";
import type { Severity } from "../../model/severity";

const estates = new Map(catalog.environments.map((environment) => [environment.name, estateOf(catalog, environment)]));

function rulesOf(service: string, environment = "prod"): readonly AlertRule[] {
  const found = estates.get(environment)?.services.find((each) => each.service.name === service);
  if (found === undefined) throw new Error(`no service ${service} in ${environment}`);
  return found.alerts;
}

/** An alert as it must be: service, name, comparison and threshold as written, seconds it waits, severity in production, evaluator. */
type Expected = readonly [string, string, string, number, Severity, Evaluator];

const minutes = (count: number): number => count * 60;

const expected: readonly Expected[] = [
  // Analytics.
  ["analytics-backend", "HighErrorRate", "> 5%", minutes(5), "SEV-1", "prometheus"],
  ["analytics-backend", "DatabaseConnectionPoolExhausted", "< 5", minutes(2), "SEV-3", "prometheus"],
  ["analytics-backend", "HighMemoryUsage", "> 90%", minutes(5), "SEV-3", "prometheus"],
  ["analytics-backend", "HighAPILatency", "> 1s", minutes(5), "SEV-3", "prometheus"],
  ["analytics-backend", "CreditConsumptionSpike", "> 10000 per hour", minutes(5), "SEV-4", "prometheus"],
  // Each process of the API.
  ["app-service", "RequestLatencyHigh", "> 1s", minutes(5), "SEV-3", "prometheus"],
  ["app-service", "MemoryUsageHigh", "> 1GB", minutes(10), "SEV-1", "prometheus"],
  // What Datadog evaluates of the API, and its logs.
  ["app-service", "HighErrorRate", "> 1%", minutes(5), "SEV-1", "datadog"],
  ["app-service", "SlowResponseTime", "> 1000ms", minutes(10), "SEV-3", "datadog"],
  ["app-service", "HighCPUUsage", "> 80%", minutes(15), "SEV-3", "datadog"],
  ["app-service", "DatabaseConnectionPoolExhausted", "< 5", minutes(2), "SEV-1", "datadog"],
  ["app-service", "ErrorCountHigh", "> 100", 0, "SEV-1", "datadog"],
  ["app-service", "ProductionErrors", "> 50", 0, "SEV-3", "datadog"],
  ["app-service", "PaymentFailures", "> 10", 0, "SEV-2", "datadog"],
  ["celery-worker", "ProductionErrors", "> 50", 0, "SEV-3", "datadog"],
  ["database", "SlowDatabaseQueries", "> 20", 0, "SEV-3", "datadog"],
  // Systems.
  ["hosts", "HighCPUUsage", "> 80%", minutes(15), "SEV-3", "prometheus"],
  ["hosts", "HighMemoryUsage", "> 90%", minutes(10), "SEV-3", "prometheus"],
  ["hosts", "HighDiskUsage", "> 85%", minutes(15), "SEV-3", "prometheus"],
  ["hosts", "DiskFullInHours", "< 0B", minutes(15), "SEV-2", "prometheus"],
  ["hosts", "DiskFullWithinADay", "< 0B", minutes(60), "SEV-3", "prometheus"],
  // What everything rests on.
  ["redis", "RedisDown", "< 100%", minutes(2), "SEV-1", "prometheus"],
  ["redis", "RedisMemoryHigh", "> 90%", minutes(15), "SEV-3", "prometheus"],
  ["celery-worker", "CeleryWorkersAbsent", "< 1", minutes(5), "SEV-2", "prometheus"],
  ["database", "DatabaseWraparoundNear", "> 1800000000", minutes(5), "SEV-1", "prometheus"],
  ["database", "DatabaseBurstBalanceLow", "< 20%", minutes(15), "SEV-3", "cloudwatch"],
  ["website", "EndpointDown", "< 100%", minutes(2), "SEV-1", "prometheus"],
  ["website", "CertificateExpiresSoon", "< 14", minutes(60), "SEV-3", "prometheus"],
  ["website", "CertificateExpiresInDays", "< 3", minutes(15), "SEV-2", "prometheus"],
  // The monitors.
  ["monitoring", "Watchdog", "vector(1) == 1", 0, "SEV-4", "prometheus"],
  ["monitoring", "PrometheusRuleEvaluationFails", "> 0", minutes(5), "SEV-3", "prometheus"],
  ["monitoring", "AlertmanagerNotificationsFail", "> 1%", minutes(5), "SEV-2", "prometheus"],
  // What carries logs.
  ["logging", "FluentdBufferNearlyFull", "< 20%", minutes(5), "SEV-2", "prometheus"],
  ["logging", "FluentdBufferFullInHours", "< 0%", minutes(15), "SEV-3", "prometheus"],
  ["logging", "FluentBitDropsEvents", "> 0", minutes(5), "SEV-2", "prometheus"],
  ["logging", "LogArchiveLate", "> 1h", minutes(15), "SEV-3", "cloudwatch"],
  ["logging", "LogArchiveNearlyLosesEvents", "> 12h", minutes(15), "SEV-2", "cloudwatch"],
  ["logging", "ElasticsearchClusterRed", "> 0%", minutes(5), "SEV-2", "prometheus"],
  ["logging", "ElasticsearchDiskNearlyFull", "> 90%", minutes(15), "SEV-2", "prometheus"],
  ["logging", "ElasticsearchDiskFullWithinADay", "< 0B", minutes(60), "SEV-3", "prometheus"],
  ["tracing", "CollectorRefusesSpans", "> 0", minutes(15), "SEV-3", "prometheus"],
  ["tracing", "CollectorQueueNearlyFull", "> 80%", minutes(10), "SEV-3", "prometheus"],
  ["hosts", "CloudWatchAgentDown", "< 100%", minutes(15), "SEV-3", "prometheus"],
  // Applications.
  ["analytics-backend", "TrafficStopped", "< 1 per minute", minutes(10), "SEV-2", "prometheus"],
  ["analytics-backend", "TrafficDropped", "anomaly", minutes(30), "SEV-3", "prometheus"],
  ["analytics-backend", "EndpointErrorRateHigh", "> 5%", minutes(15), "SEV-3", "prometheus"],
  ["analytics-backend", "ElevatedErrorRate", "> 1%", minutes(5), "SEV-3", "prometheus"],
  ["analytics-backend", "MedianResponseTimeHigh", "> 500ms", minutes(10), "SEV-3", "prometheus"],
  ["analytics-backend", "AvailabilityLow", "< 99.9%", minutes(5), "SEV-3", "prometheus"],
  ["app-service", "MedianResponseTimeHigh", "> 500ms", minutes(10), "SEV-3", "prometheus"],
  ["app-service", "AvailabilityLow", "< 99.9%", minutes(5), "SEV-3", "prometheus"],
  // Business.
  ["analytics-backend", "ActiveUsersLow", "< 50", minutes(30), "SEV-3", "prometheus"],
  ["app-service", "ConversionRateLow", "< 20%", minutes(60), "SEV-3", "prometheus"],
  ["app-service", "SignupsDropped", "anomaly", minutes(120), "SEV-3", "prometheus"],
  ["app-service", "RevenueLow", "< 5000", minutes(60), "SEV-3", "prometheus"],
];

function limitOf({ condition }: AlertRule): string {
  if (condition.kind === "raw") return condition.text.replace(/^.*(?= [<>])/, "").trim();
  const primary = primaryComparison(condition);
  return primary === undefined
    ? (leavesOf(condition)[0]?.kind ?? "")
    : `${primary.comparison} ${primary.threshold.text}`;
}

describe("the alerts of the catalog", () => {
  test("are so many for each service in production", () => {
    expect(Object.fromEntries(catalog.services.map(({ name }) => [name, rulesOf(name).length]))).toEqual({
      "app-service": 36,
      "celery-worker": 11,
      database: 22,
      "analytics-backend": 25,
      hosts: 20,
      redis: 13,
      website: 7,
      monitoring: 22,
      logging: 17,
      tracing: 7,
    });
  });

  test.each(expected)(
    "%s has %s: %s for %d seconds, %s, by %s",
    (service, name, limit, forSeconds, severity, evaluator) => {
      const rule = rulesOf(service).find((each) => each.name === name);
      expect(rule === undefined ? undefined : limitOf(rule)).toBe(limit);
      expect(rule).toMatchObject({ forSeconds, severity, evaluator });
    },
  );

  test("tell whoever is called what to do and where to look, everywhere", () => {
    for (const estate of estates.values()) {
      for (const { service, alerts } of estate.services) {
        expect(alerts.length).toBeGreaterThan(0);
        for (const { name, summary, description, runbook, dashboard, route } of alerts) {
          expect({
            service: service.name,
            name,
            summary: summary !== "",
            description: (description ?? "") !== "",
          }).toEqual({
            service: service.name,
            name,
            summary: true,
            description: true,
          });
          expect(runbook).toMatch(/^https:\/\/runbooks\.company\.com\/[a-z0-9]+(-[a-z0-9]+)*$/);
          expect(dashboard).toContain("https://grafana.company.com/d/");
          expect(route.slack).toMatch(/^#/);
        }
      }
    }
  });

  test("have one name each within a service, and never watch one thing twice with one severity", () => {
    for (const { name } of catalog.services) {
      const rules = rulesOf(name);
      expect(new Set(rules.map((rule) => rule.name)).size).toBe(rules.length);
      const meanings = rules.map(({ condition, severity }) =>
        JSON.stringify(condition.kind === "compare" ? [condition.expression, severity] : condition),
      );
      expect(new Set(meanings).size).toBe(meanings.length);
    }
  });

  test("keep apart what their summaries name", () => {
    const named = catalog.services.flatMap(({ name }) =>
      rulesOf(name).flatMap(({ name: alert, condition }) =>
        (labelsOfCondition(condition) ?? []).length === 0
          ? []
          : [[`${name} ${alert}`, labelsOfCondition(condition)?.join(" ")]],
      ),
    );
    expect(Object.fromEntries(named)).toMatchObject({
      "app-service RequestLatencyHigh": "instance",
      "app-service MemoryUsageHigh": "instance",
      "analytics-backend CreditConsumptionSpike": "workspace_id",
      "analytics-backend HighMemoryUsage": "name instance",
      "analytics-backend EndpointErrorRateHigh": "endpoint",
      "hosts HighCPUUsage": "instance",
      "hosts HighMemoryUsage": "instance",
      "hosts HighDiskUsage": "instance mountpoint",
      "hosts DiskFullInHours": "instance mountpoint",
      "celery-worker CeleryTasksFail": "name",
      "redis RedisMemoryHigh": "instance",
      "monitoring AlertmanagerNotificationsFail": "integration",
      "logging FluentdBufferNearlyFull": "instance plugin_id",
      "logging FluentBitDropsEvents": "name",
    });
  });

  test("name what they keep apart, so that two of one alert read differently", () => {
    // Tables of one name in two schemas or databases are rare, and the dashboard tells them apart.
    const said = new Set(["datname", "schemaname"]);
    const silent = catalog.services.flatMap(({ name }) =>
      rulesOf(name).flatMap(({ name: alert, condition, summary }) =>
        (labelsOfCondition(condition) ?? [])
          .filter((label) => !summary.includes(`{${label}}`) && !said.has(label))
          .map((label) => `${name} ${alert} ${label}`),
      ),
    );
    expect(silent).toEqual([]);
  });

  test.each(["dev", "staging"])("page nobody in %s, and ask nothing of its business", (environment) => {
    const rules = catalog.services.flatMap(({ name }) => rulesOf(name, environment));
    expect(rules.length).toBeGreaterThan(20);
    expect(rules.filter(({ severity }) => severity === "SEV-1" || severity === "SEV-2")).toEqual([]);
    const names = rules.map(({ name }) => name);
    for (const business of [
      "ActiveUsersLow",
      "ConversionRateLow",
      "RevenueLow",
      "SignupsDropped",
      "ProductionErrors",
    ]) {
      expect(names).not.toContain(business);
    }
  });

  test("forgive dev and staging more than prod where they differ", () => {
    const limit = (environment: string): string | undefined =>
      rulesOf("app-service", environment)
        .filter(({ name }) => name === "HighErrorRate")
        .map(limitOf)[0];
    expect(["prod", "staging", "dev"].map(limit)).toEqual(["> 1%", "> 5%", "> 10%"]);
  });
});
