import { type DefiniteCondition, expandBurnRate, leavesOf } from "../model/definite-condition";
import type { Expression, Selection } from "../model/expression";
import { lookBackSeconds } from "../model/look-back";
import { never } from "../model/result";
import type { LeafExpression } from "./leaf-target";

/** The expressions that read series, in the order in which they are written. */
export function leafExpressions(expression: Expression): readonly LeafExpression[] {
  switch (expression.kind) {
    case "ratio":
      return [...leafExpressions(expression.numerator), ...leafExpressions(expression.denominator)];
    case "complement":
    case "time-share":
      return leafExpressions(expression.of);
    case "log-count":
      return [];
    case "value":
    case "rate":
    case "increase":
    case "quantile":
    case "fraction":
    case "forecast":
      return [expression];
    default:
      return never(expression);
  }
}

/** The expressions that a condition compares; the windows of a burn rate are two. */
export const comparedExpressions = (condition: DefiniteCondition): readonly Expression[] =>
  leavesOf(condition).flatMap((leaf): readonly Expression[] => {
    switch (leaf.kind) {
      case "compare":
      case "outside":
      case "anomaly":
        return [leaf.expression];
      case "burn-rate":
        return comparedExpressions(expandBurnRate(leaf));
      case "absent":
      case "raw":
        return [];
      default:
        return never(leaf);
    }
  });

/** The selections whose absence a condition is about. */
export const absentSelections = (condition: DefiniteCondition): readonly Selection[] =>
  leavesOf(condition).flatMap((leaf) => (leaf.kind === "absent" ? [leaf.of] : []));

/** The shortest window of the leaves that have one: samples must be denser than that. */
export const shortestWindow = (expressions: readonly Expression[]): number =>
  Math.min(
    ...expressions
      .flatMap(leafExpressions)
      .map(lookBackSeconds)
      .filter((seconds) => seconds > 0),
  );
