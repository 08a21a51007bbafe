import { everywhere, type Scope } from "./metric-scope";

/** How Datadog joins the series of a metric into one per group. `count` and percentiles are for distributions. */
export const NAMED_SPACE_AGGREGATORS = ["avg", "sum", "min", "max", "count", "stddev"] as const;

/** A percentile of a distribution, such as `p95` or `p99.9` (Datadog documentation: Distributions). */
export type Percentile = `p${number}`;

/** `count(v: v<=5)`: how many points of a distribution are on one side of a value (Distributions: threshold queries). */
export interface CountWhere {
  readonly kind: "count-where";
  readonly comparator: ValueComparator;
  /** The exact number, as text, in the metric's own unit. */
  readonly value: string;
}

/** How a point of a distribution may be compared in {@link CountWhere}. */
export const VALUE_COMPARATORS = ["<", "<=", ">", ">="] as const;
/** One of {@link VALUE_COMPARATORS}. */
export type ValueComparator = (typeof VALUE_COMPARATORS)[number];

/** How the series of one group become one. */
export type SpaceAggregator = (typeof NAMED_SPACE_AGGREGATORS)[number] | Percentile | CountWhere;

/** Whether a text is a percentile aggregator: above 0 and below 100, with two decimals at most (Distributions). */
export function isPercentile(text: string): text is Percentile {
  return /^p\d{1,2}(\.\d{1,2})?$/.test(text) && Number(text.slice(1)) > 0;
}

/** One metric, filtered, joined and grouped: `sum:app.errors{env:prod} by {endpoint}`. */
export interface MetricQuery {
  readonly kind: "query";
  readonly aggregator: SpaceAggregator;
  readonly metric: string;
  readonly scope: Scope;
  /** Tag keys; `*` alone groups by every tag. */
  readonly groupBy: readonly string[];
}

/** The four operators. */
export type ArithmeticOperator = "+" | "-" | "*" | "/";

/** What may stand beside a series between a function's parentheses. */
export type FunctionArgument =
  | MetricExpression
  /** In quotes: `'agile'`. */
  | { readonly kind: "text"; readonly value: string }
  /** Without quotes: the `sum` of `.rollup(sum, 60)`. */
  | { readonly kind: "word"; readonly value: string }
  /** `interval=60`, `direction='above'`. */
  | { readonly kind: "named"; readonly name: string; readonly value: NamedValue };

/** The value of a named argument. */
export type NamedValue =
  | { readonly kind: "text" | "word"; readonly value: string }
  | { readonly kind: "number"; readonly text: string };

/** What a metric monitor or a dashboard computes. */
export type MetricExpression =
  | MetricQuery
  /** An exact number, as text; a minus sign may lead. */
  | { readonly kind: "number"; readonly text: string }
  | {
      readonly kind: "arithmetic";
      readonly operator: ArithmeticOperator;
      readonly left: MetricExpression;
      readonly right: MetricExpression;
    }
  | { readonly kind: "negate"; readonly operand: MetricExpression }
  /** A function around its arguments: `default_zero(…)`. */
  | { readonly kind: "call"; readonly name: string; readonly args: readonly FunctionArgument[] }
  /** A function behind its operand: `.as_rate()`, `.rollup(sum, 60)`. */
  | {
      readonly kind: "modifier";
      readonly name: string;
      readonly operand: MetricExpression;
      readonly args: readonly FunctionArgument[];
    };

/** What {@link metricQuery} needs: everywhere and ungrouped unless told. */
export interface MetricQueryOptions {
  readonly aggregator: SpaceAggregator;
  readonly metric: string;
  readonly scope?: Scope;
  readonly groupBy?: readonly string[];
}

/** One metric, filtered, joined and grouped. */
export const metricQuery = (options: MetricQueryOptions): MetricQuery => ({
  kind: "query",
  aggregator: options.aggregator,
  metric: options.metric,
  scope: options.scope ?? everywhere,
  groupBy: options.groupBy ?? [],
});

/** An exact number. */
export const numberLiteral = (text: string): MetricExpression => ({ kind: "number", text });

/** Two expressions and an operator between them. */
export const arithmetic = (
  left: MetricExpression,
  operator: ArithmeticOperator,
  right: MetricExpression,
): MetricExpression => ({ kind: "arithmetic", operator, left, right });

/** The negative of an expression. */
export const negated = (operand: MetricExpression): MetricExpression => ({ kind: "negate", operand });

/** A function around its arguments; `functions.ts` lists those that Datadog documents. */
export const functionCall = (name: string, ...args: readonly FunctionArgument[]): MetricExpression => ({
  kind: "call",
  name,
  args,
});

/** A function behind its operand; `functions.ts` lists those that Datadog documents. */
export const modified = (
  operand: MetricExpression,
  name: string,
  ...args: readonly FunctionArgument[]
): MetricExpression => ({ kind: "modifier", name, operand, args });

/** An argument in quotes. */
export const textArgument = (value: string): FunctionArgument => ({ kind: "text", value });

/** An argument without quotes. */
export const wordArgument = (value: string): FunctionArgument => ({ kind: "word", value });

/** An argument with its name. */
export const namedArgument = (name: string, value: NamedValue): FunctionArgument => ({ kind: "named", name, value });

/** The change per second of a counter: `.as_rate()` (Metric Type Modifiers). */
export const asRate = (operand: MetricExpression): MetricExpression => modified(operand, "as_rate");

/** The change of a counter over each rollup interval: `.as_count()` (Metric Type Modifiers). */
export const asCount = (operand: MetricExpression): MetricExpression => modified(operand, "as_count");
