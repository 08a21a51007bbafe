import type { Diagnostic } from "../diagnostic";

/** Deepest nesting of parentheses that a query may have: far above any real one, and far below the stack's end. */
const MAXIMUM_DEPTH = 100;

/** Where a parser stands; made for one parse, and changed by that parse alone. */
export interface Cursor {
  readonly text: string;
  /** Offset of the next character. */
  at: number;
  depth: number;
  readonly diagnostics: Diagnostic[];
}

/** Characters that a query may have here: far above any real one, and low enough that reading it cannot fail. */
const MAXIMUM_LENGTH = 50_000;

/** A cursor at the start of a text; one beyond reason is reported, and read as if it were empty. */
export function cursorOf(text: string): Cursor {
  const cursor: Cursor = { text, at: 0, depth: 0, diagnostics: [] };
  if (text.length <= MAXIMUM_LENGTH) {
    return cursor;
  }
  report(cursor, `Longer than ${MAXIMUM_LENGTH} characters.`, 0, text.length);
  return { ...cursor, text: "" };
}

/** Notes what is wrong. That something is missing where something else is wrong follows from it, and is left out. */
export function report(cursor: Cursor, message: string, offset: number, length: number): void {
  const follows = cursor.diagnostics.some(
    (known) => known.offset === offset && (length === 0 || known.length === 0 || known.message === message),
  );
  if (!follows) {
    cursor.diagnostics.push({ message, offset, length });
  }
}

/** Whether a character separates words. */
export const isSpace = (char: string): boolean => char !== "" && char.trim() === "";

/** The next character, or nothing at the end. */
export const peek = (cursor: Cursor): string => cursor.text.charAt(cursor.at);

/** Whether the text ends here. */
export const atEnd = (cursor: Cursor): boolean => cursor.at >= cursor.text.length;

/** Passes white space. */
export function skipSpace(cursor: Cursor): void {
  while (!atEnd(cursor) && isSpace(peek(cursor))) {
    cursor.at++;
  }
}

/** Passes a literal text if it is next. */
export function take(cursor: Cursor, literal: string): boolean {
  if (!cursor.text.startsWith(literal, cursor.at)) {
    return false;
  }
  cursor.at += literal.length;
  return true;
}

/** What a sticky (`y`) expression matches here, without passing it; empty when it does not match. */
export function look(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  return pattern.exec(cursor.text)?.[0] ?? "";
}

/** Passes what a sticky (`y`) expression matches here. */
export function takeMatch(cursor: Cursor, pattern: RegExp): string {
  const match = look(cursor, pattern);
  cursor.at += match.length;
  return match;
}

/** Passes white space and then a literal text, or says that it is missing. */
export function expect(cursor: Cursor, literal: string, message: string): boolean {
  skipSpace(cursor);
  if (take(cursor, literal)) {
    return true;
  }
  report(cursor, message, cursor.at, 0);
  return false;
}

/** Parses one level deeper; a text nested beyond reason is reported and not read further. */
export function nested<T>(cursor: Cursor, parse: () => T, otherwise: T): T {
  if (cursor.depth >= MAXIMUM_DEPTH) {
    report(cursor, `Nested more than ${MAXIMUM_DEPTH} levels deep.`, cursor.at, 1);
    cursor.at = cursor.text.length;
    return otherwise;
  }
  cursor.depth++;
  const value = parse();
  cursor.depth--;
  return value;
}
