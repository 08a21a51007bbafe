import type { Comparison } from "./comparison";
import type { Duration } from "./duration";
import type { Expression, Selection } from "./expression";
import { errorRatio, type Objective } from "./objective";
import type { QuantityText } from "./quantity";
import type { PerEnvironment } from "./register";
import { never } from "./result";

/** How two conditions are put together, in PromQL's words. `unless`: the left one, where the right one is not true. */
export const logicalOperators = ["and", "or", "unless"] as const;
export type LogicalOperator = (typeof logicalOperators)[number];

/** Whether something is put together of two by `and`, `or` or `unless`. */
export const isLogical = <T extends { readonly kind: string }>(
  of: T,
): of is Extract<T, { readonly kind: LogicalOperator }> => logicalOperators.some((operator) => operator === of.kind);

/** On which side of its baseline a value is unusual. */
export const anomalyDirections = ["above", "below", "either"] as const;
export type AnomalyDirection = (typeof anomalyDirections)[number];

/** The time that is looked back over where none is said: a week holds every hour of a working day and of a weekend. */
export const defaultBaseline = "1w";

/** How an anomaly is told from what is usual. */
export interface Baseline {
  /** Standard deviations from the mean of the baseline. */
  readonly deviations: number;
  readonly direction: AnomalyDirection;
  /** The time that is looked back over for what is usual. */
  readonly baseline: Duration;
}

/** When an alert is true, as the catalog has it; `resolve-condition.ts` makes it definite for a service and environment. */
export type Condition =
  | {
      readonly kind: "compare";
      readonly expression: Expression;
      readonly comparison: Comparison;
      readonly threshold: PerEnvironment<QuantityText>;
    }
  /** Below the one or above the other. */
  | {
      readonly kind: "outside";
      readonly expression: Expression;
      readonly low: PerEnvironment<QuantityText>;
      readonly high: PerEnvironment<QuantityText>;
    }
  /** There is no such series at all: nobody emits it any more, or nobody collects it. */
  | { readonly kind: "absent"; readonly of: Selection }
  /** Further from the mean of its baseline than so many standard deviations; not true where the baseline never varied. */
  | ({ readonly kind: "anomaly"; readonly expression: Expression } & Baseline)
  /** The error budget is spent `factor` times faster than it may be, over both windows. */
  | {
      readonly kind: "burn-rate";
      readonly objective: Objective;
      /** A decimal, such as `"14.4"`. */
      readonly factor: string;
      readonly long: Duration;
      readonly short: Duration;
    }
  | { readonly kind: LogicalOperator; readonly left: Condition; readonly right: Condition }
  /** As people say it: `p95_latency > 1000ms`, over the service's own indicators. */
  | { readonly kind: "spoken"; readonly text: string; readonly thresholds?: PerEnvironment<QuantityText> }
  /** The escape hatch: a whole condition in one backend's language, parsed and held against the contract all the same. */
  | { readonly kind: "raw"; readonly language: RawLanguage; readonly text: string };

export type RawLanguage = "promql" | "datadog";

/** A condition in PromQL, for Prometheus alone; it must end in a comparison. `{service}` and `{environment}` are filled in. */
export const promql = (text: string): Condition => ({ kind: "raw", language: "promql", text });

/** A whole monitor query, for Datadog alone. `{service}` and `{environment}` are filled in. */
export const datadogQuery = (text: string): Condition => ({ kind: "raw", language: "datadog", text });

/** Both are true. The left one's value and labels are the alert's: write what is wrong first, and its guard second. */
export const and = (left: Condition, right: Condition): Condition => ({ kind: "and", left, right });

/** Either is true. */
export const or = (left: Condition, right: Condition): Condition => ({ kind: "or", left, right });

/** The left one is true and the right one is not: `unless(slow, deploying)`. */
export const unless = (left: Condition, right: Condition): Condition => ({ kind: "unless", left, right });

/** Nobody emits the metric, in any of the series that match. */
export const absent = ({ selection }: { readonly selection: Selection }): Condition => ({
  kind: "absent",
  of: selection,
});

/** The conditions that a condition is put together from, in the order in which they are written. */
export const partsOfCondition = (condition: Condition): readonly Condition[] =>
  isLogical(condition) ? [...partsOfCondition(condition.left), ...partsOfCondition(condition.right)] : [condition];

/** The expressions that a condition itself reads; what is said in words is looked up elsewhere. */
export function expressionsOf(condition: Condition): readonly Expression[] {
  switch (condition.kind) {
    case "compare":
    case "outside":
    case "anomaly":
      return [condition.expression];
    case "absent":
      return [{ kind: "value", of: condition.of, aggregation: "count", by: [] }];
    case "burn-rate":
      return [errorRatio(condition.objective.sli, condition.long)];
    case "and":
    case "or":
    case "unless":
      return [...expressionsOf(condition.left), ...expressionsOf(condition.right)];
    case "spoken":
    case "raw":
      return [];
    default:
      return never(condition);
  }
}

/** Every number of a condition that may differ by environment. */
export function tablesOf(condition: Condition): readonly PerEnvironment<QuantityText>[] {
  switch (condition.kind) {
    case "compare":
      return [condition.threshold];
    case "outside":
      return [condition.low, condition.high];
    case "burn-rate":
      return [condition.objective.target];
    case "and":
    case "or":
    case "unless":
      return [...tablesOf(condition.left), ...tablesOf(condition.right)];
    case "spoken":
      return condition.thresholds === undefined ? [] : [condition.thresholds];
    case "absent":
    case "anomaly":
    case "raw":
      return [];
    default:
      return never(condition);
  }
}
