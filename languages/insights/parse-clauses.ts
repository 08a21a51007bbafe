import { advance, type Cursor, expectClosing, expected, peek, report, spanFrom, takeSymbol, takeWord } from "./cursor";
import { type FieldReference, type Name, pathText, type StringLiteral } from "./expression";
import { parseExpression } from "./parse-expression";
import type { InsightsQuery, Selection } from "./query";
import { RESERVED } from "./token";

/** A field, with its path. */
export function parseField(cursor: Cursor): FieldReference | undefined {
  const token = peek(cursor);
  if (token.kind !== "word" || RESERVED.has(token.keyword)) {
    return expected(cursor, "a field");
  }
  advance(cursor);
  return { kind: "field", path: token.path, at: token.at };
}

/** A name that the query gives; `what` says to what. */
export function parseName(cursor: Cursor, what: string): Name | undefined {
  const token = peek(cursor);
  if (token.kind === "string") {
    return report(cursor, token.at, `The name of ${what} stands in backticks, not in quotes.`);
  }
  if (token.kind === "number" || token.kind === "period") {
    return report(cursor, token.at, `The name of ${what} begins with a letter, unless it stands in backticks.`);
  }
  if (token.kind !== "word" || RESERVED.has(token.keyword)) {
    return expected(cursor, `a name for ${what}`);
  }
  advance(cursor);
  return { text: pathText(token.path), at: token.at };
}

/** An optional `as name`; undefined when the name is wrong. */
export function parseAlias(cursor: Cursor, what: string): { readonly alias?: Name } | undefined {
  if (!takeWord(cursor, "as")) {
    return {};
  }
  const alias = parseName(cursor, what);
  return alias && { alias };
}

/** An expression with its optional name. */
export function parseSelection(cursor: Cursor): Selection | undefined {
  const expression = parseExpression(cursor);
  if (expression === undefined) {
    return undefined;
  }
  const clause = parseAlias(cursor, "the result");
  return clause && { expression, ...clause };
}

/** A quoted string. */
export function parseString(cursor: Cursor, wanted: string): StringLiteral | undefined {
  const token = peek(cursor);
  if (token.kind !== "string") {
    return expected(cursor, wanted);
  }
  advance(cursor);
  return { kind: "string", raw: token.raw, at: token.at };
}

/** A whole query in parentheses. */
export function parseSubquery(cursor: Cursor): InsightsQuery | undefined {
  const open = peek(cursor);
  if (!takeSymbol(cursor, "(")) {
    return expected(cursor, "a query in parentheses");
  }
  const query = cursor.subquery(cursor);
  return expectClosing(cursor, open.at) ? query : undefined;
}

/** `name=` of an option, read; undefined with nothing read when no option stands here. */
export function takeOption(cursor: Cursor): { readonly name: string; readonly at: Name["at"] } | undefined {
  const token = peek(cursor);
  const equals = peek(cursor, 1);
  if (token.kind !== "word" || token.keyword === "" || equals.kind !== "symbol" || equals.symbol !== "=") {
    return undefined;
  }
  advance(cursor);
  advance(cursor);
  return { name: token.keyword, at: spanFrom(cursor, token.at) };
}
