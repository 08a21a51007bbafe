import Big from "big.js";
import { parseDuration } from "../../model/duration";
import { dimensionOf, type Expression } from "../../model/expression";
import type { LogFilter } from "../../model/log-filter";
import { type Quantity, secondsPer } from "../../model/quantity";
import { fail, never, ok, type Result } from "../../model/result";
import type { DimensionScope } from "./dimensions";
import { alarmPeriodProblem } from "./limits";
import { allTrue, binary, type Maths, type MetricStat, metricOf, number, scaled } from "./maths";
import { logMetricNamespace } from "./metric-filter";
import { metricStatOf } from "./statistic";

/** What an alarm's expression is compiled for. */
export interface MathsScope extends DimensionScope {
  /** The metric that the events which pass a filter are counted into. */
  readonly logMetricName: (filter: LogFilter) => string;
}

/** An expression as metric maths. */
export interface Term {
  readonly maths: Maths;
  /** What one of its value is in the base unit of its dimension. */
  readonly factor: Big;
  /** What must be true for it to have a value: denominators above zero. */
  readonly guards: readonly Maths[];
  /** Metrics that are no counts, so that a point which is missing is not zero. */
  readonly measured: readonly MetricStat[];
  /** Seconds that each of its points is about. */
  readonly period: number;
}

const inBaseUnit = ({ maths, factor }: Term): Maths => scaled(maths, factor);

/** What a rate counts within its period; undefined for anything else. */
const countOf = (maths: Maths): Maths | undefined =>
  maths.kind === "binary" && maths.operator === "/" && maths.right.kind === "period" ? maths.left : undefined;

/** True at every point that there is: arithmetic takes a point that is missing beside others for zero. */
const hasPoint = (metric: MetricStat): Maths => binary(metricOf(metric), ">=", metricOf(metric));

function quotient(left: Term, right: Term): Result<Term> {
  if (left.period !== right.period) {
    return fail(
      `the two sides of a ratio look back over ${left.period} and ${right.period} seconds, and CloudWatch divides points of the same time; give both the same window`,
    );
  }
  // Of two rates the periods are the same and cancel out.
  const counts = [countOf(left.maths), countOf(right.maths)];
  const [above = left.maths, below = right.maths] = counts.includes(undefined) ? [] : counts;
  return ok({
    maths: binary(above, "/", below),
    factor: left.factor.div(right.factor),
    guards: [...left.guards, ...left.measured.map(hasPoint), ...right.guards, binary(below, ">", number(0))],
    measured: [],
    period: left.period,
  });
}

function logCount({ filter, window }: Extract<Expression, { kind: "log-count" }>, scope: MathsScope): Result<Term> {
  const period = parseDuration(window);
  if (!period.ok) return period;
  const problem = alarmPeriodProblem(period.value);
  if (problem !== undefined) return fail(problem);
  const metric = {
    namespace: logMetricNamespace(scope.service.name),
    name: scope.logMetricName(filter),
    dimensions: {},
    stat: "Sum",
    period: period.value,
  };
  return ok({ maths: metricOf(metric), factor: new Big(1), guards: [], measured: [], period: period.value });
}

/**
 * An expression as metric maths over the service's CloudWatch metrics. A counter that reports nothing counts as zero beside others
 * that report; a ratio has no point where its denominator is zero.
 * Errors: a metric that CloudWatch does not hold or holds as something else, matchers and labels, windows that are no period,
 * forecasts and shares of time.
 */
export function compileMaths(expression: Expression, scope: MathsScope): Result<Term> {
  switch (expression.kind) {
    case "value":
    case "rate":
    case "increase":
    case "quantile":
    case "fraction":
    case "forecast": {
      const read = metricStatOf(expression, scope);
      if (!read.ok) return read;
      const { metric, factor } = read.value;
      const point = metricOf(metric);
      const maths = expression.kind === "rate" ? binary(point, "/", { kind: "period", of: metric }) : point;
      const counted = expression.kind === "rate" || expression.kind === "increase";
      return ok({ maths, factor, guards: [], measured: counted ? [] : [metric], period: metric.period });
    }
    case "ratio": {
      const numerator = compileMaths(expression.numerator, scope);
      if (!numerator.ok) return numerator;
      const denominator = compileMaths(expression.denominator, scope);
      return denominator.ok ? quotient(numerator.value, denominator.value) : denominator;
    }
    case "complement": {
      const of = compileMaths(expression.of, scope);
      if (!of.ok) return of;
      return ok({ ...of.value, maths: binary(number(1), "-", inBaseUnit(of.value)), factor: new Big(1) });
    }
    case "log-count":
      return logCount(expression, scope);
    case "time-share":
      return fail(
        `CloudWatch cannot tell in how many minutes something was so; prometheus can (evaluator: "prometheus")`,
      );
    default:
      return never(expression);
  }
}

/** The maths where it has a value. */
export function guarded({ maths, guards }: Term): Maths {
  const condition = allTrue(guards);
  return condition === undefined ? maths : { kind: "if", condition, value: maths };
}

/** A left side and a limit in the same unit. */
export interface Comparable {
  readonly left: Term;
  readonly limit: Big;
}

/**
 * A term and a threshold made comparable. A metric alone stays in its own unit, which the threshold is converted to; what is
 * computed reads as the threshold was written: shares in percent, frequencies per the threshold's time.
 */
export function comparable(term: Term, expression: Expression, { value, per }: Quantity): Comparable {
  const { maths, factor } = term;
  const dimension = dimensionOf(expression);
  const times = (more: number): Term => ({ ...term, maths: scaled(maths, factor.times(more)), factor: new Big(1) });
  if (maths.kind === "metric") return { left: term, limit: value.div(factor) };
  switch (dimension) {
    case "ratio":
      return { left: times(100), limit: value.times(100) };
    case "frequency":
    case "throughput":
      return { left: times(secondsPer[per ?? "second"]), limit: value };
    case "time":
    case "information":
    case "count":
      return { left: term, limit: value.div(factor) };
    default:
      return never(dimension);
  }
}
