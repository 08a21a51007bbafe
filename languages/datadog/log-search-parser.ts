import type { Parsed } from "../diagnostic";
import { atEnd, type Cursor, cursorOf, isSpace, nested, peek, report, skipSpace, take, takeMatch } from "./cursor";
import {
  allSearches,
  anySearch,
  type DatadogLogSearch,
  everyLog,
  excluding,
  freeText,
  inCidr,
  matchField,
} from "./log-search";
import { fieldOf, patternOf, takePhrase, takeTerm, takeValue } from "./log-search-terms";

const OPERATOR = /(?:(?:AND|OR|NOT)(?=[\s()"]|$)|&&|\|\|)/y;
const CIDR = /CIDR\(/y;
const CIDR_ARGUMENT = /[^\s,()]+/y;
const CIDR_BLOCK = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)\/\d{1,3}$/;

/** Parses a log search; an empty one finds every log. */
export function parseDatadogLogSearch(text: string): Parsed<DatadogLogSearch> {
  const cursor = cursorOf(text);
  skipSpace(cursor);
  const value = atEnd(cursor) ? everyLog : parseAny(cursor, undefined);
  while (!atEnd(cursor)) {
    report(cursor, "This ) closes nothing.", cursor.at, 1);
    cursor.at++;
    skipSpace(cursor);
    if (!atEnd(cursor) && peek(cursor) !== ")") {
      parseAny(cursor, undefined);
    }
  }
  return cursor.diagnostics.length === 0 ? { ok: true, value } : { ok: false, diagnostics: cursor.diagnostics };
}

/** Alternatives; `field` is that of `field:(…)` around them. */
function parseAny(cursor: Cursor, field: string | undefined): DatadogLogSearch {
  const [first = everyLog, ...rest] = operands(cursor, "OR", () => parseAll(cursor, field));
  return anySearch(first, ...rest);
}

function parseAll(cursor: Cursor, field: string | undefined): DatadogLogSearch {
  const searches: DatadogLogSearch[] = [];
  for (;;) {
    skipSpace(cursor);
    const operator = nextOperator(cursor);
    if (atEnd(cursor) || peek(cursor) === ")" || operator === "OR") {
      if (searches.length === 0) {
        report(cursor, "A search term is missing here.", cursor.at, 0);
      }
      return allSearches(...searches);
    }
    if (operator !== "AND") {
      searches.push(parseOne(cursor, field));
      continue;
    }
    const at = cursor.at;
    const text = takeMatch(cursor, OPERATOR);
    skipSpace(cursor);
    const dangling = atEnd(cursor) || peek(cursor) === ")" || ["AND", "OR"].includes(nextOperator(cursor));
    if (searches.length === 0 || dangling) {
      report(cursor, `${text} needs a search term on both sides.`, at, text.length);
    }
    if (dangling) {
      // One report is enough: what is missing has been said.
      searches.push(everyLog);
    }
  }
}

function operands(cursor: Cursor, operator: "OR", parse: () => DatadogLogSearch): readonly DatadogLogSearch[] {
  const found = [parse()];
  for (;;) {
    skipSpace(cursor);
    if (nextOperator(cursor) !== operator) {
      return found;
    }
    const at = cursor.at;
    const text = takeMatch(cursor, OPERATOR);
    skipSpace(cursor);
    if (atEnd(cursor) || peek(cursor) === ")" || nextOperator(cursor) === operator) {
      report(cursor, `${text} needs a search term on both sides.`, at, text.length);
      if (nextOperator(cursor) !== operator) {
        return found;
      }
      continue;
    }
    found.push(parse());
  }
}

function nextOperator(cursor: Cursor): "AND" | "OR" | "NOT" | "" {
  const before = cursor.at;
  const text = takeMatch(cursor, OPERATOR);
  cursor.at = before;
  switch (text) {
    case "AND":
    case "&&":
      return "AND";
    case "OR":
    case "||":
      return "OR";
    case "NOT":
      return "NOT";
    default:
      return "";
  }
}

function parseOne(cursor: Cursor, field: string | undefined): DatadogLogSearch {
  const at = cursor.at;
  if (nextOperator(cursor) === "NOT") {
    cursor.at += "NOT".length;
    skipSpace(cursor);
    return parseExcluded(cursor, field, "NOT", at);
  }
  if (take(cursor, "-")) {
    return parseExcluded(cursor, field, "-", at);
  }
  if (take(cursor, "!")) {
    report(cursor, "! does not exclude in a log search: write - or NOT.", at, 1);
  } else {
    // Lucene's "required" adds nothing: every term of a conjunction is.
    take(cursor, "+");
  }
  return parseTerm(cursor, field);
}

function parseExcluded(cursor: Cursor, field: string | undefined, operator: string, at: number): DatadogLogSearch {
  const next = peek(cursor);
  if (next === "" || next === ")" || isSpace(next)) {
    report(cursor, `${operator} must stand right before what it excludes.`, at, operator.length);
    return everyLog;
  }
  return excluding(nested(cursor, () => parseOne(cursor, field), everyLog));
}

function parseTerm(cursor: Cursor, field: string | undefined): DatadogLogSearch {
  const start = cursor.at;
  const next = peek(cursor);
  if (next === "(") {
    return parseGroup(cursor, field);
  }
  if (next === '"') {
    return textOrMatch(field, takePhrase(cursor));
  }
  if (takeMatch(cursor, CIDR) !== "") {
    return parseCidr(cursor, start);
  }
  if (field !== undefined && /[<>[{]/.test(next)) {
    return matchField(field, takeValue(cursor, field, start));
  }
  const term = takeTerm(cursor, "field");
  if (peek(cursor) !== ":") {
    if (term.text.startsWith("@") && !term.escapedFirst) {
      report(
        cursor,
        `${term.text} needs a value: write ${term.text}:value, or ${term.text}:* for any.`,
        start,
        cursor.at - start,
      );
    }
    return textOrMatch(field, patternOf(term));
  }
  const name = fieldOf(cursor, term, start);
  cursor.at++;
  if (peek(cursor) === "(") {
    return parseGroup(cursor, name);
  }
  return matchField(name, takeValue(cursor, name, start));
}

const textOrMatch = (field: string | undefined, value: ReturnType<typeof takePhrase>): DatadogLogSearch =>
  field === undefined ? freeText(value) : matchField(field, value);

function parseGroup(cursor: Cursor, field: string | undefined): DatadogLogSearch {
  const open = cursor.at++;
  skipSpace(cursor);
  if (take(cursor, ")")) {
    report(cursor, "These parentheses are empty.", open, cursor.at - open);
    return everyLog;
  }
  const search = nested(cursor, () => parseAny(cursor, field), everyLog);
  if (!take(cursor, ")")) {
    report(cursor, "This ( is never closed.", open, 1);
  }
  return search;
}

function parseCidr(cursor: Cursor, start: number): DatadogLogSearch {
  skipSpace(cursor);
  const fieldAt = cursor.at;
  const field = takeMatch(cursor, CIDR_ARGUMENT);
  if (!/^@?[\w.-]+$/.test(field)) {
    report(cursor, "CIDR needs an attribute first, such as @network.client.ip.", fieldAt, field.length);
  }
  const blocks: string[] = [];
  skipSpace(cursor);
  while (take(cursor, ",")) {
    skipSpace(cursor);
    const at = cursor.at;
    const block = takeMatch(cursor, CIDR_ARGUMENT);
    if (!CIDR_BLOCK.test(block)) {
      report(cursor, "An address block looks like 10.0.0.0/8.", at, block.length);
    }
    blocks.push(block);
    skipSpace(cursor);
  }
  const [first, ...rest] = blocks;
  if (first === undefined) {
    report(cursor, "CIDR needs an address block, such as 10.0.0.0/8.", cursor.at, 0);
  }
  if (!take(cursor, ")")) {
    report(cursor, "This CIDR( is never closed.", start, cursor.at - start);
  }
  return first === undefined ? everyLog : inCidr(field, first, ...rest);
}
