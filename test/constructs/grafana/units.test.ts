import { expect, test } from "@jest/globals";
import Big from "big.js";
import fc from "fast-check";
import { displayUnit, prometheusUnit, shownIn } from "../../../constructs/grafana/units";
import { resultFactor } from "../../../constructs/prometheus/unit";
import { complement, type Indicator, ratio } from "../../../model/indicator";
import type { MetricUnit } from "../../../model/metric";
import { parseQuantity } from "../../../model/quantity";
import { checked } from "../../../model/result";
import { counter, gauge, histogram } from "../../../model/telemetry";
import { expression } from "../prometheus/expressions";

const counted = <U extends MetricUnit>(unit: U) => counter("c_total", { help: "", unit });
const gauged = <U extends MetricUnit>(unit: U) => gauge("g", { help: "", unit });
const distributed = <U extends MetricUnit>(unit: U) => histogram("h", { help: "", unit });

test.each<[string, Indicator, string]>([
  ["seconds", gauged("seconds").max(), "s"],
  ["milliseconds, as they are stored", gauged("milliseconds").max(), "ms"],
  ["bytes", gauged("bytes").max(), "bytes"],
  ["a share of 1", gauged("ratio").avg(), "percentunit"],
  ["a share of 100", gauged("percent").avg(), "percent"],
  ["a count", gauged("connections").sum(), "short"],
  ["money", gauged("dollars").sum(), "currencyUSD"],
  ["money earned", counted("dollars").increase("1d"), "currencyUSD"],
  ["money per second", counted("dollars").rate("5m"), "count:$/s"],
  ["a quantile of time", distributed("seconds").quantile(0.95, "5m"), "s"],
  ["a quantile of milliseconds", distributed("milliseconds").quantile(0.95, "5m"), "ms"],
  ["observations per second", distributed("seconds").rate("5m"), "ops"],
  ["requests per second", counted("requests").rate("5m"), "reqps"],
  ["jobs per second", counted("jobs").rate("5m"), "count:jobs/s"],
  ["jobs in a day", counted("jobs").increase("1d"), "short"],
  ["bytes per second", counted("bytes").rate("5m"), "binBps"],
  ["processor time per second", counted("seconds").rate("5m"), "percentunit"],
  ["milliseconds per second, which are a share too", counted("milliseconds").rate("5m"), "percentunit"],
  ["a ratio", ratio(counted("errors").rate("5m"), counted("requests").rate("5m")), "percentunit"],
  ["a complement", complement(gauged("percent").avg()), "percentunit"],
])("%s", (_, indicator, id) => {
  expect(prometheusUnit(indicator.expression).id).toBe(id);
});

test("what is shown is what the compiler gives, so that a threshold stands where the alert has it", () => {
  fc.assert(
    fc.property(expression, (any) => {
      expect(prometheusUnit(any).factor).toBe(resultFactor(any).toFixed());
    }),
  );
});

test.each<[string, MetricUnit, number]>([
  ["1000ms", "seconds", 1],
  ["1000ms", "milliseconds", 1000],
  ["0.1%", "ratio", 0.001],
  ["85%", "percent", 85],
  ["1GB", "bytes", 1e9],
  ["100", "jobs", 100],
  ["60 per minute", "requests", 1],
  ["50MB per second", "bytes", 5e7],
])("%s in %s is %f", (text, unit, expected) => {
  expect(shownIn(checked(parseQuantity(text)), displayUnit(unit))).toBe(expected);
});

test("a frequency is shown per second", () => {
  const perHour = checked(parseQuantity("10000 per hour"));
  expect(shownIn(perHour, displayUnit("credits"))).toBeCloseTo(new Big(10000).div(3600).toNumber(), 12);
});
