import { fail, ok, type Result } from "../../model/result";

/** A value as it is read: text, or Ruby that runs when Fluentd starts. */
export type ParsedValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "embedded"; readonly code: string };

export interface ParsedSection {
  readonly name: string;
  readonly argument?: string;
  readonly parameters: readonly { readonly name: string; readonly value: ParsedValue }[];
  readonly sections: readonly ParsedSection[];
}

/** A section that is being read. */
interface Open {
  readonly name: string;
  readonly argument: string | undefined;
  readonly parameters: { name: string; value: ParsedValue }[];
  readonly sections: ParsedSection[];
}

const escaped: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", f: "\f", b: "\b" };

/** A value in double quotes; Ruby only as all of it, since the estate never writes it otherwise. */
function doubleQuoted(body: string): Result<ParsedValue> {
  const [, code] = /^#\{(.*)\}$/.exec(body) ?? [];
  if (code !== undefined) return ok({ kind: "embedded", code });
  let text = "";
  for (let at = 0; at < body.length; at++) {
    const sign = body.charAt(at);
    if (sign === '"') return fail("a double quote ends in the middle of a value");
    if (sign === "#" && body.charAt(at + 1) === "{") return fail("Ruby in the middle of a text");
    if (sign !== "\\") {
      text += sign;
      continue;
    }
    const next = body.charAt(++at);
    if (/[A-Za-z0-9]/.test(next) && escaped[next] === undefined) return fail(`unknown escape \\${next}`);
    text += escaped[next] ?? next;
  }
  return ok({ kind: "text", text });
}

function singleQuoted(body: string): Result<ParsedValue> {
  const plain = body.replaceAll(/\\['\\]/g, "");
  return plain.includes("'")
    ? fail("a single quote ends in the middle of a value")
    : ok({ kind: "text", text: body.replaceAll(/\\(['\\])/g, "$1") });
}

function parseValue(source: string): Result<ParsedValue> {
  const [, double] = /^"(.*)"$/s.exec(source) ?? [];
  if (double !== undefined) return doubleQuoted(double);
  const [, single] = /^'(.*)'$/s.exec(source) ?? [];
  if (single !== undefined) return singleQuoted(single);
  return /^[["'{]|#/.test(source) ? fail(`the value ${source} is not in quotes`) : ok({ kind: "text", text: source });
}

const closed = ({ name, argument, parameters, sections }: Open): ParsedSection => ({
  name,
  ...(argument === undefined ? {} : { argument }),
  parameters,
  sections,
});

/**
 * Reads the part of Fluentd's configuration that the estate writes: one directive, parameter or comment to a line.
 * Stricter than Fluentd: JSON, includes, values of several lines and Ruby amid text are refused.
 * Source: Fluentd documentation, Config File Syntax; fluentd, `Fluent::Config::LiteralParser`.
 */
export function parseFluentd(source: string): Result<readonly ParsedSection[]> {
  const root: Open = { name: "", argument: undefined, parameters: [], sections: [] };
  const open: Open[] = [root];
  for (const [index, line] of source.split("\n").entries()) {
    const wrong = (what: string) => fail(`line ${index + 1}: ${what}`);
    const trimmed = line.trim();
    const current = open.at(-1) ?? root;
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    const [, ending] = /^<\/(\w+)>$/.exec(trimmed) ?? [];
    if (ending !== undefined) {
      if (open.length === 1 || current.name !== ending) return wrong(`</${ending}> ends nothing`);
      open.pop();
      (open.at(-1) ?? root).sections.push(closed(current));
      continue;
    }
    const [, name, argument] = /^<(\w+)(?:\s+([^>]+))?>$/.exec(trimmed) ?? [];
    if (name !== undefined) {
      open.push({ name, argument, parameters: [], sections: [] });
      continue;
    }
    const [, parameter, rest] = /^([@$\w][\w.@-]*)\s+(.+)$/.exec(trimmed) ?? [];
    if (parameter === undefined || rest === undefined)
      return wrong(`"${trimmed}" is neither a directive nor a parameter`);
    if (open.length === 1) return wrong(`the parameter ${parameter} stands outside of every directive`);
    // Fluentd writes sections after parameters in memory; a parameter behind one would be printed before it.
    if (current.sections.length > 0) return wrong(`the parameter ${parameter} stands behind a section`);
    const value = parseValue(rest);
    if (!value.ok) return wrong(value.error);
    current.parameters.push({ name: parameter, value: value.value });
  }
  return open.length === 1 ? ok(root.sections) : fail(`<${open.at(-1)?.name}> is never ended`);
}
