import { describe, expect, test } from "@jest/globals";
import { type DatadogMonitor, datadogMonitor } from "../../../constructs/datadog/monitor";
import { printDatadogCompositeQuery } from "../../../languages/datadog/composite-query";
import { type AlertOptions, alert } from "../../../model/alert";
import { absent, and, type Condition, datadogQuery, or, promql, unless } from "../../../model/condition";
import { complement, logCount, ratio, startsWith } from "../../../model/indicator";
import type { Objective, ObjectiveWindow, Sli } from "../../../model/objective";
import { checked } from "../../../model/result";
import { counter, gauge, histogram } from "../../../model/telemetry";
import { exampleLogs } from "../../support/example";
import { onlyRule } from "../prometheus/rule";

const requests = counter("requests_total", {
  help: "",
  unit: "requests",
  labels: {
    status: { kind: "bounded", max: 60, example: "200" },
    endpoint: { kind: "bounded", max: 50, example: "/" },
  },
  datadog: { name: "app.requests" },
});
const failures = counter("failures_total", { help: "", unit: "requests", datadog: { name: "app.failures" } });
const deploys = counter("deploys_total", {
  help: "",
  unit: "events",
  labels: { endpoint: { kind: "bounded", max: 50, example: "/" } },
  datadog: { name: "app.deploys" },
});
const memory = gauge("memory_bytes", { help: "", unit: "bytes", datadog: { name: "app.memory" } });
const busy = gauge("busy_ratio", { help: "", unit: "ratio", datadog: { name: "aws.ecs.busy", unit: "percent" } });
const age = gauge("age_seconds", { help: "", unit: "seconds", datadog: { name: "app.age", unit: "milliseconds" } });
const duration = histogram("duration_seconds", { help: "", unit: "seconds", datadog: { name: "app.duration" } });
const unheld = gauge("unheld", { help: "", unit: "bytes" });
const failed = requests.where({ status: startsWith("5") });
const errors = ratio(failed.rate("5m"), requests.rate("5m"));

type Options = Partial<AlertOptions>;
const rendered = (when: Condition, options: Options = {}) =>
  datadogMonitor(
    onlyRule(
      alert("Tested", {
        for: "5m",
        severity: "SEV-1",
        summary: "{value} of {service}",
        runbook: "https://runbooks.example.com/x",
        evaluator: "datadog",
        ...options,
        when,
      }),
    ),
  );
const monitorOf = (when: Condition, options: Options = {}): DatadogMonitor => checked(rendered(when, options));
const summaryOf = ({ message }: DatadogMonitor): string => message.split("\n")[0] ?? "";

/** A composite monitor in short: its query, and the queries of its parts by their ids. */
function composed(when: Condition, options: Options = {}) {
  const monitor = monitorOf(when, options);
  if (monitor.type !== "composite") throw new Error(`a monitor of type ${monitor.type}`);
  return {
    query: printDatadogCompositeQuery(monitor.query),
    parts: Object.fromEntries(monitor.parts.map(({ id, monitor: part }) => [id, part.query])),
    monitor,
  };
}

const objective = (sli: Sli, window: ObjectiveWindow = "30d", target: Objective["target"] = "99.9%"): Objective => ({
  name: "availability",
  sli,
  target,
  window,
});
const events: Sli = { kind: "events", bad: failed.selection, total: requests.selection };
const freshness: Sli = { kind: "freshness", of: age.max().expression, atMost: "1h" };
const burning = (
  of: Objective,
  { factor = "14.4", long = "1h", short = "5m" }: Partial<Extract<Condition, { kind: "burn-rate" }>> = {},
): Condition => ({ kind: "burn-rate", objective: of, factor, long, short });

describe("one monitor says", () => {
  test.each<readonly [string, Condition, Options, string]>([
    [
      "a share of observations, by a threshold query over a distribution",
      duration.fraction("500ms", "10m").below("99%"),
      {},
      "sum(last_10m):count(v: v<=0.5):app.duration{env:prod,service:shop}.as_count() / count:app.duration{env:prod,service:shop}.as_count() * 100 < 99",
    ],
    [
      "what a share leaves",
      complement(duration.fraction("500ms", "5m")).above("1%"),
      {},
      "sum(last_5m):(1 - count(v: v<=0.5):app.duration{env:prod,service:shop}.as_count() / count:app.duration{env:prod,service:shop}.as_count()) * 100 > 1",
    ],
    [
      "what runs out in a day, by the least of a forecast",
      memory.forecast("1d", { from: "6h" }).below("1GB"),
      {},
      "min(next_1d):forecast(min:app.memory{env:prod,service:shop}, 'linear', 1, interval=360, history='6h', model='simple') <= 1000000000",
    ],
    [
      "what fills up, by the greatest of a forecast, in the unit that Datadog holds",
      busy.forecast("12h", { from: "30m", aggregation: "max" }).above("90%"),
      { for: "1h" },
      "max(next_12h):forecast(max:aws.ecs.busy{env:prod,service:shop}, 'linear', 1, interval=60, history='1h', model='simple') >= 90",
    ],
    [
      "what is unusual, for its season",
      requests.rate("5m").deviates({ deviations: 3, direction: "below" }),
      { for: "30m" },
      "avg(last_150m):anomalies(sum:app.requests{env:prod,service:shop}.as_rate(), 'robust', 3, direction='below', alert_window='last_30m', interval=120, count_default_zero='true', seasonality='weekly') >= 1",
    ],
    [
      "what is unusual within a day, over a quarter of an hour at the least",
      memory.max().deviates({ deviations: 2.5, baseline: "1d" }),
      { for: "0s" },
      "avg(last_75m):anomalies(max:app.memory{env:prod,service:shop}, 'robust', 2.5, direction='both', alert_window='last_15m', interval=60, count_default_zero='true', seasonality='daily') >= 1",
    ],
    [
      "that a gauge goes on firing, by the greatest of its window",
      memory.max().above("1GB"),
      { for: "0s", keepFiringFor: "10m" },
      "max(last_10m):max:app.memory{env:prod,service:shop} > 1000000000",
    ],
    [
      "a rate at once, by what has been counted over its window",
      requests.rate("5m").above("10 per second"),
      { for: "0s" },
      "sum(last_5m):sum:app.requests{env:prod,service:shop}.as_count() / 300 > 10",
    ],
    [
      "a rate per hour for less than its window, as at once",
      requests.rate("5m").above("10 per hour"),
      { for: "2m" },
      "sum(last_5m):sum:app.requests{env:prod,service:shop}.as_count() * 12 > 10",
    ],
    [
      "the greatest of several rates at once, by its mean",
      requests.rate("5m", "max").above("10 per second"),
      { for: "0s" },
      "avg(last_5m):max:app.requests{env:prod,service:shop}.as_rate() > 10",
    ],
    [
      "an increase for longer than its window, as much of it as falls into one",
      requests.increase("10m").above("100"),
      { for: "15m" },
      "sum(last_15m):sum:app.requests{env:prod,service:shop}.as_count() * 600 / 900 > 100",
    ],
    [
      "a share in a gauge that Datadog holds in percent",
      complement(busy.avg()).below("10%"),
      { for: "1m" },
      "max(last_1m):(1 - avg:aws.ecs.busy{env:prod,service:shop} * 0.01) * 100 < 10",
    ],
    [
      "a ratio of two units",
      ratio(age.max(), duration.quantile(0.5, "5m")).above("100%"),
      {},
      "min(last_5m):max:app.age{env:prod,service:shop} / p50:app.duration{env:prod,service:shop} * 0.001 * 100 > 100",
    ],
  ])("%s", (_meaning, when, options, query) => {
    expect(monitorOf(when, options)).toMatchObject({ type: "query alert", query });
  });

  test("an absence by its state without data, whatever is said of the data of others", () => {
    expect(monitorOf(absent(failures), { for: "10m", noData: "keep" })).toMatchObject({
      query: "max(last_10m):count_not_null(sum:app.failures{env:prod,service:shop}) < 1",
      critical: "1",
      onMissingData: "show_and_notify_no_data",
    });
    expect(summaryOf(monitorOf(absent(failures)))).toBe("no of shop");
    expect(monitorOf(absent(failures))).not.toHaveProperty("evaluationDelaySeconds");
  });

  test("an absence of what Datadog fetches a quarter of an hour late", () => {
    expect(monitorOf(absent(busy), { for: "0s" })).toMatchObject({
      query: expect.stringMatching(/^max\(last_5m\)/),
      evaluationDelaySeconds: 900,
    });
  });

  test("an anomaly with the windows and thresholds that it needs, and no value, which it does not tell", () => {
    const monitor = monitorOf(requests.rate("5m").deviates({ deviations: 3 }), { keepFiringFor: "15m" });
    expect(monitor).toMatchObject({
      critical: "1",
      criticalRecovery: "0",
      thresholdWindows: { trigger: "last_15m", recovery: "last_15m" },
    });
    expect(summaryOf(monitor)).toBe("an unusual value of shop");
  });

  test("a forecast with the recovery that a threshold has", () => {
    expect(monitorOf(memory.forecast("1d", { from: "6h" }).below("1GB"))).toMatchObject({
      critical: "1000000000",
      criticalRecovery: "1100000000",
    });
  });
});

describe("several monitors say", () => {
  test("a range, by one for each side", () => {
    const { query, parts, monitor } = composed(age.max().outside("1s", "1min"));
    expect(query).toBe("max-of-age_seconds-below || max-of-age_seconds-above");
    expect(parts).toEqual({
      "max-of-age_seconds-below": "max(last_5m):max:app.age{env:prod,service:shop} < 1000",
      "max-of-age_seconds-above": "min(last_5m):max:app.age{env:prod,service:shop} > 60000",
    });
    expect(summaryOf(monitor)).toBe("{{a.value}} milliseconds of shop");
  });

  test("that both are true, and recover by the first", () => {
    const { query, parts, monitor } = composed(and(errors.above("1%"), requests.rate("5m").above("10 per second")));
    expect(query).toBe(
      "rate-of-requests_total-status-5-per-rate-of-requests_total-above && rate-of-requests_total-above",
    );
    expect(Object.values(parts)).toEqual([
      "sum(last_5m):sum:app.requests{env:prod,service:shop,status:5*}.as_count() / sum:app.requests{env:prod,service:shop}.as_count() * 100 > 1",
      "min(last_5m):sum:app.requests{env:prod,service:shop}.as_rate() > 10",
    ]);
    expect(monitor.parts.map(({ monitor: part }) => part.criticalRecovery)).toEqual(["0.9", undefined]);
    expect(summaryOf(monitor)).toBe("{{a.value}}% of shop");
  });

  test("what is excused at any time", () => {
    const { query, parts } = composed(unless(memory.max().above("1GB"), memory.max().above("3GB")));
    expect(query).toBe("max-of-memory_bytes-above && !max-of-memory_bytes-above-at-any-time");
    expect(Object.values(parts)).toEqual([
      "min(last_5m):max:app.memory{env:prod,service:shop} > 1000000000",
      "max(last_5m):max:app.memory{env:prod,service:shop} > 3000000000",
    ]);
  });

  test("an excuse of an excuse", () => {
    const heavy = memory.max();
    const excused = unless(heavy.above("2GB"), heavy.above("3GB"));
    const { query, parts } = composed(unless(heavy.above("1GB"), excused));
    expect(query).toMatch(/^max-\S+ && !\(max-\S+-at-any-time && !max-\S+\)$/);
    expect(Object.values(parts).map((text) => text.slice(0, 3))).toEqual(["min", "max", "min"]);
  });

  test("logs beside metrics", () => {
    const { monitor } = composed(
      and(logCount(exampleLogs.level.equals("ERROR"), "5m").above("3"), memory.max().above("1GB")),
    );
    expect(monitor.parts.map(({ id, monitor: part }) => [id, part.type, part.onMissingData])).toEqual([
      ["log-events-above", "log alert", "default"],
      ["max-of-memory_bytes-above", "query alert", "resolve"],
    ]);
  });

  test("an absence among others, told of by the whole", () => {
    const { monitor } = composed(or(memory.max().above("1GB"), absent(memory)));
    expect(monitor.notifyNoData).toBe(true);
    expect(monitor.parts.map(({ monitor: part }) => part.onMissingData)).toEqual([
      "resolve",
      "show_and_notify_no_data",
    ]);
    expect(composed(memory.max().outside("1GB", "2GB")).monitor.notifyNoData).toBe(false);
  });

  test("that data is missing, of those parts that do not excuse", () => {
    const excuse = and(memory.max().above("3GB"), busy.avg().above("90%"));
    const { monitor } = composed(unless(memory.max().above("1GB"), excuse), { noData: "alert" });
    expect(monitor.notifyNoData).toBe(true);
    expect(monitor.parts.map(({ monitor: part }) => part.onMissingData)).toEqual([
      "show_and_notify_no_data",
      "resolve",
      "resolve",
    ]);
  });

  test("a burn rate over a window that no objective of Datadog has", () => {
    const { query, parts, monitor } = composed(burning(objective(events, "28d")));
    expect(query.split(" ")).toEqual([
      "rate-of-requests_total-status-5-per-rate-of-requests_total-over-1h-above",
      "&&",
      "rate-of-requests_total-status-5-per-rate-of-requests_total-over-5m-above",
    ]);
    expect(Object.values(parts)).toEqual([
      "sum(last_60m):sum:app.requests{env:prod,service:shop,status:5*}.as_count() / sum:app.requests{env:prod,service:shop}.as_count() * 100 > 1.44",
      "sum(last_5m):sum:app.requests{env:prod,service:shop,status:5*}.as_count() / sum:app.requests{env:prod,service:shop}.as_count() * 100 > 1.44",
    ]);
    expect(summaryOf(monitor)).toBe("{{a.value}}% of shop");
  });

  test.each([
    [
      "over windows that no burn-rate monitor has",
      burning(objective(events), { factor: "1", long: "3d", short: "6h" }),
    ],
    ["with more decimals than Datadog keeps", burning(objective(events, "30d", "99.9995%"))],
    ["within another condition", or(burning(objective(events)), memory.max().above("1GB"))],
  ])("a burn rate %s", (_what, when) => {
    expect(composed(when).monitor.parts.length).toBeGreaterThan(1);
  });

  test("in parts that reach nobody, and look like parts", () => {
    const { monitor } = composed(memory.max().outside("1GB", "2GB"));
    expect(monitor).toMatchObject({
      name: "[prod] shop: Tested",
      priority: "1",
      tags: expect.arrayContaining(["severity:sev-1"]),
    });
    expect(monitor.message).toMatch(/@pagerduty-prod @slack-backend$/);
    for (const { monitor: part } of monitor.parts) {
      expect(part.message).not.toContain("@");
      expect(part).not.toHaveProperty("priority");
      expect(part.tags).toEqual(["env:prod", "service:shop", "team:backend", "tier:1"]);
    }
    expect(monitor.parts[0]?.monitor.name).toBe("[prod] shop: Tested (max of memory_bytes below 1GB)");
  });

  test("and keep the ids of their parts when a number is tuned, or another part is added", () => {
    const ids = (when: Condition) => Object.keys(composed(when).parts);
    const [slow, busyNow] = [memory.max().above("1GB"), busy.avg().above("90%")];
    const known = ids(and(slow, busyNow));
    expect(ids(and(memory.max().above("2GB"), busyNow))).toEqual(known);
    expect(ids(and(and(errors.above("1%"), busyNow), slow))).toEqual(expect.arrayContaining(known));
  });

  test("the same part once", () => {
    const heavy = memory.max().above("1GB");
    const { query, parts } = composed(or(and(heavy, busy.avg().above("90%")), and(heavy, errors.above("1%"))));
    expect(Object.keys(parts)).toHaveLength(3);
    expect(query.match(/max-of-memory_bytes-above/g)).toHaveLength(2);
  });
});

describe("an objective with a burn-rate monitor", () => {
  test("of events that a filter tells apart counts the good ones", () => {
    expect(monitorOf(burning(objective(events)))).toMatchObject({
      type: "slo alert",
      query: { over: "30d", long: "1h", short: "5m", threshold: "14.4" },
      slo: {
        objective: "availability",
        name: "[prod] shop: availability",
        target: "99.9",
        timeframe: "30d",
        sli: {
          type: "metric",
          numerator: "sum:app.requests{env:prod,service:shop,!status:5*}.as_count()",
          denominator: "sum:app.requests{env:prod,service:shop}.as_count()",
        },
        tags: ["env:prod", "service:shop", "team:backend", "tier:1"],
      },
    });
  });

  test.each<readonly [string, Sli, object]>([
    [
      "events of two metrics",
      { kind: "events", bad: failures.selection, total: requests.selection },
      {
        type: "metric",
        numerator:
          "sum:app.requests{env:prod,service:shop}.as_count() - sum:app.failures{env:prod,service:shop}.as_count()",
        denominator: "sum:app.requests{env:prod,service:shop}.as_count()",
      },
    ],
    [
      "events told apart by two filters",
      {
        kind: "events",
        bad: requests.where({ status: startsWith("5"), endpoint: "/pay" }).selection,
        total: requests.selection,
      },
      {
        type: "metric",
        numerator: "sum:app.requests{env:prod AND service:shop AND NOT (status:5* AND endpoint:/pay)}.as_count()",
        denominator: "sum:app.requests{env:prod,service:shop}.as_count()",
      },
    ],
    [
      "latency",
      { kind: "latency", of: duration.selection, atMost: "500ms" },
      {
        type: "metric",
        numerator: "count(v: v<=0.5):app.duration{env:prod,service:shop}.as_count()",
        denominator: "count(v: v>=0):app.duration{env:prod,service:shop}.as_count()",
      },
    ],
    [
      "freshness",
      freshness,
      { type: "time_slice", query: "max:app.age{env:prod,service:shop}", threshold: "3600000", sliceSeconds: 60 },
    ],
  ])("counts %s", (_what, sli, counted) => {
    expect(monitorOf(burning(objective(sli)))).toMatchObject({ slo: { sli: counted } });
  });

  test("says how much is bad, which its own value does not", () => {
    expect(summaryOf(monitorOf(burning(objective(events))))).toBe("more than 1.44% of shop");
  });
});

describe("Datadog does not say", () => {
  test.each<readonly [string, Condition, Options, RegExp]>([
    [
      "a forecast of a few hours",
      memory.forecast("4h", { from: "1h" }).below("1GB"),
      {},
      /12 hours ahead at the least, and not 4h.*prometheus/,
    ],
    [
      "a forecast of half a year",
      memory.forecast("180d", { from: "1h" }).below("1GB"),
      {},
      /at most three months ahead/,
    ],
    [
      "what is computed from a forecast",
      ratio(memory.forecast("1d", { from: "1h" }), memory.max()).above("90%"),
      {},
      /forecasts a gauge alone/,
    ],
    ["a metric that it does not hold", unheld.max().outside("1GB", "2GB"), {}, /does not hold unheld; prometheus does/],
    [
      "a share of time",
      burning(objective(freshness, "28d")),
      {},
      /over 7d, 30d or 90d, and not over 28d; no monitor of Datadog measures the share of time/,
    ],
    [
      "that it goes on firing",
      errors.above("1%"),
      { keepFiringFor: "10m" },
      /leave keepFiringFor out, or evaluate the alert with prometheus/,
    ],
    [
      "that a composite goes on firing",
      memory.max().outside("1GB", "2GB"),
      { for: "0s", keepFiringFor: "10m" },
      /keepFiringFor/,
    ],
    ["that a burn rate goes on firing", burning(objective(events)), { keepFiringFor: "10m" }, /keepFiringFor/],
    [
      "that an anomaly goes on for longer than its window",
      requests.rate("5m").deviates({ deviations: 3 }),
      { keepFiringFor: "1h" },
      /keepFiringFor/,
    ],
    [
      "missing data of one side",
      and(errors.above("1%"), memory.max().above("1GB")),
      { noData: "alert" },
      /missing data \(noData: "alert"\) on one side of "and"/,
    ],
    ["missing data of a burn rate", burning(objective(events)), { noData: "alert" }, /does not tell of missing data/],
    ["an absence as an excuse", unless(errors.above("1%"), absent(memory)), {}, /cannot excuse another condition/],
    [
      "sides that never meet",
      and(errors.above("1%"), requests.rate("5m").by("endpoint").above("1 per second")),
      {},
      /kept apart by endpoint/,
    ],
    [
      "an excuse of some groups",
      unless(
        requests.rate("5m").by("endpoint").above("1 per second"),
        deploys.rate("5m").by("endpoint").above("0 per second"),
      ),
      {},
      /those endpoint alone that both sides report/,
    ],
    [
      "both sides the same",
      and(errors.above("1%"), errors.above("1%")),
      {},
      /both sides of the condition are the same/,
    ],
    [
      "counts beside a gauge",
      ratio(requests.increase("5m"), gauge("g", { help: "", unit: "requests", datadog: { name: "g" } }).sum()).above(
        "1%",
      ),
      {},
      /measure both sides as rates/,
    ],
    ["counts of two windows", ratio(failed.rate("5m"), requests.rate("1h")).above("1%"), {}, /of the same window/],
    ["PromQL within a condition", and(errors.above("1%"), promql("up == 0")), {}, /prometheus only/],
    [
      "anomalies of logs",
      logCount(exampleLogs.level.equals("ERROR"), "5m").deviates({ deviations: 3 }),
      {},
      /log events/,
    ],
    [
      "more than ten parts",
      Array.from({ length: 10 }, (_, at) =>
        requests
          .where({ status: String(at) })
          .rate("5m")
          .above("1 per second"),
      ).reduce(or, errors.above("1%")),
      {},
      /combines 10 monitors at most, not 11/,
    ],
  ])("%s", (_what, when, options, message) => {
    expect(rendered(when, options)).toEqual({ ok: false, error: expect.stringMatching(message) });
  });

  test("a query in its own language that goes on firing", () => {
    expect(rendered(datadogQuery("avg(last_5m):avg:a{*} > 1"), { keepFiringFor: "5m" }).ok).toBe(false);
  });
});
