import { parseNumber } from "./durations";
import type { PromqlExpr, TextSpan } from "./query";
import { child, childrenNamed, type SyntaxNode } from "./syntax-tree";
import { spanOf, textOf, type Walk } from "./walk";

const MODIFIERS: ReadonlySet<string> = new Set([
  "MatrixSelector",
  "SubqueryExpr",
  "OffsetExpr",
  "StepInvariantExpr",
  "AnchoredExpr",
  "SmoothedExpr",
]);

/** Whether a node changes the time that the expression before it looks at. */
export const isModifier = (node: SyntaxNode): boolean => MODIFIERS.has(node.name);

/**
 * Apply a range, an offset, a fixed time or an extension to what stands before it (Prometheus: querying basics, "Range vector
 * selectors", "Offset modifier", "@ modifier", "Subquery"). `bare`: the operand does not stand in parentheses. `earlier`: the
 * modifiers between the operand and this one.
 */
export function applyModifier(
  walk: Walk,
  operand: PromqlExpr,
  node: SyntaxNode,
  bare: boolean,
  earlier: readonly SyntaxNode[],
): PromqlExpr {
  // The operand's own start, because the grammar's node may start at an operand further left.
  const at: TextSpan = { offset: operand.offset, length: node.to - operand.offset };
  switch (node.name) {
    case "MatrixSelector":
      return applyRange(walk, operand, node, at, bare, earlier);
    case "SubqueryExpr":
      return applySubquery(walk, operand, node, at);
    case "OffsetExpr":
      checkMovable(walk, operand, node, `"offset"`, bare, earlier);
      checkOffset(walk, child(node, "OffsetDurationExpr"));
      return { ...operand, ...at };
    case "StepInvariantExpr":
      checkMovable(walk, operand, node, `"@"`, bare, earlier);
      checkTime(walk, child(node, "NumberDurationLiteral"));
      return { ...operand, ...at };
    default:
      return applyExtension(walk, operand, node, at, earlier);
  }
}

function applyRange(
  walk: Walk,
  operand: PromqlExpr,
  node: SyntaxNode,
  at: TextSpan,
  bare: boolean,
  earlier: readonly SyntaxNode[],
): PromqlExpr {
  const duration = child(node, "DurationExpr");
  const rangeSeconds = readRange(walk, duration);
  if (operand.kind !== "selector" || operand.type === "matrix" || !bare) {
    const help =
      operand.type === "vector" ? " To look at an expression over time, make it a subquery, such as (…)[30m:1m]." : "";
    walk.report(`Only a series selector can have a range.${help}`, operand);
    return { ...operand, type: "matrix", ...at };
  }
  const moved = earlier.find((other) => movesInTime(walk, other));
  if (moved !== undefined)
    walk.report("The range belongs right after the selector, before offset and @.", spanOf(moved));
  const selector = { ...operand.selector, ...(rangeSeconds === undefined ? {} : { rangeSeconds }), ...at };
  return { ...operand, type: "matrix", selector, ...at };
}

function applySubquery(walk: Walk, operand: PromqlExpr, node: SyntaxNode, at: TextSpan): PromqlExpr {
  const [range = null, step = null] = childrenNamed(node, "DurationExpr");
  const rangeSeconds = readRange(walk, range);
  readRange(walk, step);
  if (operand.type !== "vector") walk.report("A subquery is made of an instant vector.", operand);
  return {
    kind: "subquery",
    type: "matrix",
    of: operand,
    ...(rangeSeconds === undefined ? {} : { rangeSeconds }),
    ...at,
  };
}

function applyExtension(
  walk: Walk,
  operand: PromqlExpr,
  node: SyntaxNode,
  at: TextSpan,
  earlier: readonly SyntaxNode[],
): PromqlExpr {
  const extension = node.name === "AnchoredExpr" ? "anchored" : "smoothed";
  walk.experimental(extension);
  if (operand.kind !== "selector") {
    walk.report(`"${extension}" belongs to a series selector.`, operand);
    return operand;
  }
  if (earlier.some(({ name }) => name === "AnchoredExpr" || name === "SmoothedExpr"))
    walk.report(`Use "anchored" or "smoothed", and once.`, at);
  return { ...operand, extension, ...at };
}

function checkMovable(
  walk: Walk,
  operand: PromqlExpr,
  node: SyntaxNode,
  word: string,
  bare: boolean,
  earlier: readonly SyntaxNode[],
): void {
  if ((operand.kind !== "selector" && operand.kind !== "subquery") || (!bare && earlier.length === 0)) {
    walk.report(`${word} belongs to a selector or a subquery: write it inside, right after the series.`, operand);
  } else if (earlier.some((other) => other.name === node.name && !isZeroOffset(walk, other))) {
    walk.report(`${word} stands here twice.`, { offset: operand.offset, length: node.to - operand.offset });
  }
}

/** Whether a modifier keeps a range from following: an offset of nothing does not, nor does the query's own start or end. */
const movesInTime = (walk: Walk, node: SyntaxNode): boolean =>
  node.name === "OffsetExpr" ? !isZeroOffset(walk, node) : child(node, "AtModifierPreprocessors") === null;

/** An offset of nothing, which Prometheus takes for none. */
const isZeroOffset = (walk: Walk, node: SyntaxNode): boolean =>
  node.name === "OffsetExpr" && readDuration(walk, child(node, "OffsetDurationExpr")) === 0;

function checkOffset(walk: Walk, node: SyntaxNode | null): void {
  const seconds = readDuration(walk, node);
  if (node !== null && seconds !== undefined && !Number.isFinite(seconds))
    walk.report("An offset must have an end.", spanOf(node));
}

function checkTime(walk: Walk, node: SyntaxNode | null): void {
  if (node !== null && !Number.isFinite(parseNumber(textOf(walk, node)))) walk.report("This is no time.", spanOf(node));
}

/** The length of a range or step, which must be positive; undefined when only known at run time. */
function readRange(walk: Walk, node: SyntaxNode | null): number | undefined {
  const seconds = readDuration(walk, node);
  if (node !== null && seconds === Number.POSITIVE_INFINITY) walk.report("A range must end somewhere.", spanOf(node));
  if (node !== null && seconds !== undefined && !(seconds > 0))
    walk.report("A range must be longer than 0.", spanOf(node));
  return seconds;
}

/** Seconds of a duration or a calculation with durations; undefined when it depends on the query's step or range. */
function readDuration(walk: Walk, node: SyntaxNode | null): number | undefined {
  if (node === null) return undefined;
  const literal = child(node, "NumberDurationLiteralInDurationContext");
  const sign = child(node, "UnaryOp");
  const inner = [...childrenNamed(node, "DurationExpr"), ...childrenNamed(node, "OffsetDurationExpr")];
  if (literal !== null) return parseNumber(textOf(walk, literal));
  if (sign === null || node.name === "DurationExpr") walk.experimental("duration expression");
  const values = inner.map((child) => readDuration(walk, child));
  const [left, right] = values;
  if (left === undefined || values.includes(undefined)) return undefined;
  if (sign !== null) return textOf(walk, sign) === "-" ? -left : left;
  if (right === undefined) return left;
  return calculate(node, left, right);
}

function calculate(node: SyntaxNode, left: number, right: number): number {
  const operators = ["Add", "Sub", "Mul", "Div", "Mod", "Pow", "DurationMinOf", "DurationMaxOf"];
  switch (operators.find((name) => child(node, name) !== null)) {
    case "Add":
      return left + right;
    case "Sub":
      return left - right;
    case "Mul":
      return left * right;
    case "Div":
      return left / right;
    case "Mod":
      return left % right;
    case "Pow":
      return left ** right;
    case "DurationMinOf":
      return Math.min(left, right);
    default:
      return Math.max(left, right);
  }
}
