import type { InsightsQuery } from "./query";

/** Where a node stands in the query's text; zero-based, in UTF-16 units. Carries no meaning of its own. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/**
 * One step of a field's path: a name (`user`, or `0` in `items.0.id`) or a bracketed list index (`[0]`).
 * Names hold no backticks, whichever way they were written.
 * Source: CloudWatch Logs Insights, "Fields that contain special characters" and "Structure types".
 */
export type PathSegment = string | number;

/** A name that a query gives to something: an alias, a table, a lookup column. */
export interface Name {
  readonly text: string;
  readonly at: Span;
}

export interface FieldReference {
  readonly kind: "field";
  /** Never empty; begins with a name. */
  readonly path: readonly PathSegment[];
  readonly at: Span;
}

/** `raw` is what stands between the quotes, escapes untouched, so that printing never changes what CloudWatch reads. */
export interface StringLiteral {
  readonly kind: "string";
  readonly raw: string;
  readonly at: Span;
}

/** `text` is the number's digits as written, because identifiers of 17 and more digits do not fit a double. Never negative. */
export interface NumberLiteral {
  readonly kind: "number";
  readonly text: string;
  readonly at: Span;
}

export interface BooleanLiteral {
  readonly kind: "boolean";
  readonly value: boolean;
  readonly at: Span;
}

/** A length of time such as `5m`; `unit` is the canonical abbreviation of period.ts. */
export interface PeriodLiteral {
  readonly kind: "period";
  readonly amount: number;
  readonly unit: string;
  readonly at: Span;
}

/** `pattern` is what stands between the slashes; flags are inline, as in `(?i)error`. */
export interface RegexLiteral {
  readonly kind: "regex";
  readonly pattern: string;
  readonly at: Span;
}

/** The `*` of `count(*)`. */
export interface Wildcard {
  readonly kind: "all";
  readonly at: Span;
}

export type ComparisonOperator = "=" | "!=" | "<" | "<=" | ">" | ">=";
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "^";
export type BinaryOperator = "or" | "and" | ComparisonOperator | ArithmeticOperator;

export interface Unary {
  readonly kind: "unary";
  readonly operator: "not" | "-";
  readonly operand: Expression;
  readonly at: Span;
}

export interface Binary {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly at: Span;
}

/** `subject like "substring"`, `subject =~ /regex/` and their negations. */
export interface Match {
  readonly kind: "match";
  readonly operator: "like" | "=~";
  readonly negated: boolean;
  readonly subject: Expression;
  readonly pattern: StringLiteral | RegexLiteral;
  readonly at: Span;
}

/** `subject in [1, 2]`. */
export interface Membership {
  readonly kind: "in";
  readonly negated: boolean;
  readonly subject: Expression;
  readonly candidates: readonly Expression[];
  readonly at: Span;
}

/** `subject in (SOURCE "…" | fields id)`. */
export interface SubqueryMembership {
  readonly kind: "in-subquery";
  readonly negated: boolean;
  readonly subject: Expression;
  readonly query: InsightsQuery;
  readonly at: Span;
}

export interface Call {
  readonly kind: "call";
  /** The documented spelling of a known function, or what was written for an unknown one. */
  readonly name: string;
  readonly args: readonly Expression[];
  readonly at: Span;
}

/** An expression of the CloudWatch Logs Insights query language. */
export type Expression =
  | FieldReference
  | StringLiteral
  | NumberLiteral
  | BooleanLiteral
  | PeriodLiteral
  | RegexLiteral
  | Wildcard
  | Unary
  | Binary
  | Match
  | Membership
  | SubqueryMembership
  | Call;

/** The expressions directly inside one; a subquery's own expressions are not among them. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "match":
    case "in-subquery":
      return [expression.subject];
    case "in":
      return [expression.subject, ...expression.candidates];
    case "call":
      return expression.args;
    case "field":
    case "string":
    case "number":
    case "boolean":
    case "period":
    case "regex":
    case "all":
      return [];
  }
}

/** A field's name as results and log contracts show it: `user.id`, `items.0.id`, `users[1].action`. */
export function pathText(path: readonly PathSegment[]): string {
  let text = "";
  for (const segment of path) {
    text += typeof segment === "number" ? `[${segment}]` : text === "" ? segment : `.${segment}`;
  }
  return text;
}
