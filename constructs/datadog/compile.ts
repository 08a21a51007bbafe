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
import { fail, never, ok, type Result } from "../../model/result";

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

function scopeOf(matcher: LabelMatcher): Scope {
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

function query(
  { metric, where }: Selection,
  aggregator: SpaceAggregator,
  by: readonly string[],
  scope: DatadogScope,
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
      scope: allScopes(tag("env", scope.environment), tag("service", scope.service), ...where.map(scopeOf)),
      groupBy: by,
    }),
  );
}

const map = <T, U>(result: Result<T>, change: (value: T) => U): Result<U> =>
  result.ok ? ok(change(result.value)) : result;

/** `95` of `0.95`, with the two decimals at most that Datadog has. */
const percentileOf = (quantile: number): SpaceAggregator => `p${Math.round(quantile * 10_000) / 100}`;

function compile(expression: Expression, scope: DatadogScope, reading: CounterReading): Result<MetricExpression> {
  switch (expression.kind) {
    case "value":
      return query(expression.of, expression.aggregation, expression.by, scope);
    case "rate":
      return map(
        query(
          expression.of,
          expression.of.metric.type === "histogram" ? "count" : expression.aggregation,
          expression.by,
          scope,
        ),
        (counter) => (reading === "rate" ? asRate(counter) : asCount(counter)),
      );
    case "increase":
      return map(
        query(expression.of, expression.of.metric.type === "histogram" ? "count" : "sum", expression.by, scope),
        asCount,
      );
    case "quantile":
      return query(expression.of, percentileOf(expression.quantile), expression.by, scope);
    case "fraction":
    case "forecast":
    case "time-share":
      return fail(`Datadog cannot evaluate a ${expression.kind} yet`);
    case "ratio": {
      const numerator = compile(expression.numerator, scope, "count");
      const denominator = compile(expression.denominator, scope, "count");
      if (!numerator.ok) return numerator;
      return map(denominator, (below) => arithmetic(numerator.value, "/", below));
    }
    case "complement":
      return map(compile(expression.of, scope, reading), (of) => arithmetic(numberLiteral("1"), "-", of));
    case "log-count":
      return fail("log events are counted by a log monitor, and can be no part of a metric");
    default:
      return never(expression);
  }
}

/** The neutral tree as a Datadog metric expression of one service in one environment, or why Datadog cannot say it. */
export const compileDatadog = (expression: Expression, scope: DatadogScope): Result<MetricExpression> =>
  compile(expression, scope, "rate");

/** Whether counts are summed over the monitor's window, which then has to be as long as the expression's own. */
export function readsCounts(expression: Expression): boolean {
  switch (expression.kind) {
    case "increase":
      return true;
    case "value":
    case "rate":
    case "quantile":
    case "fraction":
    case "forecast":
    case "time-share":
    case "log-count":
      return false;
    case "ratio":
      return [expression.numerator, expression.denominator].some(({ kind }) => kind === "rate" || kind === "increase");
    case "complement":
      return readsCounts(expression.of);
    default:
      return never(expression);
  }
}
