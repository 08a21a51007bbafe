import type { PathSegment } from "./expression";

/** How far a scanner got; `fault` says what is wrong with the text between, if anything is. */
export interface Scanned {
  readonly end: number;
  readonly fault?: string;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Beyond ASCII, what separates or quotes words; typographic quotes are a frequent guest in pasted queries. */
const NO_WORD = /[\s\p{P}\p{Z}\p{S}]/u;

/** Letters, digits, `_` and `@`; letters of other alphabets are letters. The NaN beyond the text's end is none of these. */
function isWordCode(code: number): boolean {
  if (code > 127) {
    return !NO_WORD.test(String.fromCharCode(code));
  }
  return (code >= 97 && code <= 122) || (code >= 64 && code <= 90) || isDigit(code) || code === 95;
}

/** True where a field or keyword begins. */
export function startsWord(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return code === 96 || (isWordCode(code) && !isDigit(code));
}

/** True where a number begins: a digit, or a point before a digit. */
export function startsNumber(text: string, offset: number): boolean {
  return isDigit(text.charCodeAt(offset)) || (text[offset] === "." && isDigit(text.charCodeAt(offset + 1)));
}

const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+(?![A-Za-z0-9_]))?/y;

/** The end of the number that begins at `offset`. */
export function numberEnd(text: string, offset: number): number {
  NUMBER.lastIndex = offset;
  return NUMBER.test(text) ? NUMBER.lastIndex : offset + 1;
}

/** The end of the letters, digits and underscores that begin at `offset`. */
export function wordEnd(text: string, offset: number): number {
  let end = offset;
  while (isWordCode(text.charCodeAt(end))) {
    end++;
  }
  return end;
}

/** A line that begins with `|` or `#`, as the next command or a comment does, cannot be inside a literal that was closed. */
const NEXT_COMMAND = /\r?\n[ \t]*[|#]/y;

/**
 * The end of a literal that `offset` opens and `close` closes, a backslash protecting the next character. It may span lines,
 * because long patterns are wrapped, but not into the next command: there the closing mark was forgotten.
 */
export function scanLiteral(text: string, offset: number, close: string, missing: string): Scanned {
  let inClass = false;
  for (let end = offset + 1; end < text.length; end++) {
    const character = text[end];
    if (character === "\\") {
      end++;
    } else if (character === close && !inClass) {
      return { end: end + 1 };
    } else if (character === "\n" || character === "\r") {
      NEXT_COMMAND.lastIndex = end;
      if (NEXT_COMMAND.test(text)) {
        return { end, fault: missing };
      }
    } else if (close === "/" && (character === "[" || character === "]")) {
      // A slash inside a character class is taken as part of it: `[^/]+`.
      inClass = character === "[" && text.indexOf("]", end) !== -1;
    }
  }
  return { end: text.length, fault: missing };
}

export interface ScannedPath extends Scanned {
  readonly path: readonly PathSegment[];
  readonly quoted: boolean;
}

const INDEX = /\[(\d+)\]/y;

/** A name in backticks; the @ of a generated field may stand before the first of them. */
function scanSegment(text: string, offset: number): Scanned & { readonly name: string; readonly quoted: boolean } {
  const tick = text[offset] === "@" && text[offset + 1] === "`" ? offset + 1 : offset;
  if (text[tick] !== "`") {
    const end = wordEnd(text, offset);
    return { end, name: text.slice(offset, end), quoted: false };
  }
  const close = text.indexOf("`", tick + 1);
  const line = text.indexOf("\n", tick);
  if (close === -1 || (line !== -1 && line < close)) {
    const end = line === -1 ? text.length : line;
    return { end, name: "", quoted: true, fault: "This backtick is never closed." };
  }
  const name = text.slice(offset, tick) + text.slice(tick + 1, close);
  const end = close + 1;
  return close === tick + 1
    ? { end, name, quoted: true, fault: "There is no name between these backticks." }
    : { end, name, quoted: true };
}

/** The word that begins at `offset`: a keyword, or a field with its dotted and bracketed path. */
export function scanPath(text: string, offset: number): ScannedPath {
  const path: PathSegment[] = [];
  let quoted = false;
  let end = offset;
  for (;;) {
    const segment = scanSegment(text, end);
    quoted ||= segment.quoted;
    end = segment.end;
    if (segment.fault !== undefined) {
      return { end, path, quoted, fault: segment.fault };
    }
    path.push(segment.name);
    // `in[1, 2]` is the operator with its list, not an element of a field.
    const operator = !quoted && path.length === 1 && segment.name.toLowerCase() === "in";
    for (INDEX.lastIndex = end; !operator; INDEX.lastIndex = end) {
      const index = INDEX.exec(text)?.[1];
      if (index === undefined) {
        break;
      }
      path.push(Number(index));
      end = INDEX.lastIndex;
    }
    if (text[end] !== ".") {
      return { end, path, quoted };
    }
    end++;
    if (!startsWord(text, end) && !isDigit(text.charCodeAt(end))) {
      return { end, path, quoted, fault: "A field's path cannot end in a point." };
    }
  }
}
