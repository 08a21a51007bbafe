import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { metricQuery } from "../../../languages/datadog/metric-expression";
import { parseDatadogMetricExpression } from "../../../languages/datadog/metric-parser";
import { printDatadogMetricExpression } from "../../../languages/datadog/metric-printer";
import { allScopes, anyScope, everywhere, scopeVariable, tag, without } from "../../../languages/datadog/metric-scope";
import { metricExpression } from "./arbitraries";

describe("operators keep their meaning with as few parentheses as can be", () => {
  test.each([
    ["a{*} + b{*} * c{*}", "avg:a{*} + avg:b{*} * avg:c{*}"],
    ["(a{*} + b{*}) * c{*}", "(avg:a{*} + avg:b{*}) * avg:c{*}"],
    ["a{*} - (b{*} - c{*})", "avg:a{*} - (avg:b{*} - avg:c{*})"],
    ["(a{*} - b{*}) - c{*}", "avg:a{*} - avg:b{*} - avg:c{*}"],
    ["a{*} / (b{*} / c{*})", "avg:a{*} / (avg:b{*} / avg:c{*})"],
    ["-(a{*} + 1)", "-(avg:a{*} + 1)"],
    ["-(5) * a{*}", "-(5) * avg:a{*}"],
    ["a{*} -5", "avg:a{*} - 5"],
    ["a{*} - -5", "avg:a{*} - -5"],
    ["(a{*} + b{*}).rollup(sum, 60)", "(avg:a{*} + avg:b{*}).rollup(sum, 60)"],
  ])("%s", (text, canonical) => {
    const parsed = parseDatadogMetricExpression(text);
    expect(parsed.ok && printDatadogMetricExpression(parsed.value)).toBe(canonical);
  });
});

test("every expression is read back from its canonical text", () => {
  fc.assert(
    fc.property(metricExpression, (expression) => {
      const text = printDatadogMetricExpression(expression);
      expect(parseDatadogMetricExpression(text)).toEqual({ ok: true, value: expression });
    }),
    { numRuns: 1000 },
  );
});

test("a dashboard's variables are read back too", () => {
  const expression = metricQuery({
    aggregator: "sum",
    metric: "x",
    scope: allScopes(scopeVariable("env"), without(scopeVariable("host")), tag("service", "$service.value")),
    groupBy: ["$group"],
  });
  const text = "sum:x{$env,!$host,service:$service.value} by {$group}";
  expect(printDatadogMetricExpression(expression)).toBe(text);
  expect(parseDatadogMetricExpression(text)).toEqual({ ok: true, value: expression });
});

test("scopes are built in normal form", () => {
  const [a, b, c] = [tag("a", "1"), tag("b", "2"), tag("c", "3")];
  expect(allScopes(a, allScopes(b, c), everywhere)).toEqual(allScopes(a, b, c));
  expect(anyScope(a, anyScope(b, c))).toEqual(anyScope(a, b, c));
  expect(allScopes()).toEqual(everywhere);
  expect(allScopes(a)).toEqual(a);
  expect(without(without(a))).toEqual(a);
});
