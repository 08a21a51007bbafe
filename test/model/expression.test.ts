import { describe, expect, test } from "@jest/globals";
import { dimensionOf, labelsOf, selectionsOf, undeclaredLabels } from "../../model/expression";
import { complement, type Indicator, logCount, ratio } from "../../model/indicator";
import { oneOf } from "../../model/metric";
import { counter, gauge } from "../../model/telemetry";
import { example, exampleLogs } from "../support/example";

const cpu = counter("node_cpu_seconds_total", { help: "", unit: "seconds", labels: { mode: oneOf("idle", "user") } });
const sent = counter("sent_bytes_total", { help: "", unit: "bytes" });
const load = gauge("load", { help: "", unit: "percent" });
const rate = example.requests.rate("5m");

describe("what an indicator measures", () => {
  test.each<[string, Indicator, string]>([
    ["requests per second", rate, "frequency"],
    ["seconds per second", cpu.rate("5m"), "ratio"],
    ["bytes per second", sent.rate("5m"), "throughput"],
    ["growth of a counter", example.requests.increase("1h"), "count"],
    ["growth of bytes", sent.increase("1h"), "information"],
    ["a quantile of seconds", example.duration.quantile(0.95, "5m"), "time"],
    ["observations per second", example.duration.rate("5m"), "frequency"],
    ["a gauge of percent", load.max(), "ratio"],
    ["one over the other", ratio(rate, rate), "ratio"],
    ["what is left of one", complement(ratio(rate, rate)), "ratio"],
    ["log events", logCount(exampleLogs.level.equals("ERROR"), "5m"), "count"],
  ])("%s: %s", (_what, { expression }, dimension) => {
    expect(dimensionOf(expression)).toBe(dimension);
  });
});

describe("labels", () => {
  test("survive only where they are asked for, on both sides of a ratio", () => {
    const { expression } = ratio(rate, rate).by("endpoint", "method");
    expect(labelsOf(expression)).toEqual(["endpoint", "method"]);
    expect(expression.kind === "ratio" && [labelsOf(expression.numerator), labelsOf(expression.denominator)]).toEqual([
      ["endpoint", "method"],
      ["endpoint", "method"],
    ]);
    expect(labelsOf(rate.expression)).toEqual([]);
  });

  test("that a metric does not have are found, in selections and in groupings", () => {
    const { expression } = example.duration.quantile(0.5, "5m").by("endpoint");
    expect(undeclaredLabels(expression)).toEqual([]);
    expect(undeclaredLabels({ ...expression, by: ["status"] } as typeof expression).map(({ label }) => label)).toEqual([
      "status",
    ]);
  });

  test("of the target are every metric's", () => {
    expect(undeclaredLabels(example.memory.max().by("instance", "job").expression)).toEqual([]);
  });
});

test("every metric that an expression reads is known, in order", () => {
  const { expression } = ratio(example.requests.rate("5m"), example.duration.rate("5m"));
  expect(selectionsOf(expression).map(({ metric }) => metric.name)).toEqual([
    "http_requests_total",
    "http_request_duration_seconds",
  ]);
});
