import Big from "big.js";
import type { AlertRule } from "../../model/alert-rule";
import { isUpper } from "../../model/comparison";
import type { DefiniteCondition } from "../../model/definite-condition";
import type { ServiceEstate } from "../../model/estate";
import type { Expression } from "../../model/expression";
import type { MetricDefinition } from "../../model/metric";
import { type Per, type Quantity, secondsPer } from "../../model/quantity";
import { fail, never, type Result } from "../../model/result";
import { comparable, compileTerm, map } from "../prometheus/compile";
import { compileCondition } from "../prometheus/compile-condition";
import { operand, type Term } from "../prometheus/term";
import {
  type AlertStage,
  cloudwatchStage,
  comparing,
  everySeriesStage,
  latestStage,
  promqlStage,
  type ThresholdEvaluator,
  thresholdStage,
} from "./alert-stages";
import { plainCloudwatchMetric } from "./cloudwatch-target";

/** What a condition is to Grafana: stages, and what follows from the form that they have. */
export interface RenderedCondition {
  readonly stages: readonly AlertStage[];
  /** As Grafana measures it, for the text. */
  readonly condition: DefiniteCondition;
  /** Whether the query returns a series only while it fires, and not its number all the time. */
  readonly onlyWhileFiring: boolean;
}

/** What PromQL cannot say is told as such: it is the language that Grafana's rules are in, whoever wrote them. */
const asPromql = <T>(compiled: Result<T>): Result<T> =>
  compiled.ok ? compiled : fail(`Grafana would ask Prometheus for it, and ${compiled.error}`);

type Measured = Extract<DefiniteCondition, { kind: "compare" | "outside" }>;

/** A quantity per the time that another one counts over. */
const countedPer = (quantity: Quantity, per: Per | undefined): Quantity =>
  quantity.per === undefined || per === undefined || quantity.per === per
    ? quantity
    : { ...quantity, value: quantity.value.times(secondsPer[per]).div(secondsPer[quantity.per]), per };

const asNumber = (limit: string): number => new Big(limit).toNumber();

/** What fires, and what recovers, as numbers of the expression's own unit: those of `compileCondition`. */
function evaluatorsOf(
  condition: Measured,
  recovery: Quantity | undefined,
  term: Term,
): { readonly left: Term; readonly fires: ThresholdEvaluator; readonly recovers?: ThresholdEvaluator } {
  const { expression } = condition;
  switch (condition.kind) {
    case "compare": {
      const { comparison, threshold } = condition;
      const { left, limit } = comparable(term, expression, threshold);
      const fires = comparing(comparison, asNumber(limit));
      if (recovery === undefined) return { left, fires };
      const back = comparable(term, expression, countedPer(recovery, threshold.per)).limit;
      const upper = isUpper(comparison);
      // A recovery at its threshold is none, and one beyond it (a tenth back from a negative number) would resolve what fires.
      const healthy = upper ? new Big(back).lt(limit) : new Big(back).gt(limit);
      return healthy ? { left, fires, recovers: comparing(upper ? "<=" : ">=", asNumber(back)) } : { left, fires };
    }
    case "outside": {
      const { left, limit: high } = comparable(term, expression, condition.high);
      const low = comparable(term, expression, countedPer(condition.low, condition.high.per)).limit;
      return { left, fires: { type: "outside_range", params: [asNumber(low), asNumber(high)] } };
    }
    default:
      return never(condition);
  }
}

/** The CloudWatch metric that a condition reads, where Prometheus has it not and CloudWatch can be asked for it. */
function cloudwatchMetric({ expression }: Measured): MetricDefinition | undefined {
  const metric = plainCloudwatchMetric(expression);
  return metric?.prometheus === false && metric.undeclared === undefined && metric.cloudwatch !== undefined
    ? metric
    : undefined;
}

/** The expression in the unit in which CloudWatch holds its metric. */
const inUnitOf = (expression: Expression, { cloudwatch, unit }: MetricDefinition): Expression =>
  expression.kind === "value"
    ? { ...expression, of: { ...expression.of, metric: { ...expression.of.metric, unit: cloudwatch?.unit ?? unit } } }
    : expression;

/**
 * A comparison as Grafana has it: the number of every series, and a threshold on it. So the number is known at all times, Grafana
 * can tell a healthy series from a missing one, and a recovery of its own is possible.
 */
function measured(condition: Measured, { recovery }: AlertRule, estate: ServiceEstate): Result<RenderedCondition> {
  const metric = cloudwatchMetric(condition);
  if (metric?.cloudwatch !== undefined) {
    const held: Measured = { ...condition, expression: inUnitOf(condition.expression, metric) };
    const { fires, recovers } = evaluatorsOf(held, recovery, operand(""));
    return map(cloudwatchStage(metric.cloudwatch, estate), (query) => ({
      stages: [query, latestStage, thresholdStage(fires, recovers)],
      condition: held,
      onlyWhileFiring: false,
    }));
  }
  return map(asPromql(compileTerm(condition.expression, { service: estate.service.name })), (term) => {
    const { left, fires, recovers } = evaluatorsOf(condition, recovery, term);
    return {
      stages: [promqlStage(left.text, estate.environment), latestStage, thresholdStage(fires, recovers)],
      condition,
      onlyWhileFiring: false,
    };
  });
}

/**
 * A condition that only PromQL can say, whole: every series that it returns fires. Grafana's own arithmetic would not do for `and` and
 * `unless`, since without any series on one side it has no result at all, where PromQL's `unless` keeps the other.
 */
const whole = (condition: DefiniteCondition, { environment, service }: ServiceEstate): Result<RenderedCondition> =>
  map(asPromql(compileCondition(condition, { service: service.name })), (text) => ({
    stages: [promqlStage(text, environment), latestStage, everySeriesStage],
    condition,
    onlyWhileFiring: true,
  }));

/**
 * An alert's condition as stages: a comparison as a threshold on a measured number, any other as one whole PromQL query.
 * Errors: those of `compileCondition`, and a CloudWatch dimension that the service's runtime has nothing for.
 */
export function renderCondition(rule: AlertRule, estate: ServiceEstate): Result<RenderedCondition> {
  const { condition } = rule;
  switch (condition.kind) {
    case "compare":
    case "outside":
      return measured(condition, rule, estate);
    case "absent":
    case "anomaly":
    case "burn-rate":
    case "and":
    case "or":
    case "unless":
    case "raw":
      return whole(condition, estate);
    default:
      return never(condition);
  }
}
