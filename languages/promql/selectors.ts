import { MATCH_OPERATORS, type PromqlMatcher, type PromqlSelector } from "./query";
import { compileRe2 } from "./re2";
import { child, type SyntaxNode } from "./syntax-tree";
import { spanOf, stringOf, textOf, type Walk } from "./walk";

/**
 * Read a series selector and hold it to Prometheus' rules (querying basics, "Time series selectors"): one name, at least one
 * matcher that does not match the empty string, regular expressions that RE2 knows.
 */
export function readSelector(walk: Walk, node: SyntaxNode, mayBeEmpty: boolean): PromqlSelector {
  const identifier = child(node, "Identifier");
  const list = child(node, "LabelMatchers");
  const read: PromqlMatcher[] = [];
  for (const inList of list === null ? [] : list.children) {
    const matcher = readMatcher(walk, inList);
    if (matcher !== undefined) read.push(matcher);
  }
  const offset = node.from;
  const length = node.to - node.from;
  const named = read.some(({ label }) => label === "__name__");
  if (identifier !== null && !named) return { metric: textOf(walk, identifier), matchers: read, offset, length };
  const outer = identifier === null ? undefined : textOf(walk, identifier);
  const metric = outer ?? read.find(({ label, op }) => label === "__name__" && op === "=")?.value;
  for (const matcher of outer === undefined ? [] : read.filter(({ label }) => label === "__name__"))
    walk.report(`The series is already named "${metric}"; name it once.`, matcher, "syntax");
  if (outer === undefined && !mayBeEmpty && read.every(matchesEmpty)) {
    walk.report(
      "This selects every series there is; name one, or match some label against a value that is not empty.",
      { offset, length },
      "syntax",
    );
  }
  const matchers = read.filter(({ label, op, value }) => label !== "__name__" || op !== "=" || value !== metric);
  return { ...(metric === undefined || metric === "" ? {} : { metric }), matchers, offset, length };
}

function readMatcher(walk: Walk, node: SyntaxNode): PromqlMatcher | undefined {
  const offset = node.from;
  const length = node.to - node.from;
  switch (node.name) {
    case "QuotedLabelName":
      return { label: "__name__", op: "=", value: stringOf(walk, node), offset, length };
    case "UnquotedLabelMatcher":
    case "QuotedLabelMatcher": {
      const [name, operator, literal] = node.children;
      if (name === undefined || operator === undefined || literal === undefined) return undefined;
      const label = name.name === "QuotedLabelName" ? stringOf(walk, name) : textOf(walk, name);
      const written = textOf(walk, operator);
      const op = MATCH_OPERATORS.find((known) => known === written) ?? "=";
      const value = stringOf(walk, literal);
      if (op === "=~" || op === "!~") checkRegex(walk, value, literal);
      return { label, op, value, offset, length };
    }
    default:
      return undefined;
  }
}

/** What a matcher says about a label that is not there. */
function matchesEmpty({ op, value }: PromqlMatcher): boolean {
  switch (op) {
    case "=":
      return value === "";
    case "!=":
      return value !== "";
    case "=~":
    case "!~": {
      const compiled = compileRe2(value);
      return compiled.ok && compiled.value.test("") === (op === "=~");
    }
  }
}

/** Hold a regular expression to RE2. */
export function checkRegex(walk: Walk, pattern: string, literal: SyntaxNode): void {
  const compiled = compileRe2(pattern);
  if (compiled.ok) return;
  const [problem] = compiled.diagnostics;
  const shown = pattern.length > 80 ? `${pattern.slice(0, 80)}…` : pattern;
  walk.report(`The regular expression "${shown}" is invalid: ${problem?.message}.`, spanOf(literal), "regex");
}
