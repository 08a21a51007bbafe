import type { Diagnostic } from "../diagnostic";
import { pathText, type Span } from "./expression";
import type { InsightsQuery } from "./query";
import type { Token, TokenSymbol } from "./token";

/**
 * Where the parser stands in a query's tokens, and what it has found wrong so far. The only mutable value of the parser; it
 * never leaves parseInsights. A parsing function that fails has reported why (here, or the lexer before) and gives undefined.
 */
export interface Cursor {
  readonly tokens: readonly Token[];
  readonly end: Token;
  readonly diagnostics: Diagnostic[];
  index: number;
  /** Operators, calls and parentheses that the current command has so far. */
  operators: number;
  /** True inside the parentheses of a subquery. */
  readonly inSubquery: boolean;
  /** Reads the commands of a subquery up to its closing parenthesis; handed in because expressions and queries contain each other. */
  readonly subquery: (cursor: Cursor) => InsightsQuery | undefined;
}

export function peek(cursor: Cursor, ahead = 0): Token {
  return cursor.tokens[cursor.index + ahead] ?? cursor.end;
}

/** The current token, and on to the next; at the end it stays there. */
export function advance(cursor: Cursor): Token {
  const token = peek(cursor);
  if (token.kind !== "end") {
    cursor.index++;
  }
  return token;
}

/** Where the last token that was read ended. */
export function endOfLast(cursor: Cursor): number {
  const last = cursor.tokens[cursor.index - 1];
  return last === undefined ? 0 : last.at.offset + last.at.length;
}

/** From the beginning of `from` to the end of what was read last. */
export function spanFrom(cursor: Cursor, from: Span): Span {
  return { offset: from.offset, length: Math.max(endOfLast(cursor) - from.offset, 0) };
}

export function report(cursor: Cursor, at: Span, message: string): undefined {
  cursor.diagnostics.push({ message, offset: at.offset, length: at.length });
  return undefined;
}

export function atSymbol(cursor: Cursor, symbol: TokenSymbol, ahead = 0): boolean {
  const token = peek(cursor, ahead);
  return token.kind === "symbol" && token.symbol === symbol;
}

export function takeSymbol(cursor: Cursor, symbol: TokenSymbol): boolean {
  const found = atSymbol(cursor, symbol);
  if (found) {
    cursor.index++;
  }
  return found;
}

/** True at an unquoted word, given in lower case. */
export function atWord(cursor: Cursor, word: string, ahead = 0): boolean {
  const token = peek(cursor, ahead);
  return token.kind === "word" && token.keyword === word;
}

export function takeWord(cursor: Cursor, word: string): boolean {
  const found = atWord(cursor, word);
  if (found) {
    cursor.index++;
  }
  return found;
}

/** True where a command ends: at a pipe, at a closing parenthesis, at the query's end. */
export function atCommandEnd(cursor: Cursor): boolean {
  return peek(cursor).kind === "end" || atSymbol(cursor, "|") || atSymbol(cursor, ")");
}

/** How a message names a token. */
function described(token: Token): string {
  switch (token.kind) {
    case "word":
      return `"${pathText(token.path)}"`;
    case "string":
      return "a string";
    case "number":
      return "a number";
    case "period":
      return "a period";
    case "regex":
      return "a regular expression";
    case "symbol":
      return `"${token.symbol}"`;
    case "bad":
      return "this";
    case "end":
      return "the end of the query";
  }
}

/** Reports that `wanted` should stand where the cursor is; says nothing at a token that the lexer has reported. */
export function expected(cursor: Cursor, wanted: string): undefined {
  const token = peek(cursor);
  if (token.kind === "bad") {
    return undefined;
  }
  const ends = token.kind === "end" || (token.kind === "symbol" && (token.symbol === "|" || token.symbol === ")"));
  // Something is missing right behind what was read, not at the next line's pipe.
  const at = ends ? { offset: endOfLast(cursor), length: 0 } : token.at;
  return report(cursor, at, `Expected ${wanted}, found ${described(token)}.`);
}

export function expectSymbol(cursor: Cursor, symbol: TokenSymbol): boolean {
  if (takeSymbol(cursor, symbol)) {
    return true;
  }
  expected(cursor, `"${symbol}"`);
  return false;
}

export function expectWord(cursor: Cursor, word: string): boolean {
  if (takeWord(cursor, word)) {
    return true;
  }
  expected(cursor, `"${word}"`);
  return false;
}

/** The closing parenthesis of the one at `open`. */
export function expectClosing(cursor: Cursor, open: Span): boolean {
  if (takeSymbol(cursor, ")")) {
    return true;
  }
  const token = peek(cursor);
  if (token.kind === "end" || atSymbol(cursor, "|")) {
    report(cursor, open, "This parenthesis is never closed.");
  } else {
    expected(cursor, '")"');
  }
  return false;
}

/**
 * Most operators, calls and parentheses of one command. A limit of ours, so that no query can exhaust the stack; a filter of
 * five hundred comparisons is written with `in`.
 */
const MAX_OPERATORS = 1000;

/** Counts an operator, a call or a parenthesis; false, and reported once, beyond the most that a command may have. */
export function deepen(cursor: Cursor): boolean {
  cursor.operators++;
  if (cursor.operators === MAX_OPERATORS + 1) {
    report(
      cursor,
      peek(cursor).at,
      `A command has at most ${MAX_OPERATORS} operators; compare with many values by "in".`,
    );
  }
  return cursor.operators <= MAX_OPERATORS;
}

/** Goes on to where the command that began at `depth` ends, so that the next one can be read. */
export function skipCommand(cursor: Cursor, depth: number): void {
  for (let token = peek(cursor); token.kind !== "end"; token = peek(cursor)) {
    if (token.kind === "symbol") {
      if (token.symbol === "|" && token.depth <= depth) {
        return;
      }
      if (token.symbol === ")" && token.depth < depth) {
        return;
      }
    }
    cursor.index++;
  }
}

/** Goes on to the next comma or end of the list that stands at `depth`, so that its next item can be read. */
export function skipItem(cursor: Cursor, depth: number, atEnd?: (cursor: Cursor) => boolean): void {
  for (let token = peek(cursor); token.kind !== "end"; token = peek(cursor)) {
    if (token.depth <= depth && atEnd?.(cursor) === true) {
      return;
    }
    if (token.kind === "symbol" && token.depth <= depth) {
      if (token.symbol === "|" || token.symbol === "," || (token.symbol === ")" && token.depth < depth)) {
        return;
      }
    }
    cursor.index++;
  }
}
