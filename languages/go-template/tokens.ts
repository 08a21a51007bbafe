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

const TOKEN = new RegExp(
  [
    /(?<space>[ \t\r\n]+)/,
    /(?<string>"(?:[^"\\\n]|\\[^\n])*"|`[^`]*`)/,
    /(?<character>'(?:[^'\\\n]|\\[^\n])+')/,
    /(?<number>[-+]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)i?(?![\w.]))/,
    /(?<field>\.[\p{L}_][\p{L}\p{Nd}_]*)/u,
    /(?<dot>\.)/,
    /(?<variable>\$[\p{L}\p{Nd}_]*)/u,
    /(?<word>[\p{L}_][\p{L}\p{Nd}_]*)/u,
    /(?<declare>:=)/,
    /(?<assign>=)/,
    /(?<comma>,)/,
    /(?<pipe>\|)/,
    /(?<open>\()/,
    /(?<close>\))/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "uy",
);

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
      TOKEN.lastIndex = inside;
      const match = TOKEN.exec(template);
      if (match === null) return unreadable(template, inside, open);
      const token = tokenOf(match, inside);
      if ("message" in token) return { ok: false, diagnostic: token };
      if (token.kind === "open") depth += 1;
      if (token.kind === "close") depth -= 1;
      if (depth < 0) return fail('This ")" closes nothing.', inside, 1);
      const before = tokens.at(-1);
      if (before !== undefined && touches(before, token))
        return fail(`A space is missing before "${match[0]}".`, inside, match[0].length);
      tokens.push(token);
      inside += match[0].length;
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

function tokenOf({ groups = {}, 0: text }: RegExpExecArray, offset: number): Token | Diagnostic {
  const place = { offset, length: text.length };
  if (groups["space"] !== undefined) return { kind: "space", ...place };
  if (groups["string"] !== undefined) {
    const decoded = decodeString(text);
    if (decoded.ok) return { kind: "string", value: decoded.value, ...place };
    return { message: decoded.diagnostics[0]?.message ?? "This string is wrong.", ...place };
  }
  if (groups["character"] !== undefined) {
    const decoded = decodeString(text);
    if (decoded.ok && [...decoded.value].length === 1) return { kind: "number", integer: true, ...place };
    return { message: 'Single quotes hold one character; a text stands in double quotes: "…".', ...place };
  }
  if (groups["number"] !== undefined)
    return { kind: "number", integer: /^[-+]?(?:\d+|0[xXbBoO].*)$/.test(text), ...place };
  for (const kind of ["field", "dot", "variable", "word"] as const)
    if (groups[kind] !== undefined) return { kind, text, ...place };
  for (const kind of ["declare", "assign", "comma", "pipe", "open", "close"] as const)
    if (groups[kind] !== undefined) return { kind, ...place };
  return { message: `"${text}" means nothing in a template.`, ...place };
}
