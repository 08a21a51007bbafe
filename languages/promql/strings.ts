import type { Diagnostic, Parsed } from "../diagnostic";

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["\\", "\\"],
]);

const NUMERIC = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/;
const OCTAL = /^[0-3][0-7]{2}/;

/** Whether a string literal, which starts with its quote, also ends with it. */
export function isClosed(literal: string): boolean {
  if (literal.startsWith("`")) return literal.length > 1 && literal.endsWith("`");
  return /^(?:"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')$/.test(literal);
}

/**
 * The text that a closed string literal stands for. Escapes are those of Go, in double and single quotes; a backtick string
 * has none (Prometheus: querying basics, "String literals"). A numeric escape is read as a code point, so that a character
 * spelled byte by byte, as `\xc3\xa9`, comes out as two.
 * Offsets of the diagnostics count from the opening quote.
 */
export function decodeString(literal: string): Parsed<string> {
  const quote = literal.slice(0, 1);
  const body = literal.slice(1, -1);
  if (quote === "`" || !body.includes("\\")) return { ok: true, value: body };
  const diagnostics: Diagnostic[] = [];
  let value = "";
  for (let at = 0; at < body.length; ) {
    if (body[at] !== "\\") {
      value += body[at];
      at += 1;
      continue;
    }
    const sequence = readEscape(body.slice(at + 1, at + 10), quote);
    if (sequence === undefined) {
      const letter = String.fromCodePoint(body.codePointAt(at + 1) ?? 0x20);
      diagnostics.push({
        message: `"\\${letter}" is not an escape; write a backslash as "\\\\", or put the string in backticks.`,
        offset: at + 1,
        length: 1 + letter.length,
      });
    }
    value += sequence?.text ?? "";
    at += 1 + (sequence?.length ?? 1);
  }
  return diagnostics.length === 0 ? { ok: true, value } : { ok: false, diagnostics };
}

function readEscape(rest: string, quote: string): { readonly text: string; readonly length: number } | undefined {
  const letter = rest.slice(0, 1);
  if (letter === quote) return { text: quote, length: 1 };
  const simple = SIMPLE.get(letter);
  if (simple !== undefined) return { text: simple, length: 1 };
  const octal = OCTAL.exec(rest);
  if (octal !== null) return { text: String.fromCodePoint(Number.parseInt(octal[0], 8)), length: 3 };
  const numeric = NUMERIC.exec(rest);
  if (numeric === null) return undefined;
  const code = Number.parseInt(numeric[1] ?? numeric[2] ?? numeric[3] ?? "", 16);
  // A surrogate is no character.
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return { text: String.fromCodePoint(code), length: numeric[0].length };
}
