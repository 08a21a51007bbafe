import { didYouMean } from "../../model/suggest";
import type { Parsed } from "../diagnostic";
import { takeArguments } from "./argument-parser";
import { atEnd, type Cursor, cursorOf, expect, look, nested, peek, report, skipSpace, take, takeMatch } from "./cursor";
import { checkFunction } from "./function-check";
import {
  type ArithmeticOperator,
  arithmetic,
  functionCall,
  isPercentile,
  type MetricExpression,
  modified,
  NAMED_SPACE_AGGREGATORS,
  negated,
  numberLiteral,
  type SpaceAggregator,
  VALUE_COMPARATORS,
} from "./metric-expression";
import { parseMetric } from "./metric-query-parser";
import { isOneOf } from "./one-of";

const NUMBER = /-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z_][\w.]*/y;
const BY_AND_TAGS = /by\s*\{[^}]*\}?/y;
const COUNT_WHERE = /count\(\s*v\s*:\s*v\s*(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)\s*\)/y;
/** Where reading goes on after something that cannot be read: what may follow an operand. */
const REST_OF_OPERAND = /[^)},<>=!+*/]+/y;

/** Operators or modifiers in one row: far above any real query, and low enough that its tree can be walked. */
const LONGEST_CHAIN = 1000;

/** Stands for what could not be read; it never leaves the parser, since there is a diagnostic by then. */
const unreadable: MetricExpression = numberLiteral("0");

/**
 * Parses an expression over metrics, as a dashboard's widget has it: the part of a metric monitor's query between its
 * window and its comparator. Template variables (`$env`) are accepted here, and only here.
 */
export function parseDatadogMetricExpression(text: string): Parsed<MetricExpression> {
  const cursor = cursorOf(text);
  const value = parseExpression(cursor);
  skipSpace(cursor);
  if (!atEnd(cursor)) {
    report(cursor, "Nothing may follow the expression here.", cursor.at, text.length - cursor.at);
  }
  return cursor.diagnostics.length === 0 ? { ok: true, value } : { ok: false, diagnostics: cursor.diagnostics };
}

/** Reads an expression up to whatever cannot belong to it. */
export function parseExpression(cursor: Cursor): MetricExpression {
  return nested(
    cursor,
    () => parseChain(cursor, ["+", "-"], () => parseChain(cursor, ["*", "/"], () => parseUnary(cursor))),
    unreadable,
  );
}

function parseChain(
  cursor: Cursor,
  operators: readonly ArithmeticOperator[],
  parseOperand: () => MetricExpression,
): MetricExpression {
  let left = parseOperand();
  for (let count = 0; ; count++) {
    skipSpace(cursor);
    const operator = peek(cursor);
    if (!isOneOf(operators, operator) || tooLong(cursor, count)) {
      return left;
    }
    cursor.at++;
    left = arithmetic(left, operator, parseOperand());
  }
}

function tooLong(cursor: Cursor, count: number): boolean {
  if (count < LONGEST_CHAIN) {
    return false;
  }
  report(cursor, `More than ${LONGEST_CHAIN} operators or functions in a row.`, cursor.at, 1);
  cursor.at = cursor.text.length;
  return true;
}

function parseUnary(cursor: Cursor): MetricExpression {
  skipSpace(cursor);
  if (peek(cursor) === "-" && look(cursor, NUMBER) === "") {
    cursor.at++;
    return nested(cursor, () => negated(parseUnary(cursor)), unreadable);
  }
  return parseModifiers(cursor, parsePrimary(cursor));
}

function parsePrimary(cursor: Cursor): MetricExpression {
  const start = cursor.at;
  if (take(cursor, "(")) {
    const inner = parseExpression(cursor);
    skipSpace(cursor);
    if (!take(cursor, ")")) {
      report(cursor, "This ( is never closed.", start, 1);
    }
    return inner;
  }
  const number = takeMatch(cursor, NUMBER);
  if (number !== "") {
    if (/^-?\./.test(number)) {
      report(
        cursor,
        `Write ${number.replace(".", "0.")}: a number needs a digit before its point.`,
        start,
        number.length,
      );
    }
    return numberLiteral(number);
  }
  const where = takeCountWhere(cursor);
  if (where !== undefined) {
    expect(cursor, ":", "A colon and a metric are missing after count(v: …).");
    return parseMetric(cursor, where);
  }
  const word = takeMatch(cursor, WORD);
  if (word === "") {
    report(cursor, "A metric, a number or a function is missing here.", start, 0);
    takeMatch(cursor, REST_OF_OPERAND);
    return unreadable;
  }
  switch (peek(cursor)) {
    case "(":
      return parseCall(cursor, word, start);
    case ":":
      cursor.at++;
      return parseMetric(cursor, spaceAggregator(cursor, word, start));
    default:
      cursor.at = start;
      return parseMetric(cursor, "avg");
  }
}

function takeCountWhere(cursor: Cursor): SpaceAggregator | undefined {
  COUNT_WHERE.lastIndex = cursor.at;
  const [all = "", comparator = "", value = ""] = COUNT_WHERE.exec(cursor.text) ?? [];
  cursor.at += all.length;
  return isOneOf(VALUE_COMPARATORS, comparator) ? { kind: "count-where", comparator, value } : undefined;
}

function spaceAggregator(cursor: Cursor, word: string, offset: number): SpaceAggregator {
  if (isOneOf(NAMED_SPACE_AGGREGATORS, word) || isPercentile(word)) {
    return word;
  }
  const known = [...NAMED_SPACE_AGGREGATORS, "p50", "p75", "p90", "p95", "p99"];
  report(
    cursor,
    `"${word}" is no space aggregation: use avg, sum, min or max, or for a distribution count, stddev or a percentile such as p95.${didYouMean(word, known)}`,
    offset,
    word.length,
  );
  return "avg";
}

function parseCall(cursor: Cursor, name: string, start: number): MetricExpression {
  const { values, spans } = takeArguments(cursor, parseExpression);
  const at = { offset: start, length: name.length };
  checkFunction(cursor, { name, form: "wrapper", args: values, at, argumentsAt: spans });
  return functionCall(name, ...values);
}

function parseModifiers(cursor: Cursor, operand: MetricExpression): MetricExpression {
  let modifiedOperand = operand;
  for (let count = 0; ; count++) {
    const before = cursor.at;
    skipSpace(cursor);
    if (modifiedOperand.kind === "modifier" && look(cursor, BY_AND_TAGS) !== "") {
      report(
        cursor,
        `The grouping stands before .${modifiedOperand.name}(): … by {…}.${modifiedOperand.name}().`,
        cursor.at,
        2,
      );
      takeMatch(cursor, BY_AND_TAGS);
      continue;
    }
    if (tooLong(cursor, count) || !take(cursor, ".")) {
      cursor.at = before;
      return modifiedOperand;
    }
    const start = cursor.at;
    const name = takeMatch(cursor, /\w+/y);
    if (name === "" || peek(cursor) !== "(") {
      report(cursor, "A function such as as_rate() is missing after this point.", start - 1, 1 + name.length);
      return modifiedOperand;
    }
    const { values, spans } = takeArguments(cursor, parseExpression);
    const at = { offset: start, length: name.length };
    checkFunction(cursor, { name, form: "modifier", args: values, at, argumentsAt: spans });
    modifiedOperand = modified(modifiedOperand, name, ...values);
  }
}
