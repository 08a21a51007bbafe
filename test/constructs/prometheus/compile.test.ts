import { describe, expect, test } from "@jest/globals";
import { compilePromql } from "../../../constructs/prometheus/compile";
import { compileCondition } from "../../../constructs/prometheus/compile-condition";
import type { Comparison } from "../../../model/comparison";
import { type Condition, datadogQuery, promql } from "../../../model/condition";
import { environment } from "../../../model/environment";
import { complement, type Indicator, logCount, type MatcherValue, ratio, startsWith } from "../../../model/indicator";
import { upTo } from "../../../model/metric";
import type { QuantityText } from "../../../model/quantity";
import { resolveCondition } from "../../../model/resolve-condition";
import { checked } from "../../../model/result";
import { counter, gauge, histogram } from "../../../model/telemetry";
import { exampleLogs, exampleService } from "../../support/example";

const labels = { status: upTo(60, "200"), endpoint: upTo(50, "/orders") };
const requests = counter("http_requests_total", { help: "", unit: "requests", labels });
const sent = counter("sent_bytes_total", { help: "", unit: "bytes" });
const busy = counter("cpu_seconds_total", { help: "", unit: "seconds" });
const busyMs = counter("gc_milliseconds_total", { help: "", unit: "milliseconds" });
const latency = histogram("latency_seconds", { help: "", unit: "seconds", labels });
const latencyMs = histogram("latency_milliseconds", { help: "", unit: "milliseconds" });
const memory = gauge("memory_bytes", { help: "", unit: "bytes", labels });
const disk = gauge("disk_used_percent", { help: "", unit: "percent", labels });
const used = gauge("pool_used", { help: "", unit: "connections", labels });
const size = gauge("pool_size", { help: "", unit: "connections", labels });
const idle = gauge("idle_ratio", { help: "", unit: "ratio" });

const scope = { service: "shop" };
const compiled = (indicator: Indicator) => compilePromql(indicator.expression, scope);
const conditionOf = (condition: Condition) =>
  checked(
    resolveCondition(
      condition,
      exampleService(),
      environment("prod", { account: "1", region: "eu-west-1", retentionDays: 7, grafana: "https://g" }),
    ),
  );
const condition = (written: Condition) => compileCondition(conditionOf(written), scope);

describe("an expression in PromQL", () => {
  test.each<[string, Indicator, string]>([
    ["a rate", requests.rate("5m"), 'sum(rate(http_requests_total{job="shop"}[5m]))'],
    [
      "a rate by labels",
      requests.rate("5m", "max").by("status", "endpoint"),
      'max by (status, endpoint) (rate(http_requests_total{job="shop"}[5m]))',
    ],
    ["a value by a label", memory.max().by("endpoint"), 'max by (endpoint) (memory_bytes{job="shop"})'],
    ["a value", memory.avg(), 'avg(memory_bytes{job="shop"})'],
    ["an increase", requests.increase("1h"), 'sum(increase(http_requests_total{job="shop"}[1h]))'],
    [
      "a quantile",
      latency.quantile(0.95, "5m").by("endpoint"),
      'histogram_quantile(0.95, sum by (le, endpoint) (rate(latency_seconds_bucket{job="shop"}[5m])))',
    ],
    ["observations of a histogram", latency.rate("5m"), 'sum(rate(latency_seconds_count{job="shop"}[5m]))'],
    ["a window with a fraction", requests.rate("1.5h"), 'sum(rate(http_requests_total{job="shop"}[1h30m]))'],
    [
      "a ratio, which has no value where its denominator is zero",
      ratio(used.max(), size.max()),
      'max(pool_used{job="shop"}) / (max(pool_size{job="shop"}) > 0)',
    ],
    [
      "each part in the whole",
      ratio(requests.rate("5m").by("status"), requests.rate("5m")),
      'sum by (status) (rate(http_requests_total{job="shop"}[5m])) / on () group_left () (sum(rate(http_requests_total{job="shop"}[5m])) > 0)',
    ],
    [
      "a ratio of different units",
      ratio(busyMs.increase("5m"), busy.increase("5m")),
      'sum(increase(gc_milliseconds_total{job="shop"}[5m])) / (sum(increase(cpu_seconds_total{job="shop"}[5m])) > 0) / 1000',
    ],
    [
      "a complement",
      complement(ratio(used.max(), size.max())),
      '1 - max(pool_used{job="shop"}) / (max(pool_size{job="shop"}) > 0)',
    ],
    ["a complement of a complement", complement(complement(idle.min())), '1 - (1 - min(idle_ratio{job="shop"}))'],
    [
      "milliseconds per second, which are a share",
      busyMs.rate("5m"),
      'sum(rate(gc_milliseconds_total{job="shop"}[5m])) / 1000',
    ],
    ["a complement of percents", complement(disk.max()), '1 - max(disk_used_percent{job="shop"}) / 100'],
    [
      "a ratio of ratios",
      ratio(ratio(used.max(), size.max()), ratio(used.min(), size.min())),
      'max(pool_used{job="shop"}) / (max(pool_size{job="shop"}) > 0) / (min(pool_used{job="shop"}) / (min(pool_size{job="shop"}) > 0) > 0)',
    ],
    [
      "a ratio of complements",
      ratio(complement(idle.max()), complement(idle.min())),
      '(1 - max(idle_ratio{job="shop"})) / (1 - min(idle_ratio{job="shop"}) > 0)',
    ],
  ])("%s", (_, indicator, expected) => {
    expect(compiled(indicator)).toEqual({ ok: true, value: expected });
  });

  test.each<[string, MatcherValue, string]>([
    ["equal", "200", 'status="200"'],
    ["not equal", { not: "200" }, 'status!="200"'],
    ["a prefix", startsWith("5"), 'status=~"5.*"'],
    ["a prefix with signs of a regular expression", startsWith("5.+"), String.raw`status=~"5\\.\\+.*"`],
    ["one of", { oneOf: ["500", "a|b", "/x/{id}"] }, String.raw`status=~"500|a\\|b|/x/\\{id\\}"`],
    ["quotes, backslashes and newlines", 'a"b\\c\nd', String.raw`status="a\"b\\c\nd"`],
  ])("selects %s", (_, value, matcher) => {
    expect(compiled(requests.where({ status: value }).rate("5m"))).toEqual({
      ok: true,
      value: `sum(rate(http_requests_total{job="shop",${matcher}}[5m]))`,
    });
  });

  test.each<[string, Indicator, RegExp]>([
    [
      "a metric of Datadog",
      counter("users_total", { help: "", unit: "users", prometheus: false, datadog: { name: "app.users" } }).rate("5m"),
      /^metric "users_total" is not in Prometheus \(only in Datadog\); evaluate the alert with datadog/,
    ],
    [
      "a metric of CloudWatch",
      gauge("cpu", {
        help: "",
        unit: "percent",
        prometheus: false,
        cloudwatch: { namespace: "AWS/RDS", name: "CPUUtilization", statistic: "Average", dimensions: {} },
      }).max(),
      /^metric "cpu" is not in Prometheus \(only in CloudWatch\)/,
    ],
    [
      "log events",
      logCount(exampleLogs.level.equals("ERROR"), "5m"),
      /^log events cannot be counted by Prometheus; datadog and cloudwatch can/,
    ],
    ["a choice of nothing", requests.where({ status: { oneOf: [] } }).rate("5m"), /"status" must be one of no values/],
    ["an empty window", requests.rate("0s"), /window of 0s/],
    ["a quantile in percent", latency.quantile(95, "5m"), /95 is not between 0 and 1; write 0.95/],
    [
      "sides that never meet",
      ratio(requests.rate("5m"), requests.rate("5m").by("status")),
      /the denominator of a ratio is kept apart by status/,
    ],
  ])("%s: says who can or what to write", (_, indicator, error) => {
    expect(compiled(indicator)).toEqual({ ok: false, error: expect.stringMatching(error) });
  });

  test("all mistakes are told at once, each once", () => {
    const lost = counter("lost_total", { help: "", unit: "requests", prometheus: false });
    const gone = counter("gone_total", { help: "", unit: "requests", prometheus: false });
    const wrong = compiled(ratio(ratio(lost.rate("5m"), gone.rate("5m")), ratio(lost.rate("5m"), gone.rate("5m"))));
    expect(wrong.ok ? [] : wrong.error.match(/metric "\w+"/g)).toEqual(['metric "lost_total"', 'metric "gone_total"']);
  });
});

describe("a condition in PromQL", () => {
  test.each<[string, Indicator, Comparison, QuantityText, string]>([
    ["a ratio", ratio(used.max(), size.max()), ">", "1%", " > 0.01"],
    ["a time in seconds", latency.quantile(0.95, "5m"), ">", "1000ms", " > 1"],
    ["a time in milliseconds", latencyMs.quantile(0.95, "5m"), ">=", "1.5s", " >= 1500"],
    ["percents", disk.max(), ">", "90%", " > 90"],
    ["a tenth of a percent, exactly", ratio(used.max(), size.max()), "<", "0.1%", " < 0.001"],
    ["bytes", memory.max(), "<=", "1.5GiB", " <= 1610612736"],
    ["a count", requests.increase("5m"), ">", "10", " > 10"],
    ["per second", requests.rate("5m"), ">", "100 per second", " > 100"],
    ["per hour", requests.rate("1h"), ">", "10000 per hour", " * 3600 > 10000"],
    ["bytes per minute", sent.rate("5m"), ">", "50MB per minute", " * 60 > 50000000"],
    ["the busy share of a second", busy.rate("5m"), ">", "80%", " > 0.8"],
    ["the busy share of a second, in milliseconds", busyMs.rate("5m"), ">", "80%", " > 0.8"],
  ])("%s", (_, indicator, comparison, threshold, end) => {
    const written: Condition = { kind: "compare", expression: indicator.expression, comparison, threshold };
    expect(condition(written)).toEqual({ ok: true, value: checked(compiled(indicator)) + end });
  });

  test("PromQL stays as it was written", () => {
    const text = 'max(up{job="{service}"})\n  == 0\n';
    expect(condition(promql(text))).toEqual({ ok: true, value: text.replace("{service}", "shop") });
  });

  test("a Datadog query names who can evaluate it", () => {
    expect(condition(datadogQuery("avg(last_5m):avg:system.load.1{*} > 2"))).toEqual({
      ok: false,
      error: expect.stringContaining('evaluator: "datadog"'),
    });
  });
});
