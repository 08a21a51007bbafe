import type Big from "big.js";
import type { Comparison } from "./comparison";
import type { Baseline, LogicalOperator, RawLanguage } from "./condition";
import type { Duration } from "./duration";
import { dimensionOf, type Expression, labelsOf, type Selection } from "./expression";
import { errorRatio, type Objective } from "./objective";
import { type Dimension, type Per, plain, type Quantity } from "./quantity";
import { never } from "./result";

/** An objective in one environment. */
export interface DefiniteObjective extends Omit<Objective, "target"> {
  readonly target: Quantity;
}

/** A condition with nothing left open: expressions against numbers, or a backend's own text. */
export type DefiniteCondition =
  | {
      readonly kind: "compare";
      readonly expression: Expression;
      readonly comparison: Comparison;
      readonly threshold: Quantity;
    }
  | { readonly kind: "outside"; readonly expression: Expression; readonly low: Quantity; readonly high: Quantity }
  | { readonly kind: "absent"; readonly of: Selection }
  | ({ readonly kind: "anomaly"; readonly expression: Expression } & Baseline)
  | {
      readonly kind: "burn-rate";
      readonly objective: DefiniteObjective;
      readonly factor: Big;
      readonly long: Duration;
      readonly short: Duration;
    }
  | { readonly kind: LogicalOperator; readonly left: DefiniteCondition; readonly right: DefiniteCondition }
  | { readonly kind: "raw"; readonly language: RawLanguage; readonly text: string };

export type ConditionKind = DefiniteCondition["kind"];
type OfKind<K extends ConditionKind> = Extract<DefiniteCondition, { kind: K }>;
export type CompareCondition = OfKind<"compare">;
export type BurnRateCondition = OfKind<"burn-rate">;
export type LogicalCondition = OfKind<LogicalOperator>;

/** The conditions that a condition is put together from, in the order in which they are written. */
export function leavesOf(condition: DefiniteCondition): readonly Exclude<DefiniteCondition, LogicalCondition>[] {
  switch (condition.kind) {
    case "and":
    case "or":
    case "unless":
      return [...leavesOf(condition.left), ...leavesOf(condition.right)];
    case "compare":
    case "outside":
    case "absent":
    case "anomaly":
    case "burn-rate":
    case "raw":
      return [condition];
    default:
      return never(condition);
  }
}

/** The share of errors above which a budget burns `factor` times faster than it may. */
export function burningShare({ objective, factor }: Pick<BurnRateCondition, "objective" | "factor">): Quantity {
  const share = factor.times(objective.target.value.times(-1).plus(1));
  return { dimension: "ratio", value: share, text: `${plain(share.times(100))}%` };
}

/**
 * What a burn rate means: over both windows the share of errors is above `factor` times the budget. The long window says that it
 * matters, the short one that it still goes on (Google SRE Workbook, "Alerting on SLOs", 6).
 */
export function expandBurnRate(condition: BurnRateCondition): LogicalCondition {
  const over = (window: Duration): CompareCondition => ({
    kind: "compare",
    expression: errorRatio(condition.objective.sli, window),
    comparison: ">",
    threshold: burningShare(condition),
  });
  return { kind: "and", left: over(condition.long), right: over(condition.short) };
}

/** The comparison that decides first, and that a recovery is held against; undefined where there is none. */
export function primaryComparison(condition: DefiniteCondition): CompareCondition | undefined {
  switch (condition.kind) {
    case "compare":
      return condition;
    case "and":
    case "or":
    case "unless":
      return primaryComparison(condition.left);
    case "outside":
    case "absent":
    case "anomaly":
    case "burn-rate":
    case "raw":
      return undefined;
    default:
      return never(condition);
  }
}

/** What the value of an alert measures, so that it can be written with its unit. */
export interface Subject {
  readonly expression: Expression;
  readonly dimension: Dimension;
  /** The time that a frequency or throughput counts over. */
  readonly per?: Per;
}

const subject = (expression: Expression, { per }: Pick<Quantity, "per"> = {}): Subject => ({
  expression,
  dimension: dimensionOf(expression),
  ...(per === undefined ? {} : { per }),
});

/** What the alert's value is about; undefined where it has none that a reader could use. */
export function subjectOf(condition: DefiniteCondition): Subject | undefined {
  switch (condition.kind) {
    case "compare":
      return subject(condition.expression, condition.threshold);
    case "outside":
      return subject(condition.expression, condition.high);
    case "anomaly":
      return subject(condition.expression);
    case "burn-rate":
      return subject(errorRatio(condition.objective.sli, condition.long));
    case "and":
    case "or":
    case "unless":
      return subjectOf(condition.left);
    case "absent":
    case "raw":
      return undefined;
    default:
      return never(condition);
  }
}

/** The labels that survive a condition; undefined where only its author knows them. */
export function labelsOfCondition(condition: DefiniteCondition): readonly string[] | undefined {
  switch (condition.kind) {
    case "compare":
    case "outside":
    case "anomaly":
      return labelsOf(condition.expression);
    case "absent":
    case "burn-rate":
      return [];
    case "and":
    case "or":
    case "unless":
      return labelsOfCondition(condition.left);
    case "raw":
      return undefined;
    default:
      return never(condition);
  }
}
