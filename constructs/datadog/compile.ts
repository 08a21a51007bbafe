import {
  arithmetic,
  asCount,
  asRate,
  type MetricExpression,
  metricQuery,
  numberLiteral,
  type SpaceAggregator,
} from "../../languages/datadog/metric-expression";
import { allScopes, type Scope, tag, tagIn, without } from "../../languages/datadog/metric-scope";
import type { Expression, LabelMatcher, Selection } from "../../model/expression";
import { parseQuantity, plain } from "../../model/quantity";
import { fail, never, ok, type Result } from "../../model/result";
import { scaled } from "./scale";
import { baseFactor, heldFactor } from "./unit";

/** What an expression is narrowed to. */
export interface DatadogScope {
  readonly service: string;
  readonly environment: string;
}

/**
 * How counters are read: as a rate per second, or, within a ratio and an increase, as the count itself. Datadog sums counts over
 * the monitor's window before it divides them; rates it would divide point by point and average, which gives a quiet minute the
 * weight of a busy one (Datadog documentation, Metric Monitor, "as_count() in monitor evaluations").
 */
type CounterReading = "rate" | "count";

/** A label's matcher as a filter. */
export function scopeOfMatcher(matcher: LabelMatcher): Scope {
  switch (matcher.kind) {
    case "equals":
      return tag(matcher.label, matcher.value);
    case "not-equals":
      return without(tag(matcher.label, matcher.value));
    case "starts-with":
      return tag(matcher.label, `${matcher.value}*`);
    case "one-of": {
      const [first = "", ...rest] = matcher.values;
      return tagIn(matcher.label, first, ...rest);
    }
    default:
      return never(matcher);
  }
}

/** The series of a metric that pass all matchers and `also`, joined into one per combination of `by`; an error where Datadog does not hold it. */
export function selectionQuery(
  { metric, where }: Selection,
  aggregator: SpaceAggregator,
  by: readonly string[],
  { service, environment }: DatadogScope,
  ...also: readonly Scope[]
): Result<MetricExpression> {
  if (metric.datadog === undefined) {
    return fail(
      `Datadog does not hold ${metric.name}${metric.prometheus ? "; prometheus does, so evaluate it there" : ""}`,
    );
  }
  return ok(
    metricQuery({
      aggregator,
      metric: metric.datadog.name,
      scope: allScopes(tag("env", environment), tag("service", service), ...where.map(scopeOfMatcher), ...also),
      groupBy: by,
    }),
  );
}

export const map = <T, U>(result: Result<T>, change: (value: T) => U): Result<U> =>
  result.ok ? ok(change(result.value)) : result;

/** `95` of `0.95`, with the two decimals at most that Datadog has. */
const percentileOf = (quantile: number): SpaceAggregator => `p${Math.round(quantile * 10_000) / 100}`;

/** How the growth of a metric is counted: a distribution's points, or what a counter has grown by. */
export const countOf = ({ metric }: Selection): SpaceAggregator => (metric.type === "histogram" ? "count" : "sum");

/** The points of a distribution that are at most a bound (Datadog documentation, Distributions, "Threshold Queries"). */
export function withinBound(of: Selection, atMost: string | number): Result<SpaceAggregator> {
  return map(parseQuantity(atMost), ({ value }) => ({
    kind: "count-where",
    comparator: "<=",
    value: plain(value.div(heldFactor(of))),
  }));
}

function compileFraction(
  { of, atMost, by }: Extract<Expression, { kind: "fraction" }>,
  scope: DatadogScope,
): Result<MetricExpression> {
  const within = withinBound(of, atMost);
  if (!within.ok) return within;
  const some = selectionQuery(of, within.value, by, scope);
  const all = selectionQuery(of, "count", by, scope);
  if (!some.ok) return some;
  return map(all, (every) => arithmetic(asCount(some.value), "/", asCount(every)));
}

/** What is counted over a window of its own, and what is not, under a ratio. */
const measuredIn = (expression: Expression): readonly Exclude<Expression, { kind: "ratio" | "complement" }>[] => {
  switch (expression.kind) {
    case "ratio":
      return [...measuredIn(expression.numerator), ...measuredIn(expression.denominator)];
    case "complement":
      return measuredIn(expression.of);
    default:
      return [expression];
  }
};

/** Why the sides of a ratio cannot be judged over one window; undefined where they can. */
function mixProblem(ratio: Extract<Expression, { kind: "ratio" }>): string | undefined {
  const measured = measuredIn(ratio);
  const counted = measured.flatMap((each) =>
    each.kind === "rate" || each.kind === "increase" || each.kind === "fraction" ? [each] : [],
  );
  if (counted.length === 0) return undefined;
  if (counted.length < measured.length) {
    return "Datadog adds up the counts of a ratio over the window before it divides, and would add up the other side's points as well; measure both sides as rates or increases";
  }
  const [window] = counted.map((each) => each.window);
  const alike = counted.every((each) => each.window === window);
  const mixed = counted.some(({ kind }) => kind === "rate") && counted.some(({ kind }) => kind === "increase");
  return alike && !mixed
    ? undefined
    : "Datadog judges both sides of a ratio over one window; measure both as rates, or both as increases, of the same window";
}

function compileRatio(ratio: Extract<Expression, { kind: "ratio" }>, scope: DatadogScope): Result<MetricExpression> {
  const problem = mixProblem(ratio);
  if (problem !== undefined) return fail(problem);
  const numerator = compile(ratio.numerator, scope, "count");
  const denominator = compile(ratio.denominator, scope, "count");
  if (!numerator.ok) return numerator;
  return map(denominator, (below) =>
    scaled(arithmetic(numerator.value, "/", below), baseFactor(ratio.numerator).div(baseFactor(ratio.denominator))),
  );
}

const cannotCountSeries = `Datadog cannot count the series of a metric; prometheus can (evaluator: "prometheus")`;

function compile(expression: Expression, scope: DatadogScope, reading: CounterReading): Result<MetricExpression> {
  switch (expression.kind) {
    case "value":
      return expression.aggregation === "count"
        ? fail(cannotCountSeries)
        : selectionQuery(expression.of, expression.aggregation, expression.by, scope);
    case "rate": {
      const { of, by, aggregation } = expression;
      if (aggregation === "count" && of.metric.type !== "histogram") return fail(cannotCountSeries);
      const aggregator = of.metric.type === "histogram" ? "count" : aggregation;
      return map(selectionQuery(of, aggregator, by, scope), (counter) =>
        reading === "rate" ? asRate(counter) : asCount(counter),
      );
    }
    case "increase":
      return map(selectionQuery(expression.of, countOf(expression.of), expression.by, scope), asCount);
    case "quantile":
      return selectionQuery(expression.of, percentileOf(expression.quantile), expression.by, scope);
    case "fraction":
      return compileFraction(expression, scope);
    case "forecast":
      return fail(
        `Datadog forecasts a gauge alone, and not what is computed from a forecast; compare the gauge itself`,
      );
    case "time-share":
      return fail(
        `no monitor of Datadog measures the share of time in which something was true; prometheus can (evaluator: "prometheus"), and so can a service level objective`,
      );
    case "ratio":
      return compileRatio(expression, scope);
    case "complement":
      return map(compile(expression.of, scope, reading), (of) =>
        arithmetic(numberLiteral("1"), "-", scaled(of, baseFactor(expression.of))),
      );
    case "log-count":
      return fail("log events are counted by a log monitor, and can be no part of a metric");
    default:
      return never(expression);
  }
}

/**
 * The neutral tree as a Datadog metric expression of one service in one environment, or why Datadog cannot say it. It is in the
 * units that `baseFactor` tells.
 */
export const compileDatadog = (expression: Expression, scope: DatadogScope): Result<MetricExpression> =>
  compile(expression, scope, "rate");

/** A rate as the growth that it is the rate of, where that is summed: of the whole window, however few points it has. */
export const compileGrowth = (
  { of, by }: Extract<Expression, { kind: "rate" }>,
  scope: DatadogScope,
): Result<MetricExpression> => map(selectionQuery(of, countOf(of), by, scope), asCount);

/** Whether counts are summed over the monitor's window, which then has to be as long as the expression's own. */
export function readsCounts(expression: Expression): boolean {
  switch (expression.kind) {
    case "increase":
    case "fraction":
      return true;
    case "value":
    case "rate":
    case "quantile":
    case "forecast":
    case "time-share":
    case "log-count":
      return false;
    case "ratio":
      return [expression.numerator, expression.denominator].some((side) => side.kind === "rate" || readsCounts(side));
    case "complement":
      return readsCounts(expression.of);
    default:
      return never(expression);
  }
}
