import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { datadogMonitor, type QueryMonitor } from "../../../constructs/datadog/monitor";
import { parseDatadogMonitorQuery } from "../../../languages/datadog/monitor-parser";
import { type AlertOptions, alert } from "../../../model/alert";
import type { AlertRule } from "../../../model/alert-rule";
import { datadogQuery, promql } from "../../../model/condition";
import { complement, logCount, ratio, startsWith } from "../../../model/indicator";
import { checked } from "../../../model/result";
import { example, exampleEstate, exampleLogs, exampleService } from "../../support/example";

const options = {
  for: "5m",
  severity: "SEV-1",
  summary: "{value} of requests fail",
  runbook: "https://runbooks.example.com/x",
  evaluator: "datadog",
} as const;

/** The rule that an alert becomes on the example service. */
function ruleOf(
  changed: Partial<AlertOptions> & Pick<AlertOptions, "when">,
  environment: "dev" | "prod" = "prod",
): AlertRule {
  const service = exampleService({ alerts: [alert("Tested", { ...options, ...changed })] });
  const rule = exampleEstate(environment, [service]).services[0]?.alerts[0];
  if (rule === undefined) throw new Error("no rule");
  return rule;
}

function monitorOf(
  changed: Partial<AlertOptions> & Pick<AlertOptions, "when">,
  environment?: "dev" | "prod",
): QueryMonitor {
  const monitor = checked(datadogMonitor(ruleOf(changed, environment)));
  if (monitor.type === "composite" || monitor.type === "slo alert")
    throw new Error(`a monitor of type ${monitor.type}`);
  return monitor;
}

const errors = example.requests.where({ status: startsWith("5") }).rate("5m");

describe("a monitor's query", () => {
  test.each([
    [
      "a ratio of rates is a ratio of counts, in percent",
      ratio(errors, example.requests.rate("5m")).above("1%"),
      "5m",
      "sum(last_5m):sum:app.http.requests{env:prod,service:shop,status:5*}.as_count() / sum:app.http.requests{env:prod,service:shop}.as_count() * 100 > 1",
    ],
    [
      "a longer duration widens the window of counts",
      ratio(errors, example.requests.rate("5m")).above("1%"),
      "15m",
      "sum(last_15m):sum:app.http.requests{env:prod,service:shop,status:5*}.as_count() / sum:app.http.requests{env:prod,service:shop}.as_count() * 100 > 1",
    ],
    [
      "what a ratio leaves of one",
      complement(ratio(errors, example.requests.rate("5m"))).below("99.9%"),
      "5m",
      "sum(last_5m):(1 - sum:app.http.requests{env:prod,service:shop,status:5*}.as_count() / sum:app.http.requests{env:prod,service:shop}.as_count()) * 100 < 99.9",
    ],
    [
      "a quantile is a percentile over the whole window",
      example.duration.quantile(0.95, "5m").above("1000ms"),
      "10m",
      "percentile(last_10m):p95:app.http.request.duration{env:prod,service:shop} > 1",
    ],
    [
      "a rate must be beyond the threshold at every point",
      example.requests.rate("5m").above("10 per second"),
      "10m",
      "min(last_10m):sum:app.http.requests{env:prod,service:shop}.as_rate() > 10",
    ],
    [
      "a rate counts over the threshold's own time",
      example.requests.rate("5m").below("600 per hour"),
      "10m",
      "max(last_10m):sum:app.http.requests{env:prod,service:shop}.as_rate() * 3600 < 600",
    ],
    [
      "an increase is a count",
      example.requests.increase("1h").above("100"),
      "5m",
      "sum(last_60m):sum:app.http.requests{env:prod,service:shop}.as_count() > 100",
    ],
    [
      "labels that keep series apart",
      example.requests.increase("5m").by("endpoint", "method").above("100"),
      "5m",
      "sum(last_5m):sum:app.http.requests{env:prod,service:shop} by {endpoint,method}.as_count() > 100",
    ],
    [
      "log events",
      logCount(exampleLogs.level.equals("WARNING"), "5m").atLeast("3"),
      "0s",
      'logs("env:prod service:shop status:warn").index("*").rollup("count").last("5m") >= 3',
    ],
    [
      "log events by a number",
      logCount(exampleLogs.duration_ms.above(1000), "10m").above("5"),
      "5m",
      'logs("env:prod service:shop @duration_ms:>1000").index("*").rollup("count").last("10m") > 5',
    ],
  ] as const)("%s", (_meaning, when, duration, query) => {
    expect(monitorOf({ when, for: duration }).query).toBe(query);
  });

  test("agrees with its thresholds, whatever the number", () => {
    const numbers = fc
      .tuple(fc.integer({ min: 0, max: 10 ** 6 }), fc.integer({ min: 0, max: 9999 }))
      .map(([whole, part]) => `${whole}.${part}` as const);
    fc.assert(
      fc.property(numbers, fc.constantFrom("ms", "s", "min"), (number, unit) => {
        const monitor = monitorOf({ when: example.duration.quantile(0.99, "5m").above(`${Number(number)}${unit}`) });
        const parsed = parseDatadogMonitorQuery(monitor.query);
        expect(parsed.ok && parsed.value.threshold).toBe(monitor.critical);
        expect(Number(monitor.criticalRecovery)).toBeLessThanOrEqual(Number(monitor.critical));
      }),
    );
  });

  test("written by hand, keeps its own number as the threshold", () => {
    const monitor = monitorOf({
      when: datadogQuery("avg(last_5m):sum:app.http.requests{env:{environment},service:{service}}.as_rate() > 0.50"),
    });
    expect(monitor).toMatchObject({ query: expect.stringContaining("{env:prod,service:shop}"), critical: "0.50" });
    expect(monitor).not.toHaveProperty("criticalRecovery");
  });

  test.each([
    [
      "a metric that Datadog does not hold",
      example.memory.max().above("1GB"),
      /Datadog does not hold memory_usage_bytes; prometheus does/,
    ],
    ["a condition in PromQL", promql("up == 0"), /prometheus only/],
    ["a query that does not parse", datadogQuery("avg(last_5m):sum:app.errors{env:prod > 1"), /at character/],
  ])("%s is refused", (_what, when, message) => {
    const monitor = datadogMonitor(ruleOf({ when }));
    expect(monitor).toEqual({ ok: false, error: expect.stringMatching(message) });
  });
});

describe("a monitor", () => {
  test("recovers a tenth back from its threshold, on the healthy side", () => {
    expect(monitorOf({ when: "error_rate > 1%" })).toMatchObject({ critical: "1", criticalRecovery: "0.9" });
    expect(monitorOf({ when: "request_rate < 10 per second" })).toMatchObject({
      critical: "10",
      criticalRecovery: "11",
    });
    expect(monitorOf({ when: "error_rate > 1%", recovery: "0.5%" })).toMatchObject({
      critical: "1",
      criticalRecovery: "0.5",
    });
  });

  test("in production reaches PagerDuty and Slack, and tells a recovery the same way", () => {
    const { message } = monitorOf({ when: "error_rate > 1%" });
    expect(message).toBe(
      [
        "{{value}}% of requests fail",
        "",
        "SEV-1 (down, data loss, breach), response: immediate. Owner: backend.",
        "Runbook: https://runbooks.example.com/x",
        "Dashboard: https://grafana.example.com/d/prod-shop-service",
        "",
        "@pagerduty-prod @slack-backend",
      ].join("\n"),
    );
  });

  test("outside production is at most SEV-3", () => {
    const { priority, tags } = monitorOf({ when: "error_rate > 1%" }, "dev");
    expect(priority).toBe("3");
    expect(tags).toEqual(["env:dev", "service:shop", "severity:sev-3", "team:backend", "tier:1"]);
  });

  test("of SEV-4 does not reach PagerDuty", () => {
    expect(monitorOf({ when: "error_rate > 1%", severity: "SEV-4" }).message).toMatch(/\n@slack-backend$/);
  });

  test("names the labels that it keeps", () => {
    const { message } = monitorOf({
      when: example.requests.increase("5m").by("endpoint").above("9"),
      summary: "{endpoint}: {value}",
    });
    expect(message.split("\n")[0]).toBe("{{endpoint.name}}: {{value}}");
  });

  test.each([
    ["ok", "error_rate > 1%", "resolve"],
    ["keep", "error_rate > 1%", "default"],
    ["alert", "error_rate > 1%", "show_and_notify_no_data"],
    ["ok", logCount(exampleLogs.level.equals("ERROR"), "5m").above("1"), "default"],
  ] as const)("without data, %s", (noData, when, onMissingData) => {
    expect(monitorOf({ when, noData }).onMissingData).toBe(onMissingData);
  });
});
