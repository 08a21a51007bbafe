import { type Behaviour, behaviourOf, type PromqlContract } from "./contract";
import type { AggregateExpr, BinaryExpr, PromqlExpr, PromqlSelector } from "./query";

/** A series whose own value reaches the outside of an expression, perhaps rounded, clamped or added to others. */
interface Level {
  readonly selector: PromqlSelector;
  readonly behaviour: Behaviour;
  /** Whether several series were made one on the way. */
  readonly aggregated: boolean;
}

/** Functions that give back the values they are given, at most rounded, scaled or picked from a range. */
const KEEPING: ReadonlySet<string> = new Set([
  ...[
    "abs",
    "ceil",
    "clamp",
    "clamp_max",
    "clamp_min",
    "floor",
    "ln",
    "log10",
    "log2",
    "round",
    "scalar",
    "sqrt",
    "vector",
  ],
  ...["sort", "sort_by_label", "sort_by_label_desc", "sort_desc", "label_join", "label_replace"],
  ...["avg_over_time", "first_over_time", "last_over_time", "max_over_time", "min_over_time", "quantile_over_time"],
  ...["sum_over_time"],
]);

/**
 * The series whose level an expression still shows. A rate, a count, an age or the difference of two series is another
 * quantity, so it shows none; where that is in doubt, none is shown either.
 */
export function levelsOf(expr: PromqlExpr, contract: PromqlContract): readonly Level[] {
  switch (expr.kind) {
    case "number":
    case "string":
      return [];
    case "selector":
      return [{ selector: expr.selector, behaviour: behaviourOf(expr.selector, contract), aggregated: false }];
    case "subquery":
    case "unary":
      return levelsOf(expr.of, contract);
    case "aggregate":
      return ofAggregate(expr, contract);
    case "call":
      return KEEPING.has(expr.name) ? expr.args.flatMap((argument) => levelsOf(argument, contract)) : [];
    case "binary":
      return ofBinary(expr, contract);
  }
}

function ofAggregate({ op, of }: AggregateExpr, contract: PromqlContract): readonly Level[] {
  switch (op) {
    case "count":
    case "count_values":
    case "group":
    case "stddev":
    case "stdvar":
      return [];
    case "limitk":
    case "limit_ratio":
      return levelsOf(of, contract);
    case "avg":
    case "bottomk":
    case "max":
    case "min":
    case "quantile":
    case "sum":
    case "topk":
      return levelsOf(of, contract).map((level) => ({ ...level, aggregated: true }));
  }
}

function ofBinary({ op, bool, left, right }: BinaryExpr, contract: PromqlContract): readonly Level[] {
  const scaled = left.type === "scalar" || right.type === "scalar";
  switch (op) {
    case "+":
    case "or":
      return [...levelsOf(left, contract), ...levelsOf(right, contract)];
    case "*":
    case "/":
      return scaled ? [...levelsOf(left, contract), ...levelsOf(right, contract)] : [];
    case "-":
      // Minus a number, a level is a level; minus a series, it is what happened in between.
      return right.type === "scalar" ? levelsOf(left, contract) : [];
    case "and":
    case "unless":
      return levelsOf(left, contract);
    case "==":
    case "!=":
    case ">":
    case "<":
    case ">=":
    case "<=":
      if (bool) return [];
      return left.type === "scalar" ? levelsOf(right, contract) : levelsOf(left, contract);
    case "%":
    case "^":
    case "atan2":
    case "</":
    case ">/":
      return [];
  }
}
