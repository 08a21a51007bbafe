import { fail, ok, type Result } from "../../model/result";

/** One step from a value into its parts. */
export type Step = string | number;

/** What stands between `${` and `}`. */
export type Expression =
  /** `grafana_folder.logs.uid`, `data.pagerduty_user.jane.id`, `x.y.parameters[0].key`. */
  | { readonly kind: "reference"; readonly root: readonly string[]; readonly steps: readonly Step[] }
  /** `sensitive(…)`: the same value, kept out of sight. */
  | { readonly kind: "sensitive"; readonly of: Expression };

/** A text of the configuration: literal parts and expressions. */
export type Part = string | Expression;

const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const index = /\[\s*(?:(\d+)|"((?:[^"\\]|\\.)*)")\s*\]/y;
const legacyIndex = /\.(\d+)/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

interface Parsed {
  readonly expression: Expression;
  readonly end: number;
}

/** How many names a reference's root has: `data.type.name` or `type.name`. */
const rootLength = (first: string): number => (first === "data" ? 3 : 2);

function traversal(text: string, start: number): Parsed | undefined {
  const first = matchAt(identifier, text, start);
  if (first === null) return undefined;
  let at = start + first[0].length;
  const steps: Step[] = [first[0]];
  for (;;) {
    const indexed = matchAt(index, text, at) ?? matchAt(legacyIndex, text, at);
    if (indexed !== null) {
      const [whole, position, key] = indexed;
      const unescaped: unknown = key === undefined ? Number(position) : JSON.parse(`"${key}"`);
      steps.push(typeof unescaped === "number" ? unescaped : String(unescaped));
      at += whole.length;
      continue;
    }
    const name = text[at] === "." ? matchAt(identifier, text, at + 1) : null;
    if (name === null) break;
    steps.push(name[0]);
    at += 1 + name[0].length;
  }
  const root = steps.slice(0, rootLength(first[0]));
  if (root.length < rootLength(first[0])) return undefined;
  const names = root.flatMap((step) => (typeof step === "string" ? [step] : []));
  if (names.length < root.length) return undefined;
  return { expression: { kind: "reference", root: names, steps: steps.slice(root.length) }, end: at };
}

function expressionAt(text: string, start: number): Parsed | undefined {
  const spaces = /\s*/y;
  const at = start + (matchAt(spaces, text, start)?.[0].length ?? 0);
  const call = matchAt(/sensitive\s*\(/y, text, at);
  const inner = call === null ? traversal(text, at) : expressionAt(text, at + call[0].length);
  if (inner === undefined) return undefined;
  const after = inner.end + (matchAt(spaces, text, inner.end)?.[0].length ?? 0);
  if (call === null) return { expression: inner.expression, end: after };
  if (text[after] !== ")") return undefined;
  const end = after + 1;
  return {
    expression: { kind: "sensitive", of: inner.expression },
    end: end + (matchAt(spaces, text, end)?.[0].length ?? 0),
  };
}

const marker = /\$\$\{|%%\{|\$\{|%\{/g;

/**
 * The parts of a string of Terraform's JSON configuration (Terraform: "JSON Configuration Syntax", string templates), doubled
 * markers undone. Fails for any expression but a reference and `sensitive()`.
 */
export function parseTemplate(text: string): Result<readonly Part[]> {
  const parts: Part[] = [];
  let literal = "";
  let at = 0;
  for (;;) {
    const found = matchAt(marker, text, at);
    const start = found?.index ?? text.length;
    literal += text.slice(at, start);
    if (found === null) break;
    if (found[0].length === 3) {
      literal += found[0].slice(1);
      at = start + 3;
      continue;
    }
    const parsed = found[0] === "${" ? expressionAt(text, start + 2) : undefined;
    if (parsed === undefined || text[parsed.end] !== "}")
      return fail(`an expression that only Terraform evaluates: ${text.slice(start, start + 80)}`);
    if (literal !== "") parts.push(literal);
    literal = "";
    parts.push(parsed.expression);
    at = parsed.end + 1;
  }
  if (literal !== "" || parts.length === 0) parts.push(literal);
  return ok(parts);
}
