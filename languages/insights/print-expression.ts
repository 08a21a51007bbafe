import type { Expression, PathSegment, StringLiteral } from "./expression";
import { periodText } from "./period";
import { BINDING, NOT_BINDING, OPERAND_BINDING, SIGN_BINDING } from "./precedence";
import type { InsightsQuery } from "./query";

/** Words of some clause; in backticks they can only be names. */
const CLAUSE_WORDS: ReadonlySet<string> = new Set([
  "and",
  "any",
  "as",
  "asc",
  "by",
  "csv",
  "desc",
  "false",
  "for",
  "in",
  "into",
  "like",
  "logfmt",
  "maxspan",
  "multi",
  "not",
  "now",
  "offset",
  "or",
  "output",
  "outputnew",
  "timeshift",
  "true",
  "where",
  "with",
]);

const PLAIN_FIRST = /^[A-Za-z_@][A-Za-z0-9_@]*$/;
const PLAIN_LATER = /^[A-Za-z0-9_@]+$/;

/** In backticks, with the @ of a generated field before them. */
const inBackticks = (name: string): string => (name.startsWith("@") ? `@\`${name.slice(1)}\`` : `\`${name}\``);

function printSegment(segment: PathSegment, first: boolean): string {
  if (typeof segment === "number") {
    return `[${segment}]`;
  }
  const plain = (first ? PLAIN_FIRST : PLAIN_LATER).test(segment);
  const name = plain ? segment : inBackticks(segment);
  return first ? name : `.${name}`;
}

/** A field as a query writes it, with backticks where its name needs them. */
export function printPath(path: readonly PathSegment[]): string {
  const [first, second] = path;
  const alone = typeof second !== "string";
  if (alone && typeof first === "string" && CLAUSE_WORDS.has(first.toLowerCase())) {
    return inBackticks(first) + printPath(path.slice(1));
  }
  return path.map((segment, index) => printSegment(segment, index === 0)).join("");
}

/** A name that the query gives, with backticks where it needs them. */
export function printName(text: string): string {
  const segments = text.split(".");
  const plain = segments.every((segment, index) => (index === 0 ? PLAIN_FIRST : PLAIN_LATER).test(segment));
  return plain ? printPath(segments) : inBackticks(text);
}

const UNESCAPED_DOUBLE = /(?<!\\)(?:\\\\)*"/;
const UNESCAPED_SINGLE = /(?<!\\)(?:\\\\)*'/;
const ESCAPED_SINGLE = /(?<!\\)(?:\\\\)*\\'/;

/** A string in double quotes, or in single ones when its own characters call for them. */
export function printString({ raw }: Pick<StringLiteral, "raw">): string {
  const single = UNESCAPED_DOUBLE.test(raw) || (ESCAPED_SINGLE.test(raw) && !UNESCAPED_SINGLE.test(raw));
  const quote = single ? "'" : '"';
  return quote + raw + quote;
}

/** Prints a subquery; handed in because queries and expressions contain each other. */
export type PrintQuery = (query: InsightsQuery) => string;

function bindingOf(expression: Expression): number {
  switch (expression.kind) {
    case "binary":
      return BINDING[expression.operator];
    case "unary":
      return expression.operator === "not" ? NOT_BINDING : SIGN_BINDING;
    case "match":
    case "in":
    case "in-subquery":
      return BINDING["="];
    case "field":
    case "string":
    case "number":
    case "boolean":
    case "period":
    case "regex":
    case "all":
    case "call":
      return OPERAND_BINDING;
  }
}

/**
 * An expression in canonical form: single spaces, no parenthesis that precedence makes needless.
 * Reading it again gives the same expression.
 */
export function printExpression(expression: Expression, printQuery: PrintQuery): string {
  const print = (part: Expression): string => printExpression(part, printQuery);
  /** In parentheses unless it binds at least as tightly as `needed`. */
  const within = (part: Expression, needed: number): string =>
    bindingOf(part) >= needed ? print(part) : `(${print(part)})`;
  switch (expression.kind) {
    case "field":
      return printPath(expression.path);
    case "string":
      return printString(expression);
    case "number":
      return expression.text;
    case "boolean":
      return `${expression.value}`;
    case "period":
      return periodText(expression);
    case "regex":
      return `/${expression.pattern}/`;
    case "all":
      return "*";
    case "unary":
      return expression.operator === "not"
        ? `not ${within(expression.operand, NOT_BINDING)}`
        : `-${within(expression.operand, SIGN_BINDING + 1)}`;
    case "binary": {
      const { operator } = expression;
      const binding = BINDING[operator];
      const power = operator === "^";
      const left = within(expression.left, power ? binding + 1 : binding);
      const right = within(expression.right, power ? binding : binding + 1);
      return `${left} ${operator} ${right}`;
    }
    case "match": {
      const subject = within(expression.subject, BINDING["="]);
      return `${subject} ${expression.negated ? "not " : ""}${expression.operator} ${print(expression.pattern)}`;
    }
    case "in": {
      const subject = within(expression.subject, BINDING["="]);
      const list = expression.candidates.map(print).join(", ");
      return `${subject} ${expression.negated ? "not " : ""}in [${list}]`;
    }
    case "in-subquery": {
      const subject = within(expression.subject, BINDING["="]);
      return `${subject} ${expression.negated ? "not " : ""}in (${printQuery(expression.query)})`;
    }
    case "call":
      return `${expression.name}(${expression.args.map(print).join(", ")})`;
  }
}
