import { parseNumber } from "./durations";
import { applyModifier, isModifier } from "./modifiers";
import {
  BINARY_OPERATORS,
  type BinaryExpr,
  type CallExpr,
  type LabelReference,
  type PromqlExpr,
  type VectorMatching,
} from "./query";
import { checkRegex, readSelector } from "./selectors";
import { aggregationNamed, EXPERIMENTAL, signatures } from "./signatures";
import { child, childrenNamed, type SyntaxNode } from "./syntax-tree";
import { checkAggregation, checkBinary, checkCall } from "./type-rules";
import { spanOf, stringOf, textOf, type Walk } from "./walk";

/** The expression of a syntax tree without error nodes; what breaks a rule is reported, and the rest is still read. */
export const buildExpr = (walk: Walk, root: SyntaxNode): PromqlExpr => build(walk, child(root, "Expr"), []);

/**
 * `modifiers` are the ranges, offsets and times that follow the node in the text, nearest first. The grammar lets them take the
 * whole of `a + b offset 5m`, while Prometheus applies them to `b`, so they are handed down to the last operand.
 */
function build(walk: Walk, node: SyntaxNode | null, modifiers: readonly SyntaxNode[]): PromqlExpr {
  if (node === null) return { kind: "number", type: "scalar", value: Number.NaN, offset: 0, length: 0 };
  if (isModifier(node)) return build(walk, child(node, "Expr"), [node, ...modifiers]);
  if (node.name === "BinaryExpr") return buildBinary(walk, node, modifiers);
  if (node.name === "UnaryExpr") return buildUnary(walk, node, modifiers);
  const bare = node.name !== "ParenExpr";
  return modifiers.reduce(
    (expr, modifier, index) => applyModifier(walk, expr, modifier, bare, modifiers.slice(0, index)),
    buildOperand(walk, node),
  );
}

function buildOperand(walk: Walk, node: SyntaxNode): PromqlExpr {
  switch (node.name) {
    case "StringLiteral":
      return { kind: "string", type: "string", value: stringOf(walk, node), ...spanOf(node) };
    case "VectorSelector":
      return { kind: "selector", type: "vector", selector: readSelector(walk, node, false), ...spanOf(node) };
    case "AggregateExpr":
      return buildAggregate(walk, node);
    case "FunctionCall":
      return buildCall(walk, node);
    case "ParenExpr":
      return build(walk, child(node, "Expr"), []);
    default:
      return readNumber(walk, node);
  }
}

function readNumber(walk: Walk, node: SyntaxNode): PromqlExpr {
  const text = textOf(walk, node);
  // The grammar ends a number where a letter comes, Prometheus does not.
  const rest = /^[\w.:]+/.exec(walk.text.slice(node.to, node.to + 40))?.[0];
  if (rest !== undefined)
    walk.report(`"${text}${rest}" is no number; put a space after ${text}.`, spanOf(node), "syntax");
  return { kind: "number", type: "scalar", value: parseNumber(text), ...spanOf(node) };
}

/** From the start of the node to the end of its last operand, which modifiers may have lengthened. */
const reaching = (node: SyntaxNode, last: PromqlExpr) => ({
  offset: node.from,
  length: Math.max(node.to, last.offset + last.length) - node.from,
});

/** The sign or name that a node begins with. */
function firstWord(walk: Walk, { children: [first] }: SyntaxNode): string {
  return first === undefined ? "" : textOf(walk, first);
}

function buildUnary(walk: Walk, node: SyntaxNode, modifiers: readonly SyntaxNode[]): PromqlExpr {
  const of = build(walk, child(node, "Expr"), modifiers);
  const negative = firstWord(walk, node) === "-";
  if (of.kind === "number") return { ...of, value: negative ? -of.value : of.value, ...reaching(node, of) };
  const expr: PromqlExpr = {
    kind: "unary",
    type: of.type === "scalar" ? "scalar" : "vector",
    of,
    ...reaching(node, of),
  };
  if (of.type !== "scalar" && of.type !== "vector") walk.report("Only numbers and instant vectors have a sign.", expr);
  return expr;
}

function buildBinary(walk: Walk, node: SyntaxNode, modifiers: readonly SyntaxNode[]): PromqlExpr {
  const { children } = node;
  const left = build(walk, children[0] ?? null, []);
  const right = build(walk, children.at(-1) ?? null, modifiers);
  const operator = children[1] ?? null;
  const word = operator === null ? "" : textOf(walk, operator).toLowerCase();
  const matching = readMatching(walk, child(node, "MatchingModifierClause"));
  const parts = {
    op: BINARY_OPERATORS.find((op) => op === word) ?? "+",
    bool: child(node, "BoolModifier") !== null,
    fill: child(node, "FillModifier") !== null,
    left,
    right,
  };
  const scalar = left.type === "scalar" && right.type === "scalar";
  const expr: BinaryExpr = {
    kind: "binary",
    type: scalar ? "scalar" : "vector",
    ...parts,
    ...(matching === undefined ? {} : { matching }),
    ...reaching(node, right),
  };
  checkBinary(walk, { ...parts, matching }, expr);
  if (parts.fill) walk.experimental("fill");
  return expr;
}

function readMatching(walk: Walk, node: SyntaxNode | null): VectorMatching | undefined {
  if (node === null) return undefined;
  const [labels = [], include = []] = childrenNamed(node, "GroupingLabels").map((list) => readLabels(walk, list));
  const mode = child(node, "On") === null ? "ignoring" : "on";
  const left = child(node, "GroupLeft") !== null;
  if (!left && child(node, "GroupRight") === null) return { mode, labels };
  return { mode, labels, group: { side: left ? "left" : "right", include } };
}

const readLabels = (walk: Walk, list: SyntaxNode): readonly LabelReference[] =>
  list.children
    .filter(({ name }) => name === "LabelName" || name === "QuotedLabelName")
    .map((node) => readLabel(walk, node));

function readLabel(walk: Walk, node: SyntaxNode): LabelReference {
  if (node.name !== "LabelName") return { name: stringOf(walk, node), ...spanOf(node) };
  const name = textOf(walk, node);
  if (/^(?:inf|nan)$/i.test(name)) walk.report(`"${name}" is a number here, not a label.`, spanOf(node), "syntax");
  return { name, ...spanOf(node) };
}

function argumentsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const body = child(node, "FunctionCallBody");
  return body === null ? [] : childrenNamed(body, "Expr");
}

function buildAggregate(walk: Walk, node: SyntaxNode): PromqlExpr {
  const word = child(node, "AggregateOp");
  const op = aggregationNamed(word === null ? "" : textOf(walk, word)) ?? "sum";
  const args = argumentsOf(node).map((argument) => build(walk, argument, []));
  const modifier = child(node, "AggregateModifier");
  const list = modifier === null ? null : child(modifier, "GroupingLabels");
  const keep = modifier !== null && child(modifier, "By") === null ? "without" : "by";
  const [parameter] = args;
  const expr: PromqlExpr = {
    kind: "aggregate",
    type: "vector",
    op,
    of: args.at(-1) ?? build(walk, null, []),
    ...(args.length < 2 || parameter === undefined ? {} : { parameter }),
    ...(list === null ? {} : { grouping: { keep, labels: readLabels(walk, list) } }),
    ...spanOf(node),
  };
  checkAggregation(walk, op, args, expr);
  if (EXPERIMENTAL.has(op)) walk.experimental(op);
  return expr;
}

function buildCall(walk: Walk, node: SyntaxNode): PromqlExpr {
  const name = firstWord(walk, node);
  const signature = signatures.get(name);
  const nodes = argumentsOf(node);
  const args = nodes.map((argument, index) => buildArgument(walk, name, argument, index));
  const expr: CallExpr = { kind: "call", type: signature?.returns ?? "vector", name, args, ...spanOf(node) };
  if (signature !== undefined) checkCall(walk, name, signature, args, expr);
  const pattern = args[4];
  const literal = nodes[4];
  if (name === "label_replace" && pattern?.kind === "string" && literal !== undefined)
    checkRegex(walk, pattern.value, literal);
  if (EXPERIMENTAL.has(name)) walk.experimental(name);
  return expr;
}

/** The second argument of info() names the labels to add, and may select everything. */
function buildArgument(walk: Walk, name: string, node: SyntaxNode, index: number): PromqlExpr {
  if (name !== "info" || index !== 1) return build(walk, node, []);
  if (node.name !== "VectorSelector" || child(node, "Identifier") !== null)
    walk.report("info() needs label matchers in braces here, without a series name.", spanOf(node));
  if (node.name !== "VectorSelector") return build(walk, node, []);
  return { kind: "selector", type: "vector", selector: readSelector(walk, node, true), ...spanOf(node) };
}
