import { describe, expect, test } from "@jest/globals";
import { arity, DATADOG_FUNCTIONS } from "../../../languages/datadog/functions";
import { parseDatadogMetricExpression } from "../../../languages/datadog/metric-parser";

const arityOf = (name: string) => {
  const rule = DATADOG_FUNCTIONS.get(name);
  return rule === undefined ? undefined : [rule.form, arity(rule).least, arity(rule).most];
};

describe("the functions that Datadog documents", () => {
  test.each([
    ["abs", "wrapper", 1, 1],
    ["default_zero", "wrapper", 1, 1],
    ["pow", "wrapper", 2, 2],
    ["exclude_null", "wrapper", 1, 2],
    ["top", "wrapper", 4, 4],
    ["bottom10_min", "wrapper", 1, 1],
    ["anomalies", "wrapper", 3, 3],
    ["outliers", "wrapper", 3, 4],
    ["forecast", "wrapper", 3, 3],
    ["calendar_shift", "wrapper", 3, 3],
    ["moving_rollup", "wrapper", 3, 3],
    ["as_count", "modifier", 0, 0],
    ["as_rate", "modifier", 0, 0],
    ["rollup", "modifier", 1, 4],
    ["fill", "modifier", 1, 2],
  ])("%s is a %s of %d to %d arguments", (name, form, least, most) => {
    expect(arityOf(name)).toEqual([form, least, most]);
  });

  test("no name of JavaScript's own objects is among them", () => {
    expect(["constructor", "toString", "__proto__"].map(arityOf)).toEqual([undefined, undefined, undefined]);
    expect(parseDatadogMetricExpression("constructor(avg:x{*})").ok).toBe(false);
  });

  test("optional parameters come last, and each function has a source", () => {
    const wrong = [...DATADOG_FUNCTIONS].filter(([, { parameters, source }]) => {
      const firstOptional = parameters.findIndex((parameter) => parameter.optional);
      const after = firstOptional < 0 ? [] : parameters.slice(firstOptional);
      return source === "" || after.some((parameter) => !parameter.optional);
    });
    expect(wrong).toEqual([]);
    expect(DATADOG_FUNCTIONS.size).toBeGreaterThan(80);
  });
});

describe("documented examples are accepted", () => {
  test.each([
    "anomalies(avg:x{*}, 'basic', 2)",
    "outliers(avg:x{*} by {host}, 'MAD', 3, 50)",
    "outliers(avg:x{*} by {host}, 'dbscan', 7)",
    "top(avg:x{*} by {host}, 10, 'l2norm', 'asc')",
    "timeshift(avg:x{*}, -1209600)",
    'calendar_shift(sum:x{*}.as_count(), "-1mo", "America/New_York")',
    "moving_rollup(avg:x{*}, 60, 'p95')",
    "clamp_max(avg:system.load.1{*}, 100)",
    "count_nonzero(system.cpu.user{*} by {host})",
    "pow(2, avg:x{*})",
    "is_between(avg:x{*}, 10, 30)",
    "autosmooth(avg:x{*})",
    "sum:x{*}.weighted()",
    "avg:x{*}.rollup(20)",
    "avg:x{*}.rollup(avg, 300).rollup(p95, 1800)",
    "sum:x{*}.as_count().rollup(daily, 'Asia/Tokyo')",
    "sum:x{*}.rollup(sum, daily, 12am, 'Europe/Paris')",
    "avg:x{*}.fill(linear, 300)",
    "p99.99:x{*} - stddev:x{*}",
    "avg:x{$env,service:$service.value,!host:a} by {$group}",
  ])("%s", (text) => {
    expect(parseDatadogMetricExpression(text)).toMatchObject({ ok: true });
  });
});

describe("an expression that is none", () => {
  test.each([
    ["avg:x{*} > 1", 9, /Nothing may follow/],
    ["avg:x{*} +", 10, /missing here/],
    ["(avg:x{*}", 0, /never closed/],
    ["avg:x{*}.", 8, /missing after this point/],
    ["p100:x{*}", 0, /space aggregation/],
    ["p99.999:x{*}", 0, /space aggregation/],
    ["avg:{*}", 4, /name of a metric/],
    ["avg:x{*} by host", 12, /in braces/],
    ["avg:x{*} by {host", 12, /never closed/],
    ["top(avg:x{*}, 10, 'average', 'desc')", 18, /must be max, mean/],
    ["abs(avg:x{*}, 1)", 0, /takes 1 argument \(series\), not 2/],
    ["avg:x{*}.as_count(1)", 9, /takes no arguments/],
    ["anomalies(avg:x{*}, 'basic', 2, interval=)", 41, /value of this argument/],
    [".5 * avg:x{*}", 0, /write 0\.5/i],
  ])("%s", (text, offset, message) => {
    const parsed = parseDatadogMetricExpression(text);
    expect(parsed.ok ? [] : parsed.diagnostics).toContainEqual(
      expect.objectContaining({ offset, message: expect.stringMatching(message) }),
    );
  });
});
