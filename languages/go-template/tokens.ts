import type { Diagnostic } from "../diagnostic";
import { decodeString } from "../promql/strings";

/** One word of an action. */
export type Token =
  | {
      readonly kind: "space" | "pipe" | "declare" | "assign" | "comma" | "open" | "close";
      readonly offset: number;
      readonly length: number;
    }
  | {
      readonly kind: "field" | "variable" | "word" | "dot";
      readonly text: string;
      readonly offset: number;
      readonly length: number;
    }
  | { readonly kind: "string"; readonly value: string; readonly offset: number; readonly length: number }
  | { readonly kind: "number"; readonly integer: boolean; readonly offset: number; readonly length: number };

/** A piece of a template: text as it is, or the words of an action. */
export type Piece =
  | { readonly kind: "text"; readonly text: string; readonly offset: number }
  | { readonly kind: "action"; readonly tokens: readonly Token[]; readonly offset: number; readonly length: number };

/** The pieces of a template, or the first thing that keeps it from being read. */
export type Pieces =
  | { readonly ok: true; readonly pieces: readonly Piece[] }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/** What each kind of word looks like; one is chosen by its first character, which is several times as fast as one for all. */
const WORDS = {
  space: /[ \t\r\n]+/y,
  string: /"(?:[^"\\\n]|\\[^\n])*"|`[^`]*`/y,
  character: /'(?:[^'\\\n]|\\[^\n])+'/y,
  number: /[-+]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)i?(?![\w.])/y,
  field: /\.[\p{L}_][\p{L}\p{Nd}_]*/uy,
  variable: /\$[\p{L}\p{Nd}_]*/uy,
  word: /[\p{L}_][\p{L}\p{Nd}_]*/uy,
} as const;

/** The text that an expression matches right here. */
function matched(kind: keyof typeof WORDS, template: string, at: number): string | undefined {
  const expression = WORDS[kind];
  expression.lastIndex = at;
  return expression.exec(template)?.[0];
}

const MOST_DEPTH = 1000;

const fail = (message: string, offset: number, length: number): Pieces => ({
  ok: false,
  diagnostic: { message, offset, length },
});

/** Split a template at its braces, and its actions into words (Go: package text/template, "Actions"). */
export function piecesOf(template: string): Pieces {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf("{{", at);
    if (open < 0) break;
    if (open > at) pieces.push({ kind: "text", text: template.slice(at, open), offset: at });
    const trims = /^-[ \t\r\n]/.test(template.slice(open + 2, open + 4));
    let inside = open + 2 + (trims ? 2 : 0);
    if (template.startsWith("/*", inside)) {
      const end = /^\*\/(?:[ \t\r\n]-)?\}\}/;
      const close = template.indexOf("*/", inside + 2);
      const closed = close < 0 ? undefined : end.exec(template.slice(close, close + 8));
      if (closed === undefined || closed === null)
        return fail("This comment is never closed; end it in */}}.", open, template.length - open);
      at = close + closed[0].length;
      continue;
    }
    const tokens: Token[] = [];
    let depth = 0;
    for (;;) {
      const end = endAt(template, inside);
      if (end > 0 && depth === 0) {
        inside += end;
        break;
      }
      if (inside >= template.length) return fail('This "{{" is never closed by "}}".', open, template.length - open);
      const token = tokenAt(template, inside);
      if (token === undefined) return unreadable(template, inside, open);
      if ("message" in token) return { ok: false, diagnostic: token };
      if (token.kind === "open") depth += 1;
      if (token.kind === "close") depth -= 1;
      // Deeper than anybody reads, and than a stack should be asked to follow.
      if (depth > MOST_DEPTH) return fail(`This nests more than ${MOST_DEPTH} parentheses.`, inside, 1);
      if (depth < 0) return fail('This ")" closes nothing.', inside, 1);
      const before = tokens.at(-1);
      if (before !== undefined && touches(before, token))
        return fail(
          `A space is missing before "${template.slice(inside, inside + token.length)}".`,
          inside,
          token.length,
        );
      tokens.push(token);
      inside += token.length;
    }
    pieces.push({ kind: "action", tokens, offset: open, length: inside - open });
    at = inside;
  }
  if (at < template.length) pieces.push({ kind: "text", text: template.slice(at), offset: at });
  return { ok: true, pieces };
}

/** How many characters end an action here; 0 when none do. */
function endAt(template: string, at: number): number {
  if (template.startsWith("}}", at)) return 2;
  if (!/[ \t\r\n]/.test(template.charAt(at))) return 0;
  END.lastIndex = at;
  return END.exec(template)?.[0].length ?? 0;
}

const END = /[ \t\r\n]+-\}\}/y;

const OPERANDS: ReadonlySet<Token["kind"]> = new Set(["word", "variable", "field", "number", "string", "dot"]);

/** Whether a space is missing between two tokens, or a dot has nothing to belong to. */
function touches(before: Token, { kind }: Token): boolean {
  const next = kind === "field" || kind === "dot";
  if (next && before.kind === "word") return before.text === "true" || before.text === "false" || before.text === "nil";
  if (kind === "field") return before.kind === "number" || before.kind === "string" || before.kind === "dot";
  if (kind === "dot") return OPERANDS.has(before.kind) || before.kind === "close";
  return OPERANDS.has(before.kind) && (OPERANDS.has(kind) || kind === "open");
}

function unreadable(template: string, at: number, open: number): Pieces {
  const character = template.slice(at, at + 1);
  if (character === '"' || character === "`" || character === "'")
    return fail(`This string is never closed.`, at, template.length - at);
  if (character === "}") return fail('A single "}" cannot stand here; an action ends in "}}".', at, 1);
  if (character === "{") return fail('The "{{" before this is never closed by "}}".', open, at - open);
  const word = /^\S{1,20}?(?=[\s}|)]|$)/.exec(template.slice(at))?.[0] ?? character;
  return fail(`"${word}" means nothing in a template.`, at, word.length);
}

/** The token that begins here; undefined when none does. */
function tokenAt(template: string, offset: number): Token | Diagnostic | undefined {
  const character = template.charAt(offset);
  switch (character) {
    case " ":
    case "\t":
    case "\r":
    case "\n":
      return { kind: "space", offset, length: matched("space", template, offset)?.length ?? 1 };
    case "$":
      return textual("variable", template, offset);
    case '"':
    case "`":
    case "'":
      return quoted(template, offset);
    case ".":
      return (
        textual("field", template, offset) ?? numeric(template, offset) ?? { kind: "dot", text: ".", offset, length: 1 }
      );
    case ":":
      return template.startsWith(":=", offset) ? { kind: "declare", offset, length: 2 } : undefined;
    case "=":
      return { kind: "assign", offset, length: 1 };
    case ",":
      return { kind: "comma", offset, length: 1 };
    case "|":
      return { kind: "pipe", offset, length: 1 };
    case "(":
      return { kind: "open", offset, length: 1 };
    case ")":
      return { kind: "close", offset, length: 1 };
    default:
      return textual("word", template, offset) ?? numeric(template, offset);
  }
}

/** The same in plain letters, which nearly all are: classes of Unicode take several times as long. */
const PLAIN = { field: /\.[A-Za-z_]\w*/y, variable: /\$\w*/y, word: /[A-Za-z_]\w*/y } as const;

function plain(kind: keyof typeof PLAIN, template: string, offset: number): string | undefined {
  const expression = PLAIN[kind];
  expression.lastIndex = offset;
  const text = expression.exec(template)?.[0];
  // Another letter may follow.
  return text === undefined || template.charCodeAt(offset + text.length) > 0x7f ? undefined : text;
}

function textual(kind: keyof typeof PLAIN, template: string, offset: number): Token | undefined {
  const text = plain(kind, template, offset) ?? matched(kind, template, offset);
  return text === undefined ? undefined : { kind, text, offset, length: text.length };
}

function numeric(template: string, offset: number): Token | undefined {
  const text = matched("number", template, offset);
  if (text === undefined) return undefined;
  return { kind: "number", integer: /^[-+]?(?:\d+|0[xXbBoO].*)$/.test(text), offset, length: text.length };
}

/** A text in double quotes or backticks, or a character in single quotes, which is a number. */
function quoted(template: string, offset: number): Token | Diagnostic | undefined {
  const single = template.startsWith("'", offset);
  const text = matched(single ? "character" : "string", template, offset);
  if (text === undefined) return undefined;
  const place = { offset, length: text.length };
  const decoded = decodeString(text);
  if (single && (!decoded.ok || [...decoded.value].length !== 1))
    return { message: 'Single quotes hold one character; a text stands in double quotes: "…".', ...place };
  if (!decoded.ok) return { message: decoded.diagnostics[0]?.message ?? "This string is wrong.", ...place };
  return single ? { kind: "number", integer: true, ...place } : { kind: "string", value: decoded.value, ...place };
}
