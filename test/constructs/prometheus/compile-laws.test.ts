import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compilePromql } from "../../../constructs/prometheus/compile";
import { compileCondition } from "../../../constructs/prometheus/compile-condition";
import { resultFactor } from "../../../constructs/prometheus/unit";
import { parsePromql } from "../../../languages/promql/parse";
import type { PromqlExpr } from "../../../languages/promql/query";
import { compileRe2 } from "../../../languages/promql/re2";
import { dimensionOf, type Expression } from "../../../model/expression";
import { type Indicator, type MatcherValue, startsWith } from "../../../model/indicator";
import { upTo } from "../../../model/metric";
import { exampleOf, parseQuantity } from "../../../model/quantity";
import { checked } from "../../../model/result";
import { counter } from "../../../model/telemetry";
import { expression, labelValue } from "./expressions";

const requests = counter("http_requests_total", { help: "", unit: "requests", labels: { status: upTo(60, "200") } });
const scope = { service: "shop" };
const compiled = (indicator: Indicator) => compilePromql(indicator.expression, scope);

/** A number for a series: always the same one for the same text, and above zero, so that every ratio has a value. */
const valueOfSeries = (text: string): number =>
  1 + ([...text].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 997, 0) % 97) / 10;

function valueOfPromql(expr: PromqlExpr, text: string): number {
  if (expr.kind === "number") return expr.value;
  if (expr.kind !== "binary") return valueOfSeries(text.slice(expr.offset, expr.offset + expr.length));
  const [left, right] = [valueOfPromql(expr.left, text), valueOfPromql(expr.right, text)];
  switch (expr.op) {
    case "/":
      return left / right;
    case "*":
      return left * right;
    case "-":
      return left - right;
    case ">":
      return left;
    default:
      throw new Error(`unexpected operator ${expr.op}`);
  }
}

function valueOfTree(tree: Expression, leaf: (tree: Expression) => number): number {
  const inBase = (of: Expression): number => valueOfTree(of, leaf) * resultFactor(of).toNumber();
  if (tree.kind === "ratio") return inBase(tree.numerator) / inBase(tree.denominator);
  if (tree.kind === "complement") return 1 - inBase(tree.of);
  return leaf(tree);
}

describe("for every expression", () => {
  test("PromQL's parser accepts it, as a vector of the service's own series", () => {
    fc.assert(
      fc.property(expression, (tree) => {
        const parsed = parsePromql(checked(compilePromql(tree, scope)));
        expect(parsed).toMatchObject({ ok: true, value: { type: "vector", experimental: [] } });
        if (!parsed.ok) return;
        expect(parsed.value.selectors.length).toBeGreaterThan(0);
        for (const { matchers } of parsed.value.selectors) {
          expect(matchers[0]).toMatchObject({ label: "job", op: "=", value: "shop" });
        }
      }),
      { numRuns: 500 },
    );
  });

  test("its parentheses say what the tree says", () => {
    const valued = (text: string): number => {
      const parsed = parsePromql(text);
      if (!parsed.ok) throw new Error(text);
      return valueOfPromql(parsed.value.expr, text);
    };
    fc.assert(
      fc.property(expression, (tree) => {
        const text = checked(compilePromql(tree, scope));
        expect(valued(text)).toBeCloseTo(
          valueOfTree(tree, (leaf) => valued(checked(compilePromql(leaf, scope)))),
          6,
        );
      }),
    );
  });

  test("a condition on it is a comparison, as an alert needs", () => {
    fc.assert(
      fc.property(expression, fc.constantFrom(">", ">=", "<", "<="), (tree, comparison) => {
        const threshold = checked(parseQuantity(exampleOf[dimensionOf(tree)]));
        const text = checked(compileCondition({ kind: "compare", expression: tree, comparison, threshold }, scope));
        expect(parsePromql(text)).toMatchObject({ ok: true, value: { isComparison: true } });
      }),
    );
  });

  test("a selected value arrives as it was meant, whatever is in it", () => {
    fc.assert(
      fc.property(labelValue, (value) => {
        const parsed = parsePromql(checked(compiled(requests.where({ status: value }).rate("5m"))));
        expect(parsed.ok && parsed.value.selectors[0]?.matchers[1]?.value).toBe(value);
      }),
    );
  });

  test("a prefix and a choice match those texts and no others", () => {
    const patternOf = (value: MatcherValue): RegExp => {
      const parsed = parsePromql(checked(compiled(requests.where({ status: value }).rate("5m"))));
      const regex = compileRe2(parsed.ok ? (parsed.value.selectors[0]?.matchers[1]?.value ?? "") : "");
      if (!regex.ok) throw new Error(JSON.stringify(regex.diagnostics));
      return regex.value;
    };
    fc.assert(
      fc.property(labelValue, labelValue, labelValue, (one, other, text) => {
        const prefix = patternOf(startsWith(one));
        const choice = patternOf({ oneOf: [one, other] });
        expect([prefix.test(one + text), prefix.test(text)]).toEqual([true, text.startsWith(one)]);
        expect([choice.test(one), choice.test(other), choice.test(text)]).toEqual([
          true,
          true,
          text === one || text === other,
        ]);
      }),
    );
  });
});
