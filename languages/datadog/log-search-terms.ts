import { atEnd, type Cursor, isSpace, peek, report, skipSpace, take } from "./cursor";
import {
  anyText,
  between,
  compareTo,
  oneCharacter,
  type PatternPart,
  pattern,
  phrase,
  SEARCH_COMPARATORS,
  type SearchText,
  type SearchValue,
  word,
} from "./log-search";

/** A term without quotes, as it was read. */
export interface Term {
  /** Its text without escapes, wildcards included. */
  readonly text: string;
  readonly parts: readonly (string | PatternPart)[];
  readonly escapedFirst: boolean;
  readonly wildcards: boolean;
}

/** A term as a word or, when it has wildcards, a pattern. */
export const patternOf = (term: Term): SearchText => pattern(...term.parts);

/** Special wherever they stand unescaped in a term; + - and = are so only at its start. */
const SPECIAL = /[:><!(){}[\]^"“”~#&|]/;

/**
 * Reads a term up to white space or a closing parenthesis and, where a field may stand, up to its colon. Unescaped special
 * characters are reported and read as text.
 */
export function takeTerm(cursor: Cursor, as: "field" | "value"): Term {
  const start = cursor.at;
  const parts: (string | PatternPart)[] = [];
  let text = "";
  for (let char = peek(cursor); char !== "" && !isSpace(char) && char !== ")"; char = peek(cursor)) {
    const at = cursor.at++;
    if (char === "\\") {
      char = peek(cursor);
      if (char === "") {
        report(cursor, "A backslash protects the character behind it, and there is none.", at, 1);
        break;
      }
      cursor.at++;
      parts.push(char);
    } else if (char === "*" || char === "?") {
      parts.push(char === "*" ? anyText : oneCharacter);
    } else if (char === ":" && as === "field") {
      cursor.at = at;
      break;
    } else {
      reportSpecial(cursor, char, at, start, as);
      parts.push(char);
    }
    text += char;
  }
  const wildcards = parts.some((part) => typeof part !== "string");
  return { text, parts, wildcards, escapedFirst: cursor.text.charAt(start) === "\\" };
}

function reportSpecial(cursor: Cursor, char: string, at: number, start: number, as: "field" | "value"): void {
  const next = peek(cursor);
  if ((char === "&" || char === "|") && next !== char) {
    return;
  }
  if (char === "“" || char === "”") {
    report(cursor, `${char} is no quotation mark here: write ".`, at, 1);
  } else if (at === start && (char === "+" || char === "-" || char === "=")) {
    report(cursor, `A value that starts with ${char} must be escaped (\\${char}) or in double quotes.`, at, 1);
  } else if (SPECIAL.test(char) && !(char === "#" && at === start && as === "field")) {
    report(cursor, `${char} is special in a log search: write \\${char}, or put the text in double quotes.`, at, 1);
  }
}

/** The name of a field from the term before its colon. */
export function fieldOf(cursor: Cursor, term: Term, start: number): string {
  if (term.text === "*" && term.wildcards) {
    return "*";
  }
  if (term.wildcards) {
    report(cursor, "The name of a field takes no wildcards.", start, cursor.at - start);
  } else if (/^[@#]?$/.test(term.text)) {
    report(cursor, "The name of a field is missing before this colon.", cursor.at, 1);
  }
  return term.text;
}

/** Reads the value behind a field's colon, or one alternative of `field:(…)`. */
export function takeValue(cursor: Cursor, field: string, start: number): SearchValue {
  const char = peek(cursor);
  if (char === "" || char === ")" || isSpace(char)) {
    report(cursor, `${field}: needs a value right behind its colon; ${field}:* is any.`, start, cursor.at - start);
    return word("*");
  }
  if (char === '"') {
    return takePhrase(cursor);
  }
  if (char === "[" || char === "{") {
    return takeRange(cursor);
  }
  const comparator = SEARCH_COMPARATORS.find((each) => take(cursor, each));
  if (comparator === undefined) {
    return patternOf(takeTerm(cursor, "value"));
  }
  const value = takeBound(cursor);
  if (value === "") {
    report(cursor, `${comparator} needs a number right behind it.`, cursor.at - comparator.length, comparator.length);
  }
  return compareTo(comparator, value);
}

/** Reads a phrase; the cursor stands at its opening quote. */
export function takePhrase(cursor: Cursor): SearchText {
  const open = cursor.at++;
  let text = "";
  for (let char = peek(cursor); char !== '"'; char = peek(cursor)) {
    if (char === "") {
      report(cursor, 'This " is never closed.', open, cursor.at - open);
      return phrase(text);
    }
    if (char === "\\" && cursor.at + 1 < cursor.text.length) {
      cursor.at++;
      char = peek(cursor);
    }
    text += char;
    cursor.at++;
  }
  cursor.at++;
  return phrase(text);
}

function takeRange(cursor: Cursor): SearchValue {
  const start = cursor.at;
  const opening = peek(cursor);
  cursor.at++;
  skipSpace(cursor);
  const from = takeBound(cursor);
  skipSpace(cursor);
  const middle = take(cursor, "TO");
  skipSpace(cursor);
  const to = takeBound(cursor);
  skipSpace(cursor);
  const closing = peek(cursor);
  if (closing !== "]" && closing !== "}") {
    report(cursor, "A range looks like [400 TO 499].", start, cursor.at - start);
    return between(from, to);
  }
  cursor.at++;
  const length = cursor.at - start;
  if (!middle || from === "" || to === "") {
    report(cursor, "A range looks like [400 TO 499]; * is an open end.", start, length);
  } else if ((opening === "[") !== (closing === "]")) {
    report(cursor, "A range has two brackets, or two braces where its bounds are outside.", start, length);
  } else if (Number(from) > Number(to)) {
    report(cursor, `This range is empty: ${from} is above ${to}.`, start, length);
  }
  return between(from, to, opening === "[");
}

function takeBound(cursor: Cursor): string {
  let bound = "";
  for (let char = peek(cursor); !atEnd(cursor) && !/[\s()[\]{}]/.test(char); char = peek(cursor)) {
    if (char === "\\" && cursor.at + 1 < cursor.text.length) {
      cursor.at++;
      char = peek(cursor);
    }
    bound += char;
    cursor.at++;
  }
  return bound;
}
