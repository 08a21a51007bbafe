import type { LogicalOperator } from "../../model/condition";
import { type DefiniteCondition, expandBurnRate, type LogicalCondition } from "../../model/definite-condition";
import { fail, never, ok, type Result } from "../../model/result";
import { type MetricAlarm, metricAlarm, type Watch } from "./metric-alarm";
import { type Leaf, truthOf, type WatchScope, watchOf, watchTruth } from "./watch";

/** When an alert is true, over the states of metric alarms. */
export type Decision =
  | { readonly kind: "alarm"; readonly alarm: MetricAlarm }
  | { readonly kind: "not"; readonly of: Decision }
  | { readonly kind: "and" | "or"; readonly left: Decision; readonly right: Decision };

/**
 * Whether a condition must have held at every point of the alert's duration, or at any of it: `A unless B` for five minutes is A at
 * every point and B at none.
 */
type Extent = "every" | "any";

/** What decisions are made for. */
export interface DecisionScope extends WatchScope {
  readonly forSeconds: number;
}

/** The metric alarms of a decision, in order of appearance. */
export function alarmsOf(decision: Decision): readonly MetricAlarm[] {
  switch (decision.kind) {
    case "alarm":
      return [decision.alarm];
    case "not":
      return alarmsOf(decision.of);
    case "and":
    case "or":
      return [...alarmsOf(decision.left), ...alarmsOf(decision.right)];
    default:
      return never(decision);
  }
}

/** Whole periods, at least as long as the alert's duration: a window that is longer has been looked at for long enough by itself. */
const periodsIn = (seconds: number, period: number): number => Math.max(1, Math.ceil(seconds / period));

function decided(watch: Watch, extent: Extent, { forSeconds }: DecisionScope): Result<Decision> {
  const evaluationPeriods = periodsIn(forSeconds, watch.period);
  const alarm = metricAlarm(watch, {
    evaluationPeriods,
    datapointsToAlarm: extent === "every" ? evaluationPeriods : 1,
  });
  return alarm.ok ? ok({ kind: "alarm", alarm: alarm.value }) : alarm;
}

function decideLeaf(condition: Leaf, extent: Extent, scope: DecisionScope): Result<Decision> {
  const watch = watchOf(condition, scope);
  return watch.ok ? decided(watch.value, extent, scope) : watch;
}

/** What alarms say together is what their conditions say at every point: these two operators distribute over the points. */
const distributes: Readonly<Record<Extent, readonly LogicalOperator[]>> = { every: ["and", "unless"], any: ["or"] };

const opposite: Readonly<Record<Extent, Extent>> = { every: "any", any: "every" };

function decideLogical(condition: LogicalCondition, extent: Extent, scope: DecisionScope): Result<Decision> {
  const { kind } = condition;
  const left = decide(condition.left, extent, scope);
  if (!left.ok) return left;
  const right = decide(condition.right, kind === "unless" ? opposite[extent] : extent, scope);
  if (!right.ok) return right;
  const atOnce = [left.value, right.value].flatMap(alarmsOf).every(({ evaluationPeriods }) => evaluationPeriods === 1);
  if (atOnce || distributes[extent].includes(kind)) {
    return ok(
      kind === "unless"
        ? { kind: "and", left: left.value, right: { kind: "not", of: right.value } }
        : { kind, left: left.value, right: right.value },
    );
  }
  const truth = truthOf(condition, scope);
  if (!truth.ok) {
    return fail(
      `of "${kind}" CloudWatch holds each side against the alert's duration by itself, which is not the same: ${truth.error}; or write for: "0s"`,
    );
  }
  const watch = watchTruth(truth.value);
  return watch.ok ? decided(watch.value, extent, scope) : watch;
}

/**
 * A condition as a decision over metric alarms, exactly: where the states of alarms would say something else than the condition at
 * each point, one expression says it, or it is refused.
 * Errors: those of the metrics and expressions, times that no alarm looks back over, and conditions in another backend's language.
 */
export function decide(condition: DefiniteCondition, extent: Extent, scope: DecisionScope): Result<Decision> {
  switch (condition.kind) {
    case "compare":
    case "outside":
    case "absent":
    case "anomaly":
      return decideLeaf(condition, extent, scope);
    case "burn-rate":
      return decideLogical(expandBurnRate(condition), extent, scope);
    case "and":
    case "or":
    case "unless":
      return decideLogical(condition, extent, scope);
    case "raw": {
      const evaluator = condition.language === "promql" ? "prometheus" : "datadog";
      return fail(
        `CloudWatch cannot evaluate a condition in another backend's language; ${evaluator} can (evaluator: "${evaluator}")`,
      );
    }
    default:
      return never(condition);
  }
}
