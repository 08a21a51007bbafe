/** The four types of a PromQL expression (Prometheus: querying basics, "Expression language data types"). */
export type PromqlType = "scalar" | "string" | "vector" | "matrix";

/** Where something stands in the query's text. */
export interface TextSpan {
  /** Zero-based offset of the first character. */
  readonly offset: number;
  readonly length: number;
}

/** The four ways to match a label; `=~` and `!~` match the whole value against an RE2 expression. */
export const MATCH_OPERATORS = ["=", "!=", "=~", "!~"] as const;
export type MatchOperator = (typeof MATCH_OPERATORS)[number];

/** One condition on a label's value, with the escapes of the value already decoded. */
export interface LabelMatcher {
  readonly label: string;
  readonly op: MatchOperator;
  readonly value: string;
}

/** A matcher as it stands in a query. */
export interface PromqlMatcher extends LabelMatcher, TextSpan {}

/** One series selector of a query. */
export interface PromqlSelector extends TextSpan {
  /** The series name, however it was written: `up`, `{"up"}` or `{__name__="up"}`; absent when a pattern or nothing selects it. */
  readonly metric?: string;
  /** Every matcher but the one that gave `metric`. */
  readonly matchers: readonly PromqlMatcher[];
  /** Length of the range in seconds; absent for an instant selector and for a range only known at run time, as `[step()]`. */
  readonly rangeSeconds?: number;
}

/** A label named in by, without, on, ignoring, group_left or group_right. */
export interface LabelReference extends TextSpan {
  readonly name: string;
}

/** A parsed and type-checked query. */
export interface PromqlQuery {
  readonly text: string;
  readonly type: PromqlType;
  readonly expr: PromqlExpr;
  /** The expression and everything within it, outermost first. */
  readonly every: readonly PromqlExpr[];
  /** In the order of the text. */
  readonly selectors: readonly PromqlSelector[];
  /** Labels named in by, without, on, ignoring, group_left and group_right; each once, in the order of the text. */
  readonly grouping: readonly string[];
  /** Functions and aggregation operators called; each once, in the order of the text, operators in lower case. */
  readonly functions: readonly string[];
  /**
   * Whether the query returns nothing until a comparison, `absent()` or `absent_over_time()` holds, which is what an alert
   * condition needs: true for `a > 5`, `a > 5 and b`, `count(up == 0)`; false for `a`, `a > bool 5` and `a > 5 or vector(0)`.
   */
  readonly isComparison: boolean;
  /**
   * What an ordinary server refuses because it needs a feature flag: experimental functions, `duration expression`, `fill`,
   * `anchored` and `smoothed` (Prometheus: feature flags). Managed services such as AMP leave the flags off.
   */
  readonly experimental: readonly string[];
}

export const AGGREGATIONS = [
  "avg",
  "bottomk",
  "count",
  "count_values",
  "group",
  "limit_ratio",
  "limitk",
  "max",
  "min",
  "quantile",
  "stddev",
  "stdvar",
  "sum",
  "topk",
] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

export const BINARY_OPERATORS = [
  "+",
  "-",
  "*",
  "/",
  "%",
  "^",
  "atan2",
  "==",
  "!=",
  ">",
  "<",
  ">=",
  "<=",
  "and",
  "or",
  "unless",
  // Trim a native histogram's buckets above or below a bound.
  "</",
  ">/",
] as const;
export type BinaryOperator = (typeof BINARY_OPERATORS)[number];

interface Typed extends TextSpan {
  readonly type: PromqlType;
}

interface NumberExpr extends Typed {
  readonly kind: "number";
  /** A duration is a number of seconds. */
  readonly value: number;
}

interface StringExpr extends Typed {
  readonly kind: "string";
  readonly value: string;
}

/** A vector, or a matrix when it carries a range; offset and @ move it in time and are not kept. */
interface SelectorExpr extends Typed {
  readonly kind: "selector";
  readonly selector: PromqlSelector;
  readonly extension?: "anchored" | "smoothed";
}

/** `of[range:step]`. */
interface SubqueryExpr extends Typed {
  readonly kind: "subquery";
  readonly of: PromqlExpr;
  /** Absent when only known at run time. */
  readonly rangeSeconds?: number;
}

/** A leading plus or minus. */
interface UnaryExpr extends Typed {
  readonly kind: "unary";
  readonly of: PromqlExpr;
}

export interface AggregateExpr extends Typed {
  readonly kind: "aggregate";
  readonly op: Aggregation;
  readonly of: PromqlExpr;
  /** The first argument of topk, bottomk, limitk, limit_ratio, quantile and count_values. */
  readonly parameter?: PromqlExpr;
  /** Absent: everything into one group. */
  readonly grouping?: { readonly keep: "by" | "without"; readonly labels: readonly LabelReference[] };
}

export interface CallExpr extends Typed {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly PromqlExpr[];
}

/** How the series of two vectors find each other (Prometheus: operators, "Vector matching"). */
export interface VectorMatching {
  readonly mode: "on" | "ignoring";
  readonly labels: readonly LabelReference[];
  /** Which side may have many series for one of the other, and the labels it takes over from that one. */
  readonly group?: { readonly side: "left" | "right"; readonly include: readonly LabelReference[] };
}

export interface BinaryExpr extends Typed {
  readonly kind: "binary";
  readonly op: BinaryOperator;
  /** Return 0 or 1 instead of filtering. */
  readonly bool: boolean;
  readonly left: PromqlExpr;
  readonly right: PromqlExpr;
  readonly matching?: VectorMatching;
  /** Missing series are filled in by a default. */
  readonly fill: boolean;
}

/** An expression; parentheses have done their work and are gone. */
export type PromqlExpr =
  | NumberExpr
  | StringExpr
  | SelectorExpr
  | SubqueryExpr
  | UnaryExpr
  | AggregateExpr
  | CallExpr
  | BinaryExpr;

/** The operands of an expression, in the order of the text. */
export function operands(expr: PromqlExpr): readonly PromqlExpr[] {
  switch (expr.kind) {
    case "number":
    case "string":
    case "selector":
      return [];
    case "subquery":
    case "unary":
      return [expr.of];
    case "aggregate":
      return expr.parameter === undefined ? [expr.of] : [expr.parameter, expr.of];
    case "call":
      return expr.args;
    case "binary":
      return [expr.left, expr.right];
  }
}

/** The expression and everything within it, outermost first. */
export function everyExpr(expr: PromqlExpr): readonly PromqlExpr[] {
  const found: PromqlExpr[] = [];
  collect(expr, found);
  return found;
}

function collect(expr: PromqlExpr, into: PromqlExpr[]): void {
  into.push(expr);
  for (const operand of operands(expr)) collect(operand, into);
}

const COMPARISONS: ReadonlySet<BinaryOperator> = new Set(["==", "!=", ">", "<", ">=", "<="]);
const SET_OPERATORS: ReadonlySet<BinaryOperator> = new Set(["and", "or", "unless"]);

export const isComparisonOperator = (op: BinaryOperator): boolean => COMPARISONS.has(op);
export const isSetOperator = (op: BinaryOperator): boolean => SET_OPERATORS.has(op);
