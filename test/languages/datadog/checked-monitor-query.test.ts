import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { freeText, word } from "../../../languages/datadog/log-search";
import { functionCall, type MetricExpression, metricQuery } from "../../../languages/datadog/metric-expression";
import { tag } from "../../../languages/datadog/metric-scope";
import { checkedMonitorQuery, printDatadogMonitorQuery } from "../../../languages/datadog/monitor-printer";
import { logMonitorQuery, metricMonitorQuery } from "../../../languages/datadog/monitor-query";
import { monitorQuery } from "./arbitraries";

const cpu = metricQuery({ aggregator: "avg", metric: "system.cpu.user" });
const above1 = { aggregate: "avg", window: "5m", comparator: ">", threshold: "1" } as const;
const of = (expression: MetricExpression) => metricMonitorQuery({ ...above1, expression });

describe("a query put together by code is checked before it is used", () => {
  test.each([
    ["a metric's name", of(metricQuery({ aggregator: "avg", metric: "app errors" }))],
    ["a tag", of(metricQuery({ aggregator: "avg", metric: "x", scope: tag("env", "prod} by {y") }))],
    ["a tag with a comma", of(metricQuery({ aggregator: "avg", metric: "x", scope: tag("env", "a,b:c") }))],
    ["a key to group by", of(metricQuery({ aggregator: "avg", metric: "x", groupBy: ["a,b"] }))],
    ["a function", of(functionCall("abs"))],
    ["a threshold", metricMonitorQuery({ ...above1, expression: cpu, threshold: "1e3" })],
    ["a window", metricMonitorQuery({ ...above1, expression: cpu, window: "1.5h" })],
    [
      "a facet",
      logMonitorQuery({ search: freeText(word("a")), groupBy: ["a,b"], window: "5m", comparator: ">", threshold: "1" }),
    ],
  ])("%s that Datadog would misread", (_, query) => {
    expect(checkedMonitorQuery(query).ok).toBe(false);
  });
});

test("a tree that is not in normal form is refused, since it would be read as another one", () => {
  const [a, b] = [tag("a", "1"), tag("b", "2")];
  const nested = { kind: "and", scopes: [a, { kind: "and", scopes: [b, a] }] } as const;
  expect(checkedMonitorQuery(of(metricQuery({ aggregator: "avg", metric: "x", scope: nested }))).ok).toBe(false);
});

test("a query without fault is checked and printed", () => {
  fc.assert(
    fc.property(monitorQuery, (query) => {
      expect(checkedMonitorQuery(query)).toEqual({ ok: true, value: printDatadogMonitorQuery(query) });
    }),
  );
});
