import Big from "big.js";
import { plain } from "../../model/quantity";
import { never } from "../../model/result";

/** One CloudWatch metric, found by its exact dimensions, with one point per period. Source: CloudWatch API, MetricStat. */
export interface MetricStat {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Such as `Average` or `p95`. */
  readonly stat: string;
  /** Seconds that each of its points is about. */
  readonly period: number;
}

export type MathsOperator = "+" | "-" | "*" | "/" | ">" | ">=" | "<" | "<=" | "AND" | "OR";

/**
 * Metric maths, the part of it that alarms here are made of. Source: CloudWatch user guide, "Using math expressions with
 * CloudWatch metrics", "Metric math syntax and functions".
 */
export type Maths =
  | { readonly kind: "metric"; readonly metric: MetricStat }
  | { readonly kind: "number"; readonly value: Big }
  /** Seconds of the metric's period. */
  | { readonly kind: "period"; readonly of: MetricStat }
  | { readonly kind: "binary"; readonly operator: MathsOperator; readonly left: Maths; readonly right: Maths }
  /** No point where the condition is false and nothing else is given. */
  | { readonly kind: "if"; readonly condition: Maths; readonly value: Maths; readonly otherwise?: Maths };

export const metricOf = (metric: MetricStat): Maths => ({ kind: "metric", metric });
export const number = (value: Big | number): Maths => ({ kind: "number", value: new Big(value) });
export const binary = (left: Maths, operator: MathsOperator, right: Maths): Maths => ({
  kind: "binary",
  operator,
  left,
  right,
});

/** The maths times a factor. One below 1 divides by its inverse where that is exact, as a product with 0.001 is not. */
export function scaled(maths: Maths, factor: Big): Maths {
  if (factor.eq(1)) return maths;
  if (factor.gt(0) && factor.lt(1)) {
    const inverse = new Big(1).div(factor);
    if (inverse.times(factor).eq(1)) return binary(maths, "/", number(inverse));
  }
  return binary(maths, "*", number(factor));
}

/** All of these are true; undefined for none. */
export const allTrue = (conditions: readonly Maths[]): Maths | undefined =>
  conditions.length === 0 ? undefined : conditions.reduce((left, right) => binary(left, "AND", right));

/** Every metric that is read, in the order in which they are numbered. */
function metricsOf(maths: Maths): readonly MetricStat[] {
  switch (maths.kind) {
    case "metric":
      return [maths.metric];
    case "period":
      return [maths.of];
    case "number":
      return [];
    case "binary":
      return [...metricsOf(maths.left), ...metricsOf(maths.right)];
    case "if":
      // The value first: of a ratio its numerator is then `m1`, whatever guards it.
      return [maths.value, maths.condition, ...(maths.otherwise === undefined ? [] : [maths.otherwise])].flatMap(
        metricsOf,
      );
    default:
      return never(maths);
  }
}

/** The same metric has the same key. */
const keyOf = (metric: MetricStat): string => JSON.stringify(metric);

type IdOf = (metric: MetricStat) => string;

const operand = (maths: Maths, idOf: IdOf): string =>
  maths.kind === "binary" ? `(${textOf(maths, idOf)})` : textOf(maths, idOf);

function textOf(maths: Maths, idOf: IdOf): string {
  switch (maths.kind) {
    case "metric":
      return idOf(maths.metric);
    case "period":
      return `PERIOD(${idOf(maths.of)})`;
    case "number":
      return plain(maths.value);
    case "binary":
      return `${operand(maths.left, idOf)} ${maths.operator} ${operand(maths.right, idOf)}`;
    case "if": {
      const parts = [maths.condition, maths.value, ...(maths.otherwise === undefined ? [] : [maths.otherwise])];
      return `IF(${parts.map((part) => textOf(part, idOf)).join(", ")})`;
    }
    default:
      return never(maths);
  }
}

/** What an alarm asks for: a metric, or an expression over the others' ids. Source: CloudWatch API, MetricDataQuery. */
export type AlarmQuery = { readonly id: string } & (
  | { readonly kind: "metric"; readonly metric: MetricStat }
  | { readonly kind: "expression"; readonly expression: string }
);

/** The metrics `m1`, `m2` … that are read, each once, and the expression `e1` over them; a metric alone needs none. */
export function queriesOf(maths: Maths): readonly AlarmQuery[] {
  const metrics = new Map(metricsOf(maths).map((metric) => [keyOf(metric), metric]));
  const ids = new Map([...metrics.keys()].map((key, index) => [key, `m${index + 1}`]));
  const idOf: IdOf = (metric) => ids.get(keyOf(metric)) ?? "";
  const read = [...metrics.values()].map((metric): AlarmQuery => ({ kind: "metric", id: idOf(metric), metric }));
  return maths.kind === "metric" ? read : [...read, { kind: "expression", id: "e1", expression: textOf(maths, idOf) }];
}
