import { describe, expect, test } from "@jest/globals";
import Big from "big.js";
import fc from "fast-check";
import { type CloudwatchAlarm, cloudwatchAlarm } from "../../../constructs/cloudwatch/alarm";
import { alarmLimits } from "../../../constructs/cloudwatch/limits";
import type { MetricAlarm } from "../../../constructs/cloudwatch/metric-alarm";
import type { AlertRule } from "../../../model/alert-rule";
import type { DefiniteCondition } from "../../../model/definite-condition";
import { dimensionOf, type Expression, type Selection } from "../../../model/expression";
import { type CloudwatchSource, type MetricType, type MetricUnit, metricUnits } from "../../../model/metric";
import { exampleOf, parseQuantity, type Quantity } from "../../../model/quantity";
import { checked } from "../../../model/result";
import { exampleLogs } from "../../support/example";
import { held, ruleOf } from "./held";

const units = Object.keys(metricUnits).filter((unit): unit is MetricUnit => unit in metricUnits);
const unit = fc.constantFrom(...units);
const window = fc.constantFrom("30s", "1m", "5m", "90s", "1.5h", "1d", "7d", "30d", "0s");
const comparison = fc.constantFrom(">", ">=", "<", "<=");

const source: fc.Arbitrary<CloudwatchSource> = fc.record(
  {
    namespace: fc.constant("Shop"),
    name: fc.string({ minLength: 1, maxLength: 20 }),
    statistic: fc.constantFrom("Average", "Sum", "Maximum", "Minimum", "p50", "p95", "p99"),
    dimensions: fc.constantFrom({}, { Service: "{service}" }, { Id: "{instance}" }),
    unit,
    period: fc.constantFrom("10s", "1m", "5m", "7s", "1d"),
  },
  { requiredKeys: ["namespace", "name", "statistic", "dimensions"] },
);

const selection = (type: MetricType): fc.Arbitrary<Selection> =>
  fc.record({
    metric: fc.record(
      {
        type: fc.constant(type),
        name: fc.constantFrom("a", "b", "c"),
        prometheus: fc.boolean(),
        help: fc.constant(""),
        unit,
        labels: fc.constant({}),
        cloudwatch: source,
      },
      { requiredKeys: ["type", "name", "prometheus", "help", "unit", "labels"] },
    ),
    where: fc.constantFrom([], [], [], [{ label: "x", kind: "equals" as const, value: "y" }]),
  });

const any = fc.oneof(selection("gauge"), selection("counter"), selection("histogram"));
const by = fc.constantFrom([], [], [], ["x"]);
const aggregation = fc.constantFrom("sum", "avg", "max", "min", "count");

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.record({ kind: fc.constant("value"), of: any, aggregation, by }),
  fc.record({ kind: fc.constant("rate"), of: any, window, aggregation, by }),
  fc.record({ kind: fc.constant("increase"), of: any, window, by }),
  fc.record({ kind: fc.constant("quantile"), of: any, quantile: fc.double(), window, by }),
  fc.record({ kind: fc.constant("quantile"), of: any, quantile: fc.constantFrom(0, 0.5, 0.95, 1), window, by }),
  fc.record({ kind: fc.constant("fraction"), of: any, atMost: fc.constantFrom("1s", "5%", "1GB", "-1ms"), window, by }),
  fc.record({ kind: fc.constant("forecast"), of: any, window, ahead: window, aggregation, by }),
  fc.record({ kind: fc.constant("log-count"), filter: fc.constant(exampleLogs.level.equals("ERROR")), window }),
);

/** Of what the service holds itself, so that many are accepted. */
const accepted: fc.Arbitrary<Expression> = fc.constantFrom(
  ...[
    held.cpu.avg(),
    held.requests.rate("5m"),
    held.errors.rate("5m"),
    held.requests.increase("1h"),
    held.duration.quantile(0.95, "5m"),
    held.duration.fraction("1s", "5m"),
    held.used.min(),
  ].map((indicator) => indicator.expression),
);

const tree = (depth: number): fc.Arbitrary<Expression> =>
  depth === 0
    ? fc.oneof({ weight: 4, arbitrary: accepted }, { weight: 1, arbitrary: leaf })
    : fc.oneof(
        { weight: 4, arbitrary: accepted },
        leaf,
        fc.record({ kind: fc.constant("ratio"), numerator: tree(depth - 1), denominator: tree(depth - 1) }),
        fc.record({ kind: fc.constant("complement"), of: tree(depth - 1) }),
        fc.record({
          kind: fc.constant("time-share"),
          of: tree(depth - 1),
          comparison,
          bound: fc.constant("1s" as const),
          window,
        }),
      );

const quantityFor = (expression: Expression, times: number): Quantity => {
  const quantity = checked(parseQuantity(exampleOf[dimensionOf(expression)]));
  return { ...quantity, value: quantity.value.times(times) };
};

const decimal = fc.double({ noNaN: true, min: -1e6, max: 1e9, noDefaultInfinity: true });

const simple: fc.Arbitrary<DefiniteCondition> = fc.oneof(
  fc.tuple(tree(2), comparison, decimal).map(([expression, each, times]) => ({
    kind: "compare" as const,
    expression,
    comparison: each,
    threshold: quantityFor(expression, times),
  })),
  tree(1).map((expression) => ({
    kind: "outside" as const,
    expression,
    low: quantityFor(expression, 1),
    high: quantityFor(expression, 2),
  })),
  any.map((of) => ({ kind: "absent" as const, of })),
  fc.record({
    kind: fc.constant("anomaly" as const),
    expression: tree(1),
    deviations: fc.constantFrom(0.5, 2, 3),
    direction: fc.constantFrom("above", "below", "either"),
    baseline: fc.constantFrom("1d", "1w", "4w"),
  }),
  fc.record({
    kind: fc.constant("burn-rate" as const),
    objective: fc.constant({
      name: "availability",
      sli: { kind: "events" as const, bad: held.errors.selection, total: held.requests.selection },
      target: checked(parseQuantity("99.9%")),
      window: "30d" as const,
    }),
    factor: fc.constant(new Big("14.4")),
    long: window,
    short: window,
  }),
  fc.constantFrom("promql", "datadog").map((language) => ({ kind: "raw" as const, language, text: "up == 0" })),
);

const condition = (depth: number): fc.Arbitrary<DefiniteCondition> =>
  depth === 0
    ? simple
    : fc.oneof(
        simple,
        fc
          .tuple(fc.constantFrom("and", "or", "unless"), condition(depth - 1), condition(depth - 1))
          .map(([kind, left, right]) => ({ kind, left, right })),
      );

const { rule: base, service } = ruleOf({ when: held.cpu.avg().above("80%") });

const rule: fc.Arbitrary<AlertRule> = fc
  .record({
    condition: condition(2),
    forSeconds: fc.constantFrom(0, 0, 60, 300, 3600, 86_400, 700_000),
    keepFiringSeconds: fc.constantFrom(0, 0, 300),
    noData: fc.constantFrom("ok", "ok", "keep", "alert"),
    summary: fc.oneof(fc.constant("{value} of {instance}"), fc.string()),
  })
  .map((changed) => ({ ...base, ...changed }));

/** What Terraform's AWS provider accepts of a statistic. */
const statistic = /^(SampleCount|Average|Sum|Minimum|Maximum|p(\d{1,2}(\.\d{1,2})?|100)|PR\(:\d+(\.\d+)?\))$/;

function expectWithinLimits(alarm: MetricAlarm): void {
  const { queries, period, evaluationPeriods, datapointsToAlarm, threshold } = alarm;
  const metrics = queries.flatMap((query) => (query.kind === "metric" ? [query] : []));
  const expressions = queries.flatMap((query) => (query.kind === "expression" ? [query] : []));
  expect(metrics.length).toBeGreaterThan(0);
  expect(metrics.length).toBeLessThanOrEqual(10);
  expect(expressions.length).toBeLessThanOrEqual(2);
  for (const { metric } of metrics) {
    expect(metric.stat).toMatch(statistic);
    expect(metric.period).toBe(period);
  }
  const ids = queries.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { expression } of expressions) {
    expect(expression.length).toBeLessThanOrEqual(1024);
    expect(expression).not.toMatch(/NaN|undefined|Infinity|e[+-]\d/);
    for (const [id] of expression.matchAll(/\b[a-z]\w*/g)) expect(ids).toContain(id);
  }
  expect([10, 20, 30].includes(period) || period % 60 === 0).toBe(true);
  expect(period * evaluationPeriods).toBeLessThanOrEqual(period < 3600 ? 86_400 : 604_800);
  expect(Number.isInteger(evaluationPeriods) && evaluationPeriods >= datapointsToAlarm && datapointsToAlarm >= 1).toBe(
    true,
  );
  if (threshold.kind === "number") expect(Number.isFinite(threshold.value)).toBe(true);
  else expect(ids).toContain(threshold.id);
}

function expectAlarm({ name, description, body }: CloudwatchAlarm): void {
  expect(name.length).toBeLessThanOrEqual(255);
  expect(description.length).toBeLessThanOrEqual(1024);
  expect(description).not.toMatch(/\{(value|instance)\}/);
  if (body.kind === "metric") {
    expectWithinLimits(body.alarm);
    return;
  }
  const names = body.children.map((child) => child.name);
  expect(names.length).toBeGreaterThan(0);
  expect(names.length).toBeLessThanOrEqual(alarmLimits.childrenPerComposite);
  expect(body.rule.length).toBeLessThanOrEqual(alarmLimits.ruleLength);
  expect(new Set([...body.rule.matchAll(/ALARM\("([^"]*)"\)/g)].map(([, child]) => child))).toEqual(new Set(names));
  for (const { alarm } of body.children) expectWithinLimits(alarm);
}

describe("for every alert", () => {
  test("there is an alarm within all limits, or a sentence that says why there is none", () => {
    const count = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(rule, (each) => {
        const alarm = cloudwatchAlarm(each, service);
        if (alarm.ok) {
          count.accepted += 1;
          expectAlarm(alarm.value);
        } else {
          count.refused += 1;
          expect(alarm.error).toMatch(/\w{3,}/);
          expect(alarm.error).not.toMatch(/undefined|\[object|unhandled|unchecked/);
        }
      }),
      { numRuns: 3000 },
    );
    expect(count.accepted).toBeGreaterThan(300);
    expect(count.refused).toBeGreaterThan(300);
  });

  test("the same alert is the same alarm", () => {
    fc.assert(
      fc.property(rule, (each) => {
        expect(cloudwatchAlarm({ ...each }, service)).toEqual(cloudwatchAlarm(each, service));
      }),
      { numRuns: 100 },
    );
  });
});

describe("units", () => {
  const ofUnit = (own: MetricUnit, inCloudwatch: MetricUnit): Expression => ({
    kind: "value",
    of: {
      metric: {
        type: "gauge",
        name: "g",
        prometheus: false,
        help: "",
        unit: own,
        labels: {},
        cloudwatch: { namespace: "Shop", name: "G", statistic: "Average", dimensions: {}, unit: inCloudwatch },
      },
      where: [],
    },
    aggregation: "avg",
    by: [],
  });

  const thresholdOf = (expression: Expression, threshold: Quantity): number | string => {
    const alarm = cloudwatchAlarm(
      { ...base, condition: { kind: "compare", expression, comparison: ">", threshold } },
      service,
    );
    if (!alarm.ok) return alarm.error;
    const { body } = alarm.value;
    return body.kind === "metric" && body.alarm.threshold.kind === "number" ? body.alarm.threshold.value : "composite";
  };

  test("a threshold is exactly the same amount in the unit that CloudWatch holds", () => {
    fc.assert(
      fc.property(unit, unit, fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 6 }), (own, cw, n, e) => {
        fc.pre(metricUnits[own].dimension === metricUnits[cw].dimension);
        const value = new Big(n).div(new Big(10).pow(e));
        const threshold = thresholdOf(ofUnit(own, cw), { dimension: metricUnits[own].dimension, value, text: "" });
        expect(new Big(threshold).times(metricUnits[cw].factor).toFixed()).toBe(value.toFixed());
      }),
    );
  });

  test("of another dimension is refused", () => {
    expect(thresholdOf(ofUnit("seconds", "bytes"), checked(parseQuantity("1s")))).toBe(
      "g is a time, but its unit in CloudWatch is a information; correct one of them",
    );
  });

  test.each([
    ["5%", 5],
    ["0.1%", 0.1],
    ["99.95%", 99.95],
  ])("a share of %s reads as it was written", (text, expected) => {
    const expression: Expression = {
      kind: "ratio",
      numerator: held.errors.rate("5m").expression,
      denominator: held.requests.rate("5m").expression,
    };
    expect(thresholdOf(expression, checked(parseQuantity(text)))).toBe(expected);
  });
});
