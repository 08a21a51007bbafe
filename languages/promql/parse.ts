import type { Diagnostic } from "../diagnostic";
import { buildExpr } from "./build";
import { isConditional } from "./conditional";
import { tooLarge } from "./limits";
import { everyExpr, type LabelReference, type PromqlExpr, type PromqlQuery, type PromqlSelector } from "./query";
import { syntaxErrors } from "./syntax-errors";
import { parseTree, parseTreeOfOffset, rootOf, type SyntaxNode } from "./syntax-tree";
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
  const root = soundRoot(text);
  if (root === undefined) return { ok: false, diagnostics: syntaxErrors(text).map(asSyntax) };
  const diagnostics: PromqlDiagnostic[] = [];
  const experimental = new Set<string>();
  const expr = buildExpr(
    {
      text,
      // Methods: a closure with a name costs several times as much, a hundred thousand times over.
      report(message, { offset, length }, rule = "type") {
        diagnostics.push({ message, offset, length, rule });
      },
      experimental(construct) {
        experimental.add(construct);
      },
    },
    root,
  );
  if (diagnostics.length > 0) return { ok: false, diagnostics: diagnostics.sort((a, b) => a.offset - b.offset) };
  const all = everyExpr(expr);
  return {
    ok: true,
    value: {
      text,
      type: expr.type,
      expr,
      every: all,
      ...namedIn(all),
      isComparison: isConditional(expr),
      experimental: [...experimental],
    },
  };
}

const asSyntax = (diagnostic: Diagnostic): PromqlDiagnostic => ({ ...diagnostic, rule: "syntax" });

/** The root of a text's tree, unless its form is wrong. */
function soundRoot(text: string): SyntaxNode | undefined {
  const root = rootOf(parseTree(text), text);
  if (root !== undefined) return root;
  const other = parseTreeOfOffset(text);
  return other === undefined ? undefined : rootOf(other, text);
}

/** What the parts of a query name. */
function namedIn(every: readonly PromqlExpr[]): Pick<PromqlQuery, "selectors" | "grouping" | "functions"> {
  const selectors: PromqlSelector[] = [];
  const functions = new Set<string>();
  const labels: LabelReference[] = [];
  for (const expr of every) {
    if (expr.kind === "selector") selectors.push(expr.selector);
    else if (expr.kind === "call") functions.add(expr.name);
    else if (expr.kind === "aggregate") {
      functions.add(expr.op);
      labels.push(...(expr.grouping?.labels ?? []));
    } else if (expr.kind === "binary" && expr.matching !== undefined)
      labels.push(...expr.matching.labels, ...(expr.matching.group?.include ?? []));
  }
  const grouping = labels.length < 2 ? labels : labels.sort((a, b) => a.offset - b.offset);
  return { selectors, functions: [...functions], grouping: [...new Set(grouping.map(({ name }) => name))] };
}
