import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { allSearches, freeText, matchField, phrase, word } from "../../../languages/datadog/log-search";
import {
  arithmetic,
  asCount,
  asRate,
  functionCall,
  metricQuery,
  modified,
  namedArgument,
  negated,
  numberLiteral,
  textArgument,
  wordArgument,
} from "../../../languages/datadog/metric-expression";
import { allScopes, anyScope, bareTag, tag, tagIn, without } from "../../../languages/datadog/metric-scope";
import { parseDatadogMonitorQuery } from "../../../languages/datadog/monitor-parser";
import { printDatadogMonitorQuery } from "../../../languages/datadog/monitor-printer";
import {
  type DatadogMonitorQuery,
  logMonitorQuery,
  metricMonitorQuery,
} from "../../../languages/datadog/monitor-query";
import { monitorQuery } from "./arbitraries";

const cpu = metricQuery({ aggregator: "avg", metric: "system.cpu.user" });
const above1 = { aggregate: "avg", window: "5m", comparator: ">", threshold: "1" } as const;
const of = (expression: Parameters<typeof asRate>[0]) => metricMonitorQuery({ ...above1, expression });

describe("a monitor's query that reads as it prints", () => {
  test.each<readonly [string, DatadogMonitorQuery]>([
    [
      "avg(last_5m):sum:app.errors{env:prod,service:app-service} by {endpoint}.as_rate() / sum:app.requests{env:prod}.as_rate() > 0.01",
      metricMonitorQuery({
        aggregate: "avg",
        window: "5m",
        expression: arithmetic(
          asRate(
            metricQuery({
              aggregator: "sum",
              metric: "app.errors",
              scope: allScopes(tag("env", "prod"), tag("service", "app-service")),
              groupBy: ["endpoint"],
            }),
          ),
          "/",
          asRate(metricQuery({ aggregator: "sum", metric: "app.requests", scope: tag("env", "prod") })),
        ),
        comparator: ">",
        threshold: "0.01",
      }),
    ],
    [
      "percentile(last_5m):p95:http.request.duration{service:api} by {host,env} >= 0.50",
      metricMonitorQuery({
        aggregate: "percentile",
        window: "5m",
        expression: metricQuery({
          aggregator: "p95",
          metric: "http.request.duration",
          scope: tag("service", "api"),
          groupBy: ["host", "env"],
        }),
        comparator: ">=",
        threshold: "0.50",
      }),
    ],
    [
      "pct_change(avg(last_5m),last_1d):avg:system.cpu.user{*} < -50",
      metricMonitorQuery({
        aggregate: "avg",
        window: "5m",
        change: { kind: "pct_change", since: "1d" },
        expression: cpu,
        comparator: "<",
        threshold: "-50",
      }),
    ],
    [
      "max(next_1w):forecast(avg:system.cpu.user{*}, 'linear', 1, interval='60m', model='default') >= 90",
      metricMonitorQuery({
        aggregate: "max",
        frame: "next",
        window: "1w",
        expression: functionCall(
          "forecast",
          cpu,
          textArgument("linear"),
          numberLiteral("1"),
          namedArgument("interval", { kind: "text", value: "60m" }),
          namedArgument("model", { kind: "text", value: "default" }),
        ),
        comparator: ">=",
        threshold: "90",
      }),
    ],
    [
      "sum(current_1mo):avg:system.cpu.user{*} != 1",
      metricMonitorQuery({
        ...above1,
        aggregate: "sum",
        frame: "current",
        window: "1mo",
        expression: cpu,
        comparator: "!=",
      }),
    ],
    ["avg(last_5m):default_zero(avg:system.cpu.user{*}) > 1", of(functionCall("default_zero", cpu))],
    [
      "avg(last_5m):avg:system.cpu.user{*}.rollup(sum, 60).fill(zero) > 1",
      of(modified(modified(cpu, "rollup", wordArgument("sum"), numberLiteral("60")), "fill", wordArgument("zero"))),
    ],
    [
      "avg(last_5m):timeshift(avg:system.cpu.user{*}, -3600) > 1",
      of(functionCall("timeshift", cpu, numberLiteral("-3600"))),
    ],
    [
      "avg(last_5m):100 * (1 - avg:system.cpu.user{*}) - -avg:system.cpu.user{*} > 1",
      of(
        arithmetic(arithmetic(numberLiteral("100"), "*", arithmetic(numberLiteral("1"), "-", cpu)), "-", negated(cpu)),
      ),
    ],
    [
      "avg(last_5m):count(v: v<=5):trace.request{*}.as_count() > 1",
      of(
        asCount(
          metricQuery({
            aggregator: { kind: "count-where", comparator: "<=", value: "5" },
            metric: "trace.request",
          }),
        ),
      ),
    ],
    [
      'logs("status:error env:prod").index("*").rollup("count").by("service").last("5m") > 10',
      logMonitorQuery({
        search: allSearches(matchField("status", word("error")), matchField("env", word("prod"))),
        groupBy: ["service"],
        window: "5m",
        comparator: ">",
        threshold: "10",
      }),
    ],
    [
      'logs("service:api").index("main,web").rollup("pc95", "@duration").by("@http.path,env").current("1d") >= 250',
      logMonitorQuery({
        search: matchField("service", word("api")),
        indexes: ["main", "web"],
        rollup: { method: "pc95", measure: "@duration" },
        groupBy: ["@http.path", "env"],
        frame: "current",
        window: "1d",
        comparator: ">=",
        threshold: "250",
      }),
    ],
    [
      String.raw`logs("service:monolith \"Get Label failed\" @error:Suburb\:x").index("*").rollup("count").last("4h") > 0`,
      logMonitorQuery({
        search: allSearches(
          matchField("service", word("monolith")),
          freeText(phrase("Get Label failed")),
          matchField("@error", word("Suburb:x")),
        ),
        window: "4h",
        comparator: ">",
        threshold: "0",
      }),
    ],
  ])("%s", (text, query) => {
    expect(parseDatadogMonitorQuery(text)).toEqual({ ok: true, value: query });
    expect(printDatadogMonitorQuery(query)).toBe(text);
  });
});

describe("a scope that reads as it prints", () => {
  const [a, b, c] = [tag("a", "1"), tag("b", "2"), tag("c", "3")];
  test.each([
    ["a:1", a],
    ["production", bareTag("production")],
    ["a:1,!b:2,!production", allScopes(a, without(b), without(bareTag("production")))],
    ["device:/dev/loop*", tag("device", "/dev/loop*")],
    ["url:http://x", tag("url", "http://x")],
    ["a:1 OR b:2", anyScope(a, b)],
    ["a:1 AND (b:2 OR c:3)", allScopes(a, anyScope(b, c))],
    ["(a:1 AND b:2) OR c:3", anyScope(allScopes(a, b), c)],
    ["NOT (a:1 AND b:2)", without(allScopes(a, b))],
    ["a:1 AND location NOT IN (atlanta,las-vegas)", allScopes(a, without(tagIn("location", "atlanta", "las-vegas")))],
    ["location IN (atlanta)", tagIn("location", "atlanta")],
  ])("{%s}", (text, scope) => {
    const query = of(metricQuery({ aggregator: "avg", metric: "x", scope }));
    expect(printDatadogMonitorQuery(query)).toContain(`x{${text}} `);
    expect(parseDatadogMonitorQuery(`avg(last_5m):avg:x{${text}} > 1`)).toEqual({ ok: true, value: query });
  });
});

describe("other spellings of the same query", () => {
  test.each([
    ["  avg( last_5m ) : avg:x{ env:prod , !b:c }by{host}\n>1 ", "avg(last_5m):avg:x{env:prod,!b:c} by {host} > 1"],
    ["avg(last_5m):x{} > 1", "avg(last_5m):avg:x{*} > 1"],
    ["avg(last_5m):avg:x{*, !env:dev} > 1", "avg(last_5m):avg:x{!env:dev} > 1"],
    ["avg(last_5m):avg:x{not a:b and c:d} > 1", "avg(last_5m):avg:x{!a:b,c:d} > 1"],
    ["change(max(last_5m), 5m_ago):avg:x{*} > 1", "change(max(last_5m),last_5m):avg:x{*} > 1"],
    ["avg(last_5m):((avg:x{*} / 2) + (3)) > 1", "avg(last_5m):avg:x{*} / 2 + 3 > 1"],
    ["avg(last_5m):avg:x{*}.rollup('sum',60) > 1", "avg(last_5m):avg:x{*}.rollup('sum', 60) > 1"],
    ['avg(last_5m):top(avg:x{*}, 10, "mean", "desc") > 1', "avg(last_5m):top(avg:x{*}, 10, 'mean', 'desc') > 1"],
    [
      'logs("").by("a", "b").rollup("count").last("1h") > 1',
      'logs("*").index("*").rollup("count").by("a,b").last("1h") > 1',
    ],
  ])("%s", (text, canonical) => {
    const parsed = parseDatadogMonitorQuery(text);
    expect(parsed.ok ? printDatadogMonitorQuery(parsed.value) : parsed).toBe(canonical);
  });
});

test("every query is read back from its canonical text", () => {
  fc.assert(
    fc.property(monitorQuery, (query) => {
      const text = printDatadogMonitorQuery(query);
      expect(parseDatadogMonitorQuery(text)).toEqual({ ok: true, value: query });
    }),
    { numRuns: 1000 },
  );
});

test("thousands of queries are read in well under a second", () => {
  const queries = [
    "avg(last_5m):sum:app.errors{env:prod,service:web} by {endpoint}.as_rate() / sum:app.requests{env:prod}.as_rate() > 0.01",
    "avg(last_1h):anomalies(avg:system.cpu.system{name:db}, 'basic', 3, direction='above', interval=20) >= 1",
    'logs("status:error env:prod @code:[500 TO 599]").index("*").rollup("count").by("service").last("5m") > 10',
  ];
  const started = performance.now();
  const read = Array.from({ length: 1000 }, () => queries.filter((text) => parseDatadogMonitorQuery(text).ok)).flat();
  expect(read).toHaveLength(3000);
  expect(performance.now() - started).toBeLessThan(1000);
});
