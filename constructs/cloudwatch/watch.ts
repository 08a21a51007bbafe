import Big from "big.js";
import type { NoData } from "../../model/alert";
import type { Comparison } from "../../model/comparison";
import type { DefiniteCondition, LogicalCondition } from "../../model/definite-condition";
import { parseDuration } from "../../model/duration";
import type { Expression } from "../../model/expression";
import type { Quantity } from "../../model/quantity";
import { fail, never, ok, type Result } from "../../model/result";
import { alarmLimits } from "./limits";
import { allTrue, binary, type Maths, number } from "./maths";
import { missingData, type Watch, watchBand, watchNumber } from "./metric-alarm";
import { presenceOf } from "./statistic";
import { comparable, compileMaths, guarded, type MathsScope, type Term } from "./term";

type OfKind<K extends DefiniteCondition["kind"]> = Extract<DefiniteCondition, { kind: K }>;

/** A condition that one metric alarm decides. */
export type Leaf = OfKind<"compare" | "outside" | "absent" | "anomaly">;

/** What an alarm's condition is compiled for. */
export interface WatchScope extends MathsScope {
  readonly noData: NoData;
}

const holds = (value: number, comparison: Comparison, limit: Big): boolean => {
  switch (comparison) {
    case ">":
      return limit.lt(value);
    case ">=":
      return limit.lte(value);
    case "<":
      return limit.gt(value);
    case "<=":
      return limit.gte(value);
    default:
      return never(comparison);
  }
};

const isCount = ({ kind }: Expression): boolean => kind === "rate" || kind === "increase" || kind === "log-count";

/**
 * Why a count cannot be held against a lower limit while missing data is taken for health: where nothing is counted, CloudWatch has no
 * point, so that the very zero that should fire would never be seen.
 */
const silentZero = (expression: Expression, zeroIsBad: boolean, { noData }: WatchScope): string | undefined =>
  isCount(expression) && zeroIsBad && noData === "ok"
    ? `CloudWatch has no point where nothing was counted, and cannot tell zero from a counter that is gone; write noData: "alert" to be told of both, or evaluate the alert with prometheus (evaluator: "prometheus")`
    : undefined;

/** A truth of one period: 1 where it holds, 0 or no point where it does not. */
interface Truth {
  readonly maths: Maths;
  readonly period: number;
}

const beyond = (term: Term, expression: Expression, comparison: Comparison, quantity: Quantity): Maths => {
  const { left, limit } = comparable(term, expression, quantity);
  return binary(left.maths, comparison, number(limit));
};

const outsideOf = (term: Term, { expression, low, high }: OfKind<"outside">): Maths =>
  binary(beyond(term, expression, "<", low), "OR", beyond(term, expression, ">", high));

function truthOfLogical({ kind, left, right }: LogicalCondition, scope: WatchScope): Result<Truth> {
  const ours = truthOf(left, scope);
  if (!ours.ok) return ours;
  const theirs = truthOf(right, scope);
  if (!theirs.ok) return theirs;
  const [a, b] = [ours.value, theirs.value];
  if (a.period !== b.period) {
    return fail(
      `its sides look back over ${a.period} and ${b.period} seconds, and one CloudWatch alarm compares points of the same time; give both the same window`,
    );
  }
  switch (kind) {
    case "and":
      return ok({ maths: binary(a.maths, "AND", b.maths), period: a.period });
    case "or":
      return ok({ maths: binary(a.maths, "OR", b.maths), period: a.period });
    case "unless":
      // There is no NOT: one minus one is not above zero, and a point that is missing counts as zero.
      return ok({ maths: binary(binary(a.maths, "-", b.maths), ">", number(0)), period: a.period });
    default:
      return never(kind);
  }
}

/**
 * A condition as one expression that is 1 where it holds. This says of every single point what a composite alarm says of alarms
 * only, and needs both sides to have points of the same time.
 */
export function truthOf(condition: DefiniteCondition, scope: WatchScope): Result<Truth> {
  switch (condition.kind) {
    case "compare":
    case "outside": {
      const problem = leafProblem(condition, scope);
      if (problem !== undefined) return fail(problem);
      const term = compileMaths(condition.expression, scope);
      if (!term.ok) return term;
      const truth =
        condition.kind === "compare"
          ? beyond(term.value, condition.expression, condition.comparison, condition.threshold)
          : outsideOf(term.value, condition);
      return ok({ maths: allTrue([...term.value.guards, truth]) ?? truth, period: term.value.period });
    }
    case "and":
    case "or":
    case "unless":
      return truthOfLogical(condition, scope);
    case "absent":
    case "anomaly":
    case "burn-rate":
    case "raw":
      return fail(`"${condition.kind}" can be no part of an expression of CloudWatch`);
    default:
      return never(condition);
  }
}

/** A truth as something to watch. */
export const watchTruth = ({ maths, period }: Truth): Result<Watch> =>
  watchNumber({ kind: "if", condition: maths, value: number(1), otherwise: number(0) }, ">", new Big(0), {
    period,
    missing: "notBreaching",
  });

function leafProblem(condition: OfKind<"compare" | "outside">, scope: WatchScope): string | undefined {
  const { expression } = condition;
  const zeroIsBad =
    condition.kind === "compare"
      ? holds(0, condition.comparison, condition.threshold.value)
      : holds(0, "<", condition.low.value) || holds(0, ">", condition.high.value);
  return silentZero(expression, zeroIsBad, scope);
}

function watchCompare(condition: OfKind<"compare">, scope: WatchScope): Result<Watch> {
  const { expression, comparison, threshold } = condition;
  const problem = leafProblem(condition, scope);
  if (problem !== undefined) return fail(problem);
  const term = compileMaths(expression, scope);
  if (!term.ok) return term;
  const { left, limit } = comparable(term.value, expression, threshold);
  return watchNumber(guarded(left), comparison, limit, {
    period: term.value.period,
    missing: missingData[scope.noData],
  });
}

function watchOutside(condition: OfKind<"outside">, scope: WatchScope): Result<Watch> {
  const problem = leafProblem(condition, scope);
  if (problem !== undefined) return fail(problem);
  const term = compileMaths(condition.expression, scope);
  if (!term.ok) return term;
  const maths: Maths = {
    kind: "if",
    condition: outsideOf(term.value, condition),
    value: number(1),
    otherwise: number(0),
  };
  return watchNumber(guarded({ ...term.value, maths }), ">", new Big(0), {
    period: term.value.period,
    missing: missingData[scope.noData],
  });
}

/** Samples are never fewer than one where there are any, so that only their absence breaches. */
function watchAbsent({ of }: OfKind<"absent">, scope: WatchScope): Result<Watch> {
  if (scope.noData === "keep") return fail(`an alert on absence cannot stay as it was without data; leave noData out`);
  const metric = presenceOf(of, scope);
  if (!metric.ok) return metric;
  return watchNumber({ kind: "metric", metric: metric.value }, "<", new Big(1), {
    period: metric.value.period,
    missing: "breaching",
  });
}

function watchAnomaly(
  { expression, deviations, direction, baseline }: OfKind<"anomaly">,
  scope: WatchScope,
): Result<Watch> {
  const problem = silentZero(expression, direction !== "above", scope);
  if (problem !== undefined) return fail(problem);
  const length = parseDuration(baseline);
  if (!length.ok) return length;
  if (length.value > alarmLimits.anomalyTrainingSeconds)
    return fail(`CloudWatch learns what is usual from two weeks, not from ${baseline}; write at most "2w"`);
  const term = compileMaths(expression, scope);
  if (!term.ok) return term;
  const { period } = term.value;
  if (period < 60) return fail("CloudWatch learns what is usual of whole minutes only; watch a metric of a minute");
  return watchBand(
    guarded(term.value),
    { deviations: new Big(deviations), direction },
    { period, missing: missingData[scope.noData] },
  );
}

/** What one metric alarm watches, or why it cannot. */
export function watchOf(condition: Leaf, scope: WatchScope): Result<Watch> {
  switch (condition.kind) {
    case "compare":
      return watchCompare(condition, scope);
    case "outside":
      return watchOutside(condition, scope);
    case "absent":
      return watchAbsent(condition, scope);
    case "anomaly":
      return watchAnomaly(condition, scope);
    default:
      return never(condition);
  }
}
