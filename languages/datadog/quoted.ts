import { type Cursor, peek, report } from "./cursor";

/** A quoted text and where its characters came from. */
export interface Quoted {
  readonly value: string;
  /** Offset in the source of the value's character at an index, or of the closing quote at the value's length. */
  readonly offsetOf: (index: number) => number;
}

/**
 * Reads a text in quotes; the cursor stands at the opening one. Inside, a backslash protects the quote and itself; before
 * any other character it stands for itself, as the escapes of a log search pass through a log monitor's quotes unharmed.
 */
export function takeQuoted(cursor: Cursor): Quoted {
  const open = cursor.at;
  const quote = peek(cursor);
  const close = closingQuote(cursor.text, open, quote);
  const end = close ?? cursor.text.length;
  if (close === undefined) {
    report(cursor, `This ${quote} is never closed.`, open, cursor.text.length - open);
  }
  cursor.at = close === undefined ? end : end + 1;
  const raw = cursor.text.slice(open + 1, end);
  if (!raw.includes("\\")) {
    return { value: raw, offsetOf: (index) => open + 1 + index };
  }
  const offsets: number[] = [];
  let value = "";
  for (let at = 0; at < raw.length; at++) {
    const next = raw.charAt(at + 1);
    offsets.push(open + 1 + at);
    if (raw.charAt(at) === "\\" && (next === quote || next === "\\")) {
      at++;
    }
    value += raw.charAt(at);
  }
  return { value, offsetOf: (index) => offsets[index] ?? end };
}

function closingQuote(text: string, open: number, quote: string): number | undefined {
  for (let at = open + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === quote) {
      return at;
    }
    if (char === "\\" && (text.charAt(at + 1) === quote || text.charAt(at + 1) === "\\")) {
      at++;
    }
  }
  return undefined;
}

/** A text in quotes, such that {@link takeQuoted} reads it back. A lone backslash before another character stays single. */
export function quoted(text: string, quote: '"' | "'"): string {
  const escaped = text.replace(/\\+|["']/g, (found, at: number) => {
    if (!found.startsWith("\\")) {
      return found === quote ? `\\${quote}` : found;
    }
    const next = text.charAt(at + found.length);
    return found.length === 1 && next !== "" && next !== quote ? found : "\\".repeat(2 * found.length);
  });
  return `${quote}${escaped}${quote}`;
}
