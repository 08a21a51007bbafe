import { describe, expect, test } from "@jest/globals";
import { compileCondition } from "../../../constructs/prometheus/compile-condition";
import { parsePromql } from "../../../languages/promql/parse";
import { absent, and, type Condition, or, promql, unless } from "../../../model/condition";
import { environment } from "../../../model/environment";
import type { Objective } from "../../../model/objective";
import { resolveCondition } from "../../../model/resolve-condition";
import { example, exampleService } from "../../support/example";

const prod = environment("prod", {
  account: "1".repeat(12),
  region: "eu-west-1",
  retentionDays: 7,
  grafana: "https://g.example.com",
});

/** The PromQL of a condition of the example service, or why there is none. */
function compiled(condition: Condition): string {
  const definite = resolveCondition(condition, exampleService(), prod);
  const text = definite.ok ? compileCondition(definite.value, { service: "shop" }) : definite;
  return text.ok ? text.value : text.error;
}

const spoken = (text: string): Condition => ({ kind: "spoken", text });
const memory = example.memory.max();
const failing = example.requests.where({ status: "500" });
const availability: Objective = {
  name: "availability",
  sli: { kind: "events", bad: failing.selection, total: example.requests.selection },
  target: "99.9%",
  window: "30d",
};
const burn = (factor: string, objective = availability): Condition => ({
  kind: "burn-rate",
  objective,
  factor,
  long: "1h",
  short: "5m",
});

describe("a condition in PromQL", () => {
  test.each<[string, Condition, string]>([
    [
      "outside a range",
      memory.outside("1GB", "2GB"),
      'max(memory_usage_bytes{job="shop"}) < 1000000000 or max(memory_usage_bytes{job="shop"}) > 2000000000',
    ],
    ["absent", absent(example.memory), 'absent(memory_usage_bytes{job="shop"})'],
    ["absent, of a histogram", absent(example.duration), 'absent(http_request_duration_seconds_count{job="shop"})'],
    [
      "unusual",
      memory.deviates({ deviations: 3, direction: "above" }),
      '(max(memory_usage_bytes{job="shop"})) > avg_over_time((max(memory_usage_bytes{job="shop"}))[1w:1h]) + 3 * (stddev_over_time((max(memory_usage_bytes{job="shop"}))[1w:1h]) > 0)',
    ],
    [
      "a forecast",
      example.memory.forecast("4h", { from: "1h", aggregation: "max" }).above("2GB"),
      'max(predict_linear(memory_usage_bytes{job="shop"}[1h], 14400)) > 2000000000',
    ],
    [
      "a fraction at a bound that is no whole number",
      example.duration.fraction("500ms", "5m").below("95%"),
      'sum(rate(http_request_duration_seconds_bucket{job="shop",le="0.5"}[5m])) / (sum(rate(http_request_duration_seconds_count{job="shop"}[5m])) > 0) < 0.95',
    ],
    [
      "a fraction at a whole bound, however it is exposed",
      example.duration.fraction("1s", "5m").below("95%"),
      'sum(rate(http_request_duration_seconds_bucket{job="shop",le=~"1(\\\\.0)?"}[5m])) / (sum(rate(http_request_duration_seconds_count{job="shop"}[5m])) > 0) < 0.95',
    ],
    [
      "a burn rate, in exact decimals",
      burn("14.4"),
      'sum(rate(http_requests_total{job="shop",status="500"}[1h])) / (sum(rate(http_requests_total{job="shop"}[1h])) > 0) > 0.0144 and sum(rate(http_requests_total{job="shop",status="500"}[5m])) / (sum(rate(http_requests_total{job="shop"}[5m])) > 0) > 0.0144',
    ],
    [
      "a guard without labels, on one with",
      and(memory.by("instance").above("1GB"), example.requests.rate("5m").above("1 per second")),
      'max by (instance) (memory_usage_bytes{job="shop"}) > 1000000000 and on () sum(rate(http_requests_total{job="shop"}[5m])) > 1',
    ],
    [
      "unless something is absent",
      unless(memory.above("1GB"), absent(example.duration)),
      'max(memory_usage_bytes{job="shop"}) > 1000000000 unless on () absent(http_request_duration_seconds_count{job="shop"})',
    ],
    [
      "a chain keeps its meaning",
      spoken("(memory > 1GB or memory < 1MB) and request_rate > 1 per second"),
      '(max(memory_usage_bytes{job="shop"}) > 1000000000 or max(memory_usage_bytes{job="shop"}) < 1000000) and sum(rate(http_requests_total{job="shop"}[5m])) > 1',
    ],
    [
      "a raw one stands in parentheses",
      and(promql('up{job="{service}"} == 0 or vector(1)'), memory.above("1GB")),
      '(up{job="shop"} == 0 or vector(1)) and on () max(memory_usage_bytes{job="shop"}) > 1000000000',
    ],
  ])("%s", (_what, condition, expected) => {
    expect(compiled(condition)).toBe(expected);
    expect(parsePromql(expected)).toMatchObject({ ok: true, value: { isComparison: true } });
  });

  test.each<[string, Condition, RegExp]>([
    ["a bound that no bucket has", example.duration.fraction("300ms", "5m").below("95%"), /not the bound of a bucket/],
    [
      "sides that never meet",
      and(memory.above("1GB"), memory.by("instance").above("1GB")),
      /only one side of "and" is kept apart by instance/,
    ],
    ["either of two that differ", or(memory.by("instance").above("1GB"), memory.above("1GB")), /only one side of "or"/],
    ["a burn rate that cannot be", burn("14.4", { ...availability, target: "90%" }), /can never burn 14.4 times/],
    ["a target that leaves no budget", burn("1", { ...availability, target: "100%" }), /not a share below 100%/],
    ["a range the wrong way round", memory.outside("2GB", "1GB"), /"2GB" is not below "1GB"/],
    ["a deviation of nothing", memory.deviates({ deviations: 0 }), /0 standard deviations are none/],
    ["a baseline too short", memory.deviates({ deviations: 3, baseline: "5m" }), /does not say what is usual/],
  ])("%s is refused", (_what, condition, error) => {
    expect(compiled(condition)).toMatch(error);
  });
});
