import { type Cursor, look, peek, report, skipSpace, take, takeMatch } from "./cursor";
import type { Span } from "./function-check";
import {
  type FunctionArgument,
  type MetricExpression,
  type NamedValue,
  namedArgument,
  textArgument,
  wordArgument,
} from "./metric-expression";
import { takeQuoted } from "./quoted";

const NAME_OF_ARGUMENT = /[A-Za-z_]\w*\s*=(?!=)/y;
/** A word that begins no query and no call; `12am` is one too. */
const WORD_ARGUMENT = /(?:[A-Za-z_][\w.]*|\d+[A-Za-z]\w*)(?=\s*[,)])/y;
const NAMED_NUMBER = /-?\d+(?:\.\d+)?(?=\s*[,)])/y;
const NAMED_WORD = /[\w.-]+/y;

/** A function's arguments, and where each of them stands. */
export interface Arguments {
  readonly values: readonly FunctionArgument[];
  readonly spans: readonly Span[];
}

/** Reads arguments in parentheses; the cursor stands at the opening one. */
export function takeArguments(cursor: Cursor, parseExpression: (cursor: Cursor) => MetricExpression): Arguments {
  const open = cursor.at++;
  const values: FunctionArgument[] = [];
  const spans: Span[] = [];
  skipSpace(cursor);
  if (take(cursor, ")")) {
    return { values, spans };
  }
  do {
    skipSpace(cursor);
    const offset = cursor.at;
    values.push(takeArgument(cursor, parseExpression));
    spans.push({ offset, length: cursor.at - offset });
    skipSpace(cursor);
  } while (take(cursor, ","));
  if (!take(cursor, ")")) {
    report(cursor, "This ( is never closed.", open, 1);
  }
  return { values, spans };
}

function takeArgument(cursor: Cursor, parseExpression: (cursor: Cursor) => MetricExpression): FunctionArgument {
  if (isQuote(peek(cursor))) {
    return textArgument(takeQuoted(cursor).value);
  }
  const name = takeMatch(cursor, NAME_OF_ARGUMENT);
  if (name !== "") {
    return namedArgument(name.slice(0, -1).trimEnd(), takeNamedValue(cursor));
  }
  const word = takeMatch(cursor, WORD_ARGUMENT);
  return word === "" ? parseExpression(cursor) : wordArgument(word);
}

function takeNamedValue(cursor: Cursor): NamedValue {
  skipSpace(cursor);
  if (isQuote(peek(cursor))) {
    return { kind: "text", value: takeQuoted(cursor).value };
  }
  if (look(cursor, NAMED_NUMBER) !== "") {
    return { kind: "number", text: takeMatch(cursor, NAMED_NUMBER) };
  }
  const at = cursor.at;
  const value = takeMatch(cursor, NAMED_WORD);
  if (value === "") {
    report(cursor, "The value of this argument is missing.", at, 0);
  }
  return { kind: "word", value };
}

const isQuote = (char: string) => char === "'" || char === '"';
