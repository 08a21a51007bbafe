import type { Diagnostic } from "../diagnostic";
import { buildExpr } from "./build";
import { isConditional } from "./conditional";
import { tooLarge } from "./limits";
import { everyExpr, type LabelReference, type PromqlExpr, type PromqlQuery } from "./query";
import { isClosed } from "./strings";
import { syntaxErrors } from "./syntax-errors";
import { parseTree, parseTreeOfOffset, type SyntaxTree } from "./syntax-tree";
import type { ParseRule } from "./walk";

/** What keeps Prometheus from running a query. */
export interface PromqlDiagnostic extends Diagnostic {
  readonly rule: ParseRule | "too-large";
}

/** A query, or everything that keeps Prometheus from running it. */
export type ParsedPromql =
  | { readonly ok: true; readonly value: PromqlQuery }
  | { readonly ok: false; readonly diagnostics: readonly PromqlDiagnostic[] };

/**
 * Parse a PromQL query and hold it to the rules that Prometheus checks before it runs one: form, types, ranges, escapes and
 * regular expressions. All mistakes of form are found at once, or, when there are none, all others; offsets count in `text`.
 * A text of more than 2,000 characters may hold at most 150 operators and ranges, and as many brackets within one another.
 * Grafana variables are no PromQL: put samples in their place first, with `substituteGrafanaVariables`.
 */
export function parsePromql(text: string): ParsedPromql {
  const excess = tooLarge(text);
  if (excess !== undefined) return { ok: false, diagnostics: [{ ...excess, rule: "too-large" }] };
  const tree = soundTree(text);
  if (tree === undefined) return { ok: false, diagnostics: syntaxErrors(text).map(asSyntax) };
  const diagnostics: PromqlDiagnostic[] = [];
  const experimental = new Set<string>();
  const expr = buildExpr(
    {
      text,
      report: (message, { offset, length }, rule = "type") => void diagnostics.push({ message, offset, length, rule }),
      experimental: (construct) => void experimental.add(construct),
    },
    tree.topNode,
  );
  if (diagnostics.length > 0) return { ok: false, diagnostics: diagnostics.sort((a, b) => a.offset - b.offset) };
  const all = everyExpr(expr);
  return {
    ok: true,
    value: {
      text,
      type: expr.type,
      expr,
      selectors: all.flatMap((node) => (node.kind === "selector" ? [node.selector] : [])),
      grouping: namesInOrder(all.flatMap(labelsNamed)),
      functions: [...new Set(all.flatMap(callsOf))],
      isComparison: isConditional(expr),
      experimental: [...experimental],
    },
  };
}

const asSyntax = (diagnostic: Diagnostic): PromqlDiagnostic => ({ ...diagnostic, rule: "syntax" });

/** The tree of a text, unless its form is wrong. */
function soundTree(text: string): SyntaxTree | undefined {
  const tree = parseTree(text);
  if (!isBroken(tree, text)) return tree;
  const other = parseTreeOfOffset(text);
  return other === undefined || isBroken(other, text) ? undefined : other;
}

/** Whether the grammar could not place something, or took a string that is never closed for one that ends with the line. */
function isBroken(tree: SyntaxTree, text: string): boolean {
  const cursor = tree.cursor();
  do {
    if (cursor.type.isError) return true;
    if (cursor.name === "StringLiteral" && !isClosed(text.slice(cursor.from, cursor.to))) return true;
  } while (cursor.next());
  return false;
}

const namesInOrder = (labels: readonly LabelReference[]): readonly string[] => [
  ...new Set([...labels].sort((a, b) => a.offset - b.offset).map(({ name }) => name)),
];

function callsOf(expr: PromqlExpr): readonly string[] {
  switch (expr.kind) {
    case "call":
      return [expr.name];
    case "aggregate":
      return [expr.op];
    case "number":
    case "string":
    case "selector":
    case "subquery":
    case "unary":
    case "binary":
      return [];
  }
}

function labelsNamed(expr: PromqlExpr): readonly LabelReference[] {
  switch (expr.kind) {
    case "aggregate":
      return expr.grouping?.labels ?? [];
    case "binary":
      return [...(expr.matching?.labels ?? []), ...(expr.matching?.group?.include ?? [])];
    case "number":
    case "string":
    case "selector":
    case "subquery":
    case "unary":
    case "call":
      return [];
  }
}
