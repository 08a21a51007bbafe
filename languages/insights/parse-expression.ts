import {
  advance,
  atSymbol,
  atWord,
  type Cursor,
  deepen,
  expectClosing,
  expected,
  expectSymbol,
  peek,
  report,
  skipItem,
  spanFrom,
  takeSymbol,
} from "./cursor";
import type { BinaryOperator, Expression, RegexLiteral, StringLiteral } from "./expression";
import { parseCall } from "./parse-call";
import { toPeriod } from "./parse-period";
import { BINDING, NOT_BINDING, SIGN_BINDING } from "./precedence";
import { RESERVED, type Token } from "./token";

/** The binary operator at the cursor; its symbol or word is one token. */
function operatorAt(token: Token): BinaryOperator | undefined {
  if (token.kind === "word") {
    return token.keyword === "and" || token.keyword === "or" ? token.keyword : undefined;
  }
  if (token.kind !== "symbol") {
    return undefined;
  }
  switch (token.symbol) {
    case "=":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
    case "^":
      return token.symbol;
    case "=~":
    case "(":
    case ")":
    case "[":
    case "]":
    case "{":
    case "}":
    case ",":
    case ":":
    case "|":
      return undefined;
  }
}

/** True when the parenthesis behind the current word holds a query and not arguments, as that of a join does. */
function atSubquery(cursor: Cursor): boolean {
  const { kind } = peek(cursor, 3);
  return atWord(cursor, "source", 2) && (kind === "string" || kind === "word");
}

function parseWord(cursor: Cursor): Expression | undefined {
  const token = peek(cursor);
  if (token.kind !== "word") {
    return expected(cursor, "a field");
  }
  if (RESERVED.has(token.keyword)) {
    return expected(cursor, "a field, value or function");
  }
  if (token.keyword !== "" && atSymbol(cursor, "(", 1) && !atSubquery(cursor)) {
    return deepen(cursor) ? parseCall(cursor, parseExpression) : undefined;
  }
  advance(cursor);
  if (token.keyword === "true" || token.keyword === "false") {
    return { kind: "boolean", value: token.keyword === "true", at: token.at };
  }
  return { kind: "field", path: token.path, at: token.at };
}

function parseUnary(cursor: Cursor, operator: "not" | "-", binding: number): Expression | undefined {
  const { at } = advance(cursor);
  const operand = deepen(cursor) ? parseExpression(cursor, binding) : undefined;
  return operand && { kind: "unary", operator, operand, at: spanFrom(cursor, at) };
}

/** An operand: what an expression begins with. */
function parseOperand(cursor: Cursor): Expression | undefined {
  const token = peek(cursor);
  switch (token.kind) {
    case "word":
      return token.keyword === "not" ? parseUnary(cursor, "not", NOT_BINDING) : parseWord(cursor);
    case "string":
      advance(cursor);
      return { kind: "string", raw: token.raw, at: token.at };
    case "number":
      advance(cursor);
      return { kind: "number", text: token.text, at: token.at };
    case "period":
      advance(cursor);
      return toPeriod(cursor, token.amount, token.unit, token.at);
    case "regex":
      return report(cursor, token.at, 'A regular expression only stands after "like" or "=~".');
    case "symbol":
      if (token.symbol === "-") {
        return parseUnary(cursor, "-", SIGN_BINDING);
      }
      if (token.symbol === "(") {
        advance(cursor);
        const inner = deepen(cursor) ? parseExpression(cursor) : undefined;
        return inner !== undefined && expectClosing(cursor, token.at) ? inner : undefined;
      }
      return expected(cursor, "a field, value or function");
    case "bad":
    case "end":
      return expected(cursor, "a field, value or function");
  }
}

function parsePattern(cursor: Cursor): StringLiteral | RegexLiteral | undefined {
  const token = peek(cursor);
  if (token.kind === "string") {
    advance(cursor);
    return { kind: "string", raw: token.raw, at: token.at };
  }
  if (token.kind === "regex") {
    advance(cursor);
    return { kind: "regex", pattern: token.pattern, at: token.at };
  }
  return expected(cursor, "a quoted substring or a /regular expression/");
}

/** The expressions between square brackets, the opening one being read. */
function parseCandidates(cursor: Cursor): readonly Expression[] | undefined {
  const open = peek(cursor, -1);
  const items: Expression[] = [];
  let sound = true;
  do {
    const item = parseExpression(cursor);
    if (item === undefined) {
      sound = false;
      skipItem(cursor, open.depth + 1);
    } else {
      items.push(item);
    }
  } while (takeSymbol(cursor, ","));
  return expectSymbol(cursor, "]") && sound ? items : undefined;
}

function parseMembership(cursor: Cursor, subject: Expression, negated: boolean): Expression | undefined {
  const open = peek(cursor);
  if (takeSymbol(cursor, "[")) {
    const candidates = parseCandidates(cursor);
    return candidates && { kind: "in", negated, subject, candidates, at: spanFrom(cursor, subject.at) };
  }
  if (!atSymbol(cursor, "(")) {
    return expected(cursor, "a list in square brackets");
  }
  const first = peek(cursor, 1).kind;
  if (first === "string" || first === "number") {
    return report(cursor, open.at, 'The list after "in" stands in square brackets; parentheses hold a subquery.');
  }
  advance(cursor);
  const query = cursor.subquery(cursor);
  return expectClosing(cursor, open.at) && query !== undefined
    ? { kind: "in-subquery", negated, subject, query, at: spanFrom(cursor, subject.at) }
    : undefined;
}

/** `like`, `=~` or `in`, with or without `not`; undefined with nothing read when none of them stands here. */
function parseTest(cursor: Cursor, subject: Expression): { readonly result: Expression | undefined } | undefined {
  const negated = atWord(cursor, "not");
  const skip = negated ? 1 : 0;
  const matches = atSymbol(cursor, "=~", skip);
  if (matches || atWord(cursor, "like", skip)) {
    cursor.index += skip + 1;
    const pattern = deepen(cursor) ? parsePattern(cursor) : undefined;
    const operator = matches ? "=~" : "like";
    return {
      result: pattern && { kind: "match", operator, negated, subject, pattern, at: spanFrom(cursor, subject.at) },
    };
  }
  if (atWord(cursor, "in", skip)) {
    cursor.index += skip + 1;
    return { result: deepen(cursor) ? parseMembership(cursor, subject, negated) : undefined };
  }
  if (negated) {
    advance(cursor);
    return { result: expected(cursor, '"like" or "in"') };
  }
  return undefined;
}

/**
 * Reads an expression whose operators all bind tighter than `binding`: a Pratt parser.
 * Source: CloudWatch Logs Insights, "Boolean, comparison, numeric, datetime, and other functions" and `filter`.
 */
export function parseExpression(cursor: Cursor, binding = 0): Expression | undefined {
  let left = parseOperand(cursor);
  while (left !== undefined) {
    if (BINDING["="] > binding) {
      const test = parseTest(cursor, left);
      if (test !== undefined) {
        left = test.result;
        continue;
      }
    }
    const operator = operatorAt(peek(cursor));
    if (operator === undefined || BINDING[operator] <= binding) {
      return left;
    }
    advance(cursor);
    if (!deepen(cursor)) {
      return undefined;
    }
    // A power groups from the right: 2 ^ 3 ^ 2 is 2 ^ (3 ^ 2).
    const right = parseExpression(cursor, operator === "^" ? BINDING[operator] - 1 : BINDING[operator]);
    left = right && { kind: "binary", operator, left, right, at: spanFrom(cursor, left.at) };
  }
  return undefined;
}
