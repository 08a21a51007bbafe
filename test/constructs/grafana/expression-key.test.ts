import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { expressionKey } from "../../../constructs/grafana/expression-key";
import { type Expression, groupedBy } from "../../../model/expression";
import { complement, type Indicator, logCount, ratio } from "../../../model/indicator";
import { oneOf } from "../../../model/metric";
import { counter, gauge, histogram } from "../../../model/telemetry";
import { exampleLogs } from "../../support/example";
import { expression as anyExpression } from "../prometheus/expressions";

const labels = { method: oneOf("GET", "POST"), zone: oneOf("a", "b") };
const requests = counter("requests_total", { help: "Requests", unit: "requests", labels });
const failures = counter("failures_total", { help: "Failures", unit: "requests", labels });
const memory = gauge("memory_bytes", { help: "Memory", unit: "bytes", labels });
const latency = histogram("latency_seconds", { help: "Latency", unit: "seconds", labels });

const keyOf = ({ expression }: Indicator): string => expressionKey(expression);

test("labels that keep an expression apart do not count", () => {
  fc.assert(
    fc.property(anyExpression, fc.array(fc.string()), (expression, by) => {
      expect(expressionKey(groupedBy(expression, by))).toBe(expressionKey(expression));
    }),
  );
});

test("neither does the order of matchers, nor whether the value is the same object", () => {
  const one = requests.where({ method: "GET" }).where({ zone: "a" }).rate("5m");
  const other = requests.where({ zone: "a", method: "GET" }).rate("5m");
  expect(keyOf(one)).toBe(keyOf(other));
  const copy: Expression = JSON.parse(JSON.stringify(one.expression));
  expect(expressionKey(copy)).toBe(keyOf(one));
});

describe("everything else counts", () => {
  const base = requests.where({ method: "GET" }).rate("5m");
  test.each<[string, Indicator, Indicator]>([
    ["the metric", base, failures.where({ method: "GET" }).rate("5m")],
    ["the matchers", base, requests.rate("5m")],
    ["a matcher's value", base, requests.where({ method: "POST" }).rate("5m")],
    ["a matcher's kind", base, requests.where({ method: { not: "GET" } }).rate("5m")],
    ["the window", base, requests.where({ method: "GET" }).rate("10m")],
    ["the aggregation of a rate", requests.rate("5m"), requests.rate("5m", "max")],
    ["growth per second or in all", requests.rate("5m"), requests.increase("5m")],
    ["the aggregation of a value", memory.max(), memory.min()],
    ["the quantile", latency.quantile(0.95, "5m"), latency.quantile(0.99, "5m")],
    [
      "the sides of a ratio",
      ratio(requests.rate("5m"), failures.rate("5m")),
      ratio(failures.rate("5m"), requests.rate("5m")),
    ],
    [
      "a ratio or its complement",
      ratio(failures.rate("5m"), requests.rate("5m")),
      complement(ratio(failures.rate("5m"), requests.rate("5m"))),
    ],
    [
      "the filter of log events",
      logCount(exampleLogs.level.equals("ERROR"), "5m"),
      logCount(exampleLogs.level.equals("INFO"), "5m"),
    ],
  ])("%s", (_, one, other) => {
    expect(keyOf(one)).not.toBe(keyOf(other));
  });
});
