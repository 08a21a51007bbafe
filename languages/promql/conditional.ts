import { isComparisonOperator, type PromqlExpr } from "./query";

/**
 * Whether an expression returns nothing until a comparison holds or a series is absent: what makes it an alert condition.
 * A comparison with `bool` always returns something, and so do a series, `vector()` and `scalar()` by themselves.
 */
export function isConditional(expr: PromqlExpr): boolean {
  switch (expr.kind) {
    case "number":
    case "string":
    case "selector":
      return false;
    case "subquery":
    case "unary":
    case "aggregate":
      return isConditional(expr.of);
    case "call":
      return isConditionalCall(expr.name, expr.args);
    case "binary":
      if (expr.op === "or" || expr.fill) return isConditional(expr.left) && isConditional(expr.right);
      if (isComparisonOperator(expr.op) && !expr.bool) return true;
      return isConditional(expr.left) || isConditional(expr.right);
  }
}

function isConditionalCall(name: string, args: readonly PromqlExpr[]): boolean {
  switch (name) {
    case "absent":
    case "absent_over_time":
      return true;
    // A number is there even when its vector is empty.
    case "scalar":
    case "vector":
      return false;
    default:
      return args.some(isConditional);
  }
}
