import { MATCH_OPERATORS, type MatchOperator, type PromqlMatcher, type PromqlSelector } from "./query";
import { compileRe2 } from "./re2";
import { child, type SyntaxNode } from "./syntax-tree";
import { spanOf, stringOf, textOf, type Walk } from "./walk";

/** A matcher with what it says about a label that is not there. */
interface ReadMatcher {
  readonly matcher: PromqlMatcher;
  readonly matchesEmpty: boolean;
}

/**
 * Read a series selector and hold it to Prometheus' rules (querying basics, "Time series selectors"): one name, at least one
 * matcher that does not match the empty string, regular expressions that RE2 knows.
 */
export function readSelector(walk: Walk, node: SyntaxNode, mayBeEmpty: boolean): PromqlSelector {
  const identifier = child(node, "Identifier");
  const list = child(node, "LabelMatchers");
  const read = list === null ? [] : list.children.flatMap((child) => readMatcher(walk, child));
  const outer = identifier === null ? undefined : textOf(walk, identifier);
  const named = read.filter(({ matcher }) => matcher.label === "__name__");
  const equal = named.filter(({ matcher }) => matcher.op === "=");
  const metric = outer ?? equal[0]?.matcher.value;
  for (const { matcher } of outer === undefined ? [] : named)
    walk.report(`The series is already named "${metric}"; name it once.`, matcher, "syntax");
  if (outer === undefined && !mayBeEmpty && read.every(({ matchesEmpty }) => matchesEmpty)) {
    walk.report(
      "This selects every series there is; name one, or match some label against a value that is not empty.",
      spanOf(node),
      "syntax",
    );
  }
  const matchers = read
    .map(({ matcher }) => matcher)
    .filter(({ label, op, value }) => label !== "__name__" || op !== "=" || value !== metric);
  return { ...(metric === undefined || metric === "" ? {} : { metric }), matchers, ...spanOf(node) };
}

function readMatcher(walk: Walk, node: SyntaxNode): readonly ReadMatcher[] {
  switch (node.name) {
    case "QuotedLabelName": {
      const value = stringOf(walk, node);
      return [{ matcher: { label: "__name__", op: "=", value, ...spanOf(node) }, matchesEmpty: value === "" }];
    }
    case "UnquotedLabelMatcher":
    case "QuotedLabelMatcher": {
      const bare = child(node, "LabelName");
      const quoted = child(node, "QuotedLabelName");
      const operator = child(node, "MatchOp");
      const literal = child(node, "StringLiteral");
      if (operator === null || literal === null) return [];
      const label = bare !== null ? textOf(walk, bare) : quoted !== null ? stringOf(walk, quoted) : "";
      const op = MATCH_OPERATORS.find((known) => known === textOf(walk, operator)) ?? "=";
      const value = stringOf(walk, literal);
      return [{ matcher: { label, op, value, ...spanOf(node) }, matchesEmpty: matchesEmpty(walk, op, value, literal) }];
    }
    default:
      return [];
  }
}

function matchesEmpty(walk: Walk, op: MatchOperator, value: string, literal: SyntaxNode): boolean {
  switch (op) {
    case "=":
      return value === "";
    case "!=":
      return value !== "";
    case "=~":
      return checkRegex(walk, value, literal)?.test("") ?? false;
    case "!~":
      return !(checkRegex(walk, value, literal)?.test("") ?? true);
  }
}

/** The expression compiled, or a report of what RE2 makes of it. */
export function checkRegex(walk: Walk, pattern: string, literal: SyntaxNode): RegExp | undefined {
  const compiled = compileRe2(pattern);
  if (compiled.ok) return compiled.value;
  const [problem] = compiled.diagnostics;
  walk.report(`The regular expression "${pattern}" is invalid: ${problem?.message}.`, spanOf(literal), "regex");
  return undefined;
}
