import { type PromqlProblem, problem } from "./problem";
import { operands, type PromqlExpr, type PromqlQuery } from "./query";

/**
 * topk and its like where the series themselves come out: which ones these are changes from one evaluation to the next, so that
 * alerts resolve and fire anew, and recorded series have gaps. Aggregated further, as in `sum(topk(3, x))`, they do no harm.
 */
export const checkTopk = ({ expr, functions }: PromqlQuery): readonly PromqlProblem[] =>
  functions.some((name) => PICKING.has(name)) ? fragileIn(expr) : [];

const PICKING: ReadonlySet<string> = new Set(["topk", "bottomk", "limitk", "limit_ratio"]);

function fragileIn(expr: PromqlExpr): readonly PromqlProblem[] {
  if (expr.kind !== "aggregate") {
    // The right side of "and" and "unless" only decides, and the one of group_left is often picked so that it is one.
    if (expr.kind === "binary" && (expr.op === "and" || expr.op === "unless" || expr.matching?.group?.side === "left"))
      return fragileIn(expr.left);
    if (expr.kind === "binary" && expr.matching?.group?.side === "right") return fragileIn(expr.right);
    return operands(expr).flatMap(fragileIn);
  }
  switch (expr.op) {
    case "topk":
    case "bottomk":
    case "limitk":
    case "limit_ratio":
      return [
        problem(
          "fragile-topk",
          expr,
          `Which series ${expr.op} picks changes with each evaluation, so that "for" starts anew; aggregate all of them, or compare each with a threshold.`,
        ),
      ];
    default:
      return [];
  }
}
