import { type Comparison, comparisonWords } from "./comparison";
import {
  type AnomalyDirection,
  type Baseline,
  defaultBaseline,
  type LogicalOperator,
  logicalOperators,
} from "./condition";
import { fail, ok, type Result } from "./result";

/** A condition in words, read but not yet looked up: indicators are names and thresholds texts. */
export type SpokenCondition =
  | {
      readonly kind: "compare";
      readonly indicator: string;
      readonly comparison: Comparison;
      readonly threshold: string;
    }
  | { readonly kind: "outside"; readonly indicator: string; readonly low: string; readonly high: string }
  | { readonly kind: "absent"; readonly indicator: string }
  | ({ readonly kind: "anomaly"; readonly indicator: string; readonly baseline: string } & Omit<Baseline, "baseline">)
  | { readonly kind: LogicalOperator; readonly left: SpokenCondition; readonly right: SpokenCondition };

const name = String.raw`([A-Za-z_][\w.-]*)`;
const absence = new RegExp(`^${name}\\s+(?:is\\s+)?absent$`);
const range = new RegExp(`^${name}\\s+outside\\s+(.*?)\\s*\\.\\.\\s*(.*)$`);
const deviation = new RegExp(
  `^${name}\\s+deviates(?:\\s+(above|below))?(?:\\s+by)?\\s+(\\d+(?:\\.\\d+)?)\\s+sigma(?:\\s+from\\s+(\\S+))?$`,
);
const comparison = new RegExp(`^${name}\\s*(>=|<=|>|<|above\\b|at least\\b|below\\b|at most\\b)?\\s*(.*)$`);

const directions: Readonly<Record<string, AnomalyDirection>> = { above: "above", below: "below" };

function parseSimple(text: string): Result<SpokenCondition> {
  const [, absentName] = absence.exec(text) ?? [];
  if (absentName !== undefined) return ok({ kind: "absent", indicator: absentName });

  const [, rangeName, low = "", high = ""] = range.exec(text) ?? [];
  if (rangeName !== undefined) {
    return low === "" || high === ""
      ? fail(`"${text}" has half a range; write both ends, such as ${rangeName} outside 10%..90%`)
      : ok({ kind: "outside", indicator: rangeName, low, high });
  }
  const [, deviating, direction = "", deviations, baseline = defaultBaseline] = deviation.exec(text) ?? [];
  if (deviating !== undefined) {
    return ok({
      kind: "anomaly",
      indicator: deviating,
      deviations: Number(deviations),
      direction: directions[direction] ?? "either",
      baseline,
    });
  }
  const [, indicator, word = "", threshold = ""] = comparison.exec(text) ?? [];
  if (indicator === undefined)
    return fail(`"${text}" is not a condition; write an indicator, a comparison and a threshold`);
  const compared = comparisonWords[word];
  if (compared === undefined) return fail(`"${text}" has no comparison; write >, >=, < or <= after "${indicator}"`);
  if (threshold === "") return fail(`"${text}" has no threshold; write a quantity after "${word}"`);
  return ok({ kind: "compare", indicator, comparison: compared, threshold });
}

const isOperator = (text: string): text is LogicalOperator => logicalOperators.some((known) => known === text);

/** The words of a condition between its parentheses and operators, with those, in order. */
const piecesOf = (text: string): readonly string[] =>
  text
    .split(/(\(|\)|\b(?:and|or|unless)\b)/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "");

/** `and` and `unless` bind tighter than `or`, and all of them from the left, as in PromQL. */
const bindingOf: Readonly<Record<LogicalOperator, number>> = { or: 1, and: 2, unless: 2 };

/**
 * Reads `p95_latency > 1000ms`, `cpu_usage outside 10%..90%`, `request_rate deviates below by 3 sigma`, `heartbeat absent`, and such
 * conditions joined by `and`, `or`, `unless` and parentheses.
 */
export function parseSpoken(text: string): Result<SpokenCondition> {
  const pieces = piecesOf(text);
  let next = 0;

  function operand(): Result<SpokenCondition> {
    const piece = pieces[next];
    if (piece === undefined || isOperator(piece) || piece === ")") {
      return fail(`"${text}" is not a condition; write an indicator, a comparison and a threshold`);
    }
    next += 1;
    if (piece !== "(") return parseSimple(piece);
    const inner = chain(1);
    if (!inner.ok) return inner;
    if (pieces[next] !== ")") return fail(`"${text}" has a parenthesis that is not closed`);
    next += 1;
    return inner;
  }

  function chain(binding: number): Result<SpokenCondition> {
    let left = operand();
    for (;;) {
      const operator = pieces[next];
      if (!left.ok || operator === undefined || !isOperator(operator) || bindingOf[operator] < binding) return left;
      next += 1;
      const right = chain(bindingOf[operator] + 1);
      if (!right.ok) return right;
      left = ok({ kind: operator, left: left.value, right: right.value });
    }
  }

  const parsed = chain(1);
  if (!parsed.ok || next === pieces.length) return parsed;
  return fail(`"${text}" goes on where it should end; join conditions by "and", "or" or "unless"`);
}
