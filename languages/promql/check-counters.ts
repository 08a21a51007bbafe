import { type PromqlContract, said } from "./contract";
import { levelsOf } from "./levels";
import { type PromqlProblem, problem } from "./problem";
import { type BinaryExpr, type CallExpr, isComparisonOperator, type PromqlExpr } from "./query";

/** Functions for what only grows and starts again from zero (Prometheus: query functions). */
const FOR_COUNTERS: ReadonlySet<string> = new Set(["rate", "irate", "increase"]);
/** Functions for what goes up and down; on a counter, a restart looks like a fall. */
const FOR_GAUGES: ReadonlySet<string> = new Set([
  "delta",
  "deriv",
  "double_exponential_smoothing",
  "idelta",
  "predict_linear",
]);

/** Counters taken for gauges, and gauges for counters. */
export function checkCounters(expr: PromqlExpr, contract: PromqlContract): readonly PromqlProblem[] {
  const found: PromqlProblem[] = [];
  collect(expr, contract, false, found);
  return found;
}

/** `gate`: the expression only decides whether another one counts. */
function collect(expr: PromqlExpr, contract: PromqlContract, gate: boolean, into: PromqlProblem[]): void {
  switch (expr.kind) {
    case "number":
    case "string":
    case "selector":
      return;
    case "subquery":
    case "unary":
    case "aggregate":
      collect(expr.of, contract, gate, into);
      return;
    case "call":
      if (FOR_GAUGES.has(expr.name) || FOR_COUNTERS.has(expr.name)) into.push(...checkCall(expr, contract));
      for (const argument of expr.args) collect(argument, contract, gate, into);
      return;
    case "binary":
      if (isComparisonOperator(expr.op)) into.push(...checkComparison(expr, contract, gate));
      collect(expr.left, contract, gate, into);
      collect(expr.right, contract, gate || expr.op === "and" || expr.op === "unless", into);
      return;
  }
}

function checkCall({ name, args }: CallExpr, contract: PromqlContract): readonly PromqlProblem[] {
  const [range] = args;
  if (range === undefined) return [];
  const levels = levelsOf(range, contract);
  if (FOR_GAUGES.has(name)) {
    return levels
      .filter(({ behaviour }) => behaviour === "counter")
      .map(({ selector }) =>
        problem(
          "delta-of-counter",
          selector,
          `${name}() is for gauges, and ${said(selector, "counter", contract)}; use rate() or increase().`,
        ),
      );
  }
  return levels.flatMap(({ selector, behaviour, aggregated }) => {
    if (behaviour === "gauge")
      return [
        problem(
          "rate-of-gauge",
          selector,
          `${name}() is for counters, and ${said(selector, "gauge", contract)}; use delta() or deriv().`,
        ),
      ];
    if (behaviour !== "counter" || !aggregated) return [];
    return [
      problem(
        "rate-of-aggregate",
        selector,
        `${name}() must come before the aggregation, which hides the restarts of "${selector.metric}": sum(${name}(…)).`,
      ),
    ];
  });
}

/**
 * A counter's level compared with a number tells how long the process has run. Left out, because it may be meant: two series
 * compared with each other, `== 0` for "never yet", and a comparison with 0 that only asks whether there was anything at all.
 */
function checkComparison(expr: BinaryExpr, contract: PromqlContract, gate: boolean): readonly PromqlProblem[] {
  const { op, bool, left, right } = expr;
  const [bound, vector] = left.type === "scalar" ? [left, right] : [right, left];
  if (bound.type !== "scalar" || vector.type !== "vector") return [];
  if (bound.kind === "number" && bound.value === 0 && (op === "==" || bool || gate)) return [];
  return levelsOf(vector, contract)
    .filter(({ behaviour }) => behaviour === "counter")
    .map(({ selector }) =>
      problem(
        "counter-without-rate",
        selector,
        `${said(selector, "counter", contract)}, which only grows; compare its rate() or increase().`,
      ),
    );
}
