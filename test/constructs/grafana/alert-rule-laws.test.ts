import { describe, expect, test } from "@jest/globals";
import Big from "big.js";
import fc from "fast-check";
import { type GrafanaAlertRule, grafanaAlertRule } from "../../../constructs/grafana/alert-rule";
import { compileCondition } from "../../../constructs/prometheus/compile-condition";
import { parsePromql } from "../../../languages/promql/parse";
import { alert } from "../../../model/alert";
import { type AlertRule, defaultRecovery } from "../../../model/alert-rule";
import { type Comparison, isUpper } from "../../../model/comparison";
import type { DefiniteCondition } from "../../../model/definite-condition";
import { dimensionOf, type Expression, selectionsOf } from "../../../model/expression";
import type { Quantity } from "../../../model/quantity";
import { checked, type Result } from "../../../model/result";
import { exampleEstate, exampleService } from "../../support/example";
import { expression } from "../prometheus/expressions";
import { firing, modelsOf, promqlOf } from "./alert-evaluator";
import { firstService } from "./dashboard-json";

const estate = firstService(
  exampleEstate("prod", [
    exampleService({
      alerts: [
        alert("Example", {
          when: "memory > 1GB",
          for: "5m",
          severity: "SEV-2",
          summary: "{value} it is",
          runbook: "https://runbooks.example.com/example",
          evaluator: "grafana",
        }),
      ],
    }),
  ]),
);
const [example] = estate.alerts;
if (example === undefined) throw new Error("the example has one alert");
const { recovery: _recovery, ...base } = example;

const ruleOf = (condition: DefiniteCondition, recovery?: Quantity): AlertRule => ({
  ...base,
  condition,
  ...(recovery === undefined ? {} : { recovery }),
});

const comparison = fc.constantFrom<Comparison>(">", ">=", "<", "<=");
const whole = fc.oneof(fc.integer({ min: -2000, max: 2000 }), fc.constant(0));

/** A quantity that may be compared with an expression. */
const quantityFor = (of: Expression, amount: number): Quantity => {
  const dimension = dimensionOf(of);
  const counted = dimension === "frequency" || dimension === "throughput";
  return {
    dimension,
    value: new Big(amount).div(4),
    ...(counted ? { per: "minute" as const } : {}),
    text: `${amount}`,
  };
};

const compare: fc.Arbitrary<Extract<DefiniteCondition, { kind: "compare" }>> = fc
  .tuple(expression, comparison, whole)
  .map(([of, compared, amount]) => ({
    kind: "compare",
    expression: of,
    comparison: compared,
    threshold: quantityFor(of, amount),
  }));

const outside: fc.Arbitrary<Extract<DefiniteCondition, { kind: "outside" }>> = fc
  .tuple(expression, whole, fc.integer({ min: 1, max: 999 }))
  .map(([of, low, width]) => ({
    kind: "outside",
    expression: of,
    low: quantityFor(of, low),
    high: quantityFor(of, low + width),
  }));

const leaf: fc.Arbitrary<DefiniteCondition> = fc.oneof(
  compare,
  outside,
  expression.chain((of) =>
    fc.constantFrom(...selectionsOf(of)).map((selection) => ({ kind: "absent" as const, of: selection })),
  ),
  fc.tuple(expression, fc.constantFrom("above", "below", "either")).map(([of, direction]) => ({
    kind: "anomaly" as const,
    expression: of,
    deviations: 3,
    baseline: "1w" as const,
    direction,
  })),
  fc.constantFrom("sum(up) == 0", "up < 1 and on () vector(1)").map((text) => ({
    kind: "raw" as const,
    language: "promql" as const,
    text,
  })),
  fc.constant({ kind: "raw" as const, language: "datadog" as const, text: "avg(last_5m):avg:x{*} > 1" }),
);

const condition: fc.Arbitrary<DefiniteCondition> = fc.oneof(
  leaf,
  fc
    .tuple(fc.constantFrom("and", "or", "unless"), leaf, leaf)
    .map(([kind, left, right]) => ({ kind, left, right }) as const),
);

const rendered = (rule: AlertRule): Result<GrafanaAlertRule> => grafanaAlertRule(rule, estate);

test("any condition is a rule whose PromQL our parser accepts, or a refusal that says what Grafana cannot", () => {
  let accepted = 0;
  fc.assert(
    fc.property(
      condition,
      fc.oneof(
        { weight: 4, arbitrary: fc.constant("ok" as const) },
        fc.constantFrom("keep" as const, "alert" as const),
      ),
      fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.constant(600)),
      (any, noData, keepFiringSeconds) => {
        const result = rendered({ ...ruleOf(any), noData, keepFiringSeconds });
        if (!result.ok) {
          expect(result.error).toMatch(/^Grafana /);
          return;
        }
        accepted += 1;
        expect(parsePromql(promqlOf(result.value))).toMatchObject({ ok: true, value: { type: "vector" } });
        expect(modelsOf(result.value).query).toMatchObject({ datasource: { uid: "prod-prometheus" } });
      },
    ),
    { numRuns: 300 },
  );
  expect(accepted).toBeGreaterThan(50);
});

/** Numbers around a threshold, and those that are none. */
const around = (...limits: readonly number[]): fc.Arbitrary<number> =>
  fc.oneof(
    fc.constantFrom(...limits),
    fc.constantFrom(...limits).chain((limit) => fc.double({ min: -3, max: 3, noNaN: true }).map((by) => limit + by)),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0),
    fc.double(),
  );

/** What PromQL's own text says of a number on its left side. */
function holds(text: string, value: number): boolean {
  const parsed = parsePromql(text);
  if (!parsed.ok) throw new Error(text);
  const { expr } = parsed.value;
  if (expr.kind !== "binary") throw new Error(`no comparison: ${text}`);
  const at = (part: { readonly offset: number; readonly length: number }): string =>
    text.slice(part.offset, part.offset + part.length);
  if (expr.op === "or") return holds(at(expr.left), value) || holds(at(expr.right), value);
  const limit = Number(at(expr.right));
  if (Number.isNaN(limit)) throw new Error(`no number: ${text}`);
  switch (expr.op) {
    case ">":
      return value > limit;
    case ">=":
      return value >= limit;
    case "<":
      return value < limit;
    case "<=":
      return value <= limit;
    default:
      throw new Error(`no comparison: ${expr.op}`);
  }
}

/** The left sides that a condition compares. */
const measuredIn = (text: string): readonly string[] => {
  const parsed = parsePromql(text);
  if (!parsed.ok || parsed.value.expr.kind !== "binary") throw new Error(text);
  const { op, left, right } = parsed.value.expr;
  const at = (part: typeof left): string => text.slice(part.offset, part.offset + part.length);
  return op === "or" ? [...measuredIn(at(left)), ...measuredIn(at(right))] : [at(left)];
};

const nobody: ReadonlySet<string> = new Set();
const fires = (rule: GrafanaAlertRule, value: number, before = nobody): boolean =>
  firing(rule, new Map([["x", value]]), before).has("x");

describe("the threshold says of every number what Prometheus' condition says", () => {
  const limitsOf = (rule: GrafanaAlertRule): readonly number[] =>
    modelsOf(rule).expressions.flatMap((model) =>
      model.type === "threshold" ? model.conditions.flatMap(({ evaluator: { params } }) => [...params]) : [],
    );

  test.each([
    ["compare", compare],
    ["outside", outside],
  ])("%s", (_kind, conditions) => {
    fc.assert(
      fc.property(
        fc
          .oneof(conditions)
          .map((any) => ({ any, rule: checked(rendered(ruleOf(any))) }))
          .chain(({ any, rule }) =>
            fc.record({ any: fc.constant(any), rule: fc.constant(rule), value: around(...limitsOf(rule)) }),
          ),
        ({ any, rule, value }) => {
          const text = checked(compileCondition(any, { service: "shop" }));
          expect(new Set(measuredIn(text))).toEqual(new Set([promqlOf(rule)]));
          expect(fires(rule, value)).toBe(holds(text, value));
        },
      ),
      { numRuns: 500 },
    );
  });
});

test("a series that fires goes on until it is back at its recovery, and then must cross the threshold anew", () => {
  fc.assert(
    fc.property(
      compare.map((any) => {
        const { comparison: compared, threshold } = any;
        const recovery = defaultRecovery(compared, threshold);
        const atThreshold = checked(compileCondition(any, { service: "shop" }));
        const atRecovery = checked(compileCondition({ ...any, threshold: recovery }, { service: "shop" }));
        const limitIn = (text: string): number => Number(text.slice(text.lastIndexOf(" ") + 1));
        return {
          rule: checked(rendered(ruleOf(any, recovery))),
          upper: isUpper(compared),
          atThreshold,
          limit: limitIn(atThreshold),
          back: limitIn(atRecovery),
        };
      }),
      fc.array(fc.oneof(fc.double({ min: -0.5, max: 1.5, noNaN: true }), fc.constantFrom(0, 1)), { maxLength: 30 }),
      ({ rule, upper, atThreshold, limit, back }, course) => {
        const hysteresis = upper ? back < limit : back > limit;
        let expected = false;
        let before: ReadonlySet<string> = nobody;
        for (const share of course) {
          // Exactly the recovery at 0, exactly the threshold at 1, both sides and between.
          const value = share === 0 ? back : share === 1 ? limit : back + share * (limit - back);
          const stillOut = hysteresis && (upper ? value > back : value < back);
          expected = expected && hysteresis ? stillOut : holds(atThreshold, value);
          before = firing(rule, new Map([["x", value]]), before);
          expect(before.has("x")).toBe(expected);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("series fire and recover apart", () => {
  const rule = checked(rendered(example));
  const numbers = (a: number, b: number) => new Map(Object.entries({ a: a * 1e9, b: b * 1e9 }));
  const first = firing(rule, numbers(0.95, 1.1), nobody);
  expect([...first]).toEqual(["b"]);
  expect([...firing(rule, numbers(0.95, 0.95), first)]).toEqual(["b"]);
  expect([...firing(rule, numbers(1.1, 0.9), first)]).toEqual(["a"]);
});

test("a whole PromQL condition fires for every series that it returns, whatever its number, and for no other", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.oneof(fc.double(), fc.constantFrom(0, Number.NaN))),
      fc.array(fc.string()),
      (returned, before) => {
        const rule = checked(rendered(ruleOf({ kind: "raw", language: "promql", text: "up == 0" })));
        const series = Object.entries(returned);
        expect(firing(rule, new Map(series), new Set(before))).toEqual(new Set(series.map(([name]) => name)));
      },
    ),
  );
});
