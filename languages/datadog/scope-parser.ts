import { type Cursor, nested, peek, report, skipSpace, take, takeMatch } from "./cursor";
import {
  allScopes,
  anyScope,
  bareTag,
  everywhere,
  type Scope,
  scopeVariable,
  tag,
  tagIn,
  without,
} from "./metric-scope";
import { checkDatadogPattern } from "./names";

/** First use of each spelling, since Datadog refuses a scope that mixes them (Advanced Filtering: Boolean). */
interface Spellings {
  symbol: { readonly text: string; readonly at: number } | undefined;
  word: { readonly text: string; readonly at: number } | undefined;
}

interface Reader {
  readonly cursor: Cursor;
  readonly spellings: Spellings;
}

const TAG_TEXT = /[^\s,(){}!][^\s,(){}]*/y;
const KEYWORD = /(?:and|or|not|in|AND|OR|NOT|IN)(?=[\s(){},]|$)/y;

/** Reads a scope; the cursor stands behind `{` and is left behind `}`. Empty braces mean everywhere. */
export function parseScope(cursor: Cursor): Scope {
  const open = cursor.at - 1;
  const reader: Reader = { cursor, spellings: { symbol: undefined, word: undefined } };
  skipSpace(cursor);
  if (take(cursor, "}")) {
    return everywhere;
  }
  const scope = parseAny(reader);
  skipSpace(cursor);
  while (peek(cursor) === ")") {
    report(cursor, "This ) closes nothing.", cursor.at, 1);
    cursor.at++;
    skipSpace(cursor);
  }
  if (!take(cursor, "}")) {
    report(cursor, "This { is never closed.", open, 1);
  }
  reportMixture(reader);
  return scope;
}

function parseAny(reader: Reader): Scope {
  const scopes = [parseAll(reader)];
  while (takeKeyword(reader, "or")) {
    scopes.push(parseAll(reader));
  }
  const [first = everywhere, ...rest] = scopes;
  return anyScope(first, ...rest);
}

function parseAll(reader: Reader): Scope {
  const scopes = [parseOne(reader)];
  const { cursor } = reader;
  for (;;) {
    skipSpace(cursor);
    if (peek(cursor) === ",") {
      noteSymbol(reader, ",");
      cursor.at++;
    } else if (!takeKeyword(reader, "and")) {
      if (isScopeEnd(peek(cursor)) || nextKeyword(cursor) === "or") {
        return allScopes(...scopes);
      }
      report(cursor, "A comma or AND is missing between two tags.", cursor.at, 0);
    }
    scopes.push(parseOne(reader));
  }
}

const isScopeEnd = (char: string) => char === "" || char === "}" || char === ")" || char === "{";

function parseOne(reader: Reader): Scope {
  const { cursor } = reader;
  skipSpace(cursor);
  if (peek(cursor) === "!") {
    noteSymbol(reader, "!");
    cursor.at++;
    return without(nested(cursor, () => parseOne(reader), everywhere));
  }
  if (takeKeyword(reader, "not")) {
    return without(nested(cursor, () => parseOne(reader), everywhere));
  }
  if (peek(cursor) === "(") {
    return parseGroup(reader);
  }
  return parseTag(reader);
}

function parseGroup(reader: Reader): Scope {
  const { cursor } = reader;
  const open = cursor.at++;
  const scope = nested(cursor, () => parseAny(reader), everywhere);
  skipSpace(cursor);
  if (!take(cursor, ")")) {
    report(cursor, "This ( is never closed.", open, 1);
  }
  return scope;
}

function parseTag(reader: Reader): Scope {
  const { cursor } = reader;
  const start = cursor.at;
  if (nextKeyword(cursor) === "or" || nextKeyword(cursor) === "and") {
    report(cursor, "A tag is missing before this operator.", start, 0);
    return everywhere;
  }
  const text = takeMatch(cursor, TAG_TEXT);
  if (text === "") {
    report(cursor, "A tag is missing here, such as env:prod.", start, 0);
    if (!isScopeEnd(peek(cursor)) && peek(cursor) !== ",") {
      cursor.at++;
    }
    return everywhere;
  }
  const list = parseList(reader, text, start);
  if (list !== undefined) {
    return list;
  }
  if (text === "*") {
    return everywhere;
  }
  if (/^\$\w+$/.test(text)) {
    return scopeVariable(text.slice(1));
  }
  checkTag(cursor, text, start);
  const colon = text.indexOf(":");
  return colon < 0 ? bareTag(text) : tag(text.slice(0, colon), text.slice(colon + 1));
}

/** `key IN (a,b)` or `key NOT IN (a,b)`, the key having been read. */
function parseList(reader: Reader, key: string, start: number): Scope | undefined {
  const { cursor } = reader;
  const before = cursor.at;
  const negated = takeKeyword(reader, "not");
  if (!takeKeyword(reader, "in")) {
    cursor.at = before;
    return undefined;
  }
  for (const problem of checkDatadogPattern("tag key", key)) {
    report(cursor, problem.message, start, key.length);
  }
  const values = parseValues(cursor, key);
  const [first, ...rest] = values;
  if (first === undefined) {
    return everywhere;
  }
  const scope = tagIn(key, first, ...rest);
  return negated ? without(scope) : scope;
}

function parseValues(cursor: Cursor, key: string): readonly string[] {
  const values: string[] = [];
  skipSpace(cursor);
  const open = cursor.at;
  if (!take(cursor, "(")) {
    report(cursor, "IN needs its values in parentheses, such as env IN (prod,staging).", open, 0);
    return values;
  }
  do {
    skipSpace(cursor);
    const at = cursor.at;
    const value = takeMatch(cursor, TAG_TEXT);
    if (value === "") {
      report(cursor, `A value of ${key} is missing here.`, at, 0);
    } else {
      checkTag(cursor, `${key}:${value}`, at, value.length);
      values.push(value);
    }
    skipSpace(cursor);
  } while (take(cursor, ","));
  if (!take(cursor, ")")) {
    report(cursor, "This ( is never closed.", open, 1);
  }
  return values;
}

function checkTag(cursor: Cursor, text: string, offset: number, length = text.length): void {
  for (const problem of checkDatadogPattern("tag", text)) {
    report(cursor, problem.message, offset, length);
  }
}

function nextKeyword(cursor: Cursor): string {
  const before = cursor.at;
  const keyword = takeMatch(cursor, KEYWORD).toLowerCase();
  cursor.at = before;
  return keyword;
}

function takeKeyword(reader: Reader, keyword: string): boolean {
  const { cursor } = reader;
  skipSpace(cursor);
  if (nextKeyword(cursor) !== keyword) {
    return false;
  }
  reader.spellings.word ??= { text: keyword.toUpperCase(), at: cursor.at };
  cursor.at += keyword.length;
  return true;
}

function noteSymbol(reader: Reader, text: string): void {
  reader.spellings.symbol ??= { text, at: reader.cursor.at };
}

function reportMixture({ cursor, spellings: { symbol, word } }: Reader): void {
  if (symbol === undefined || word === undefined) {
    return;
  }
  const later = symbol.at > word.at ? symbol : word;
  report(
    cursor,
    `Datadog refuses a scope that mixes ${symbol.text} with ${word.text}: use either , and ! or AND, OR, NOT and IN.`,
    later.at,
    later.text.length,
  );
}
