import Big from "big.js";
import { formatDuration } from "../../languages/promql/durations";
import type { LabelMatcher as PromqlMatcher } from "../../languages/promql/query";
import { type Duration, parseDuration } from "../../model/duration";
import { type Aggregation, type Expression, labelsOf } from "../../model/expression";
import { memoized } from "../../model/memoized";
import { parseQuantity, plain, type Quantity, secondsPer } from "../../model/quantity";
import { fail, never, ok, type Result } from "../../model/result";
import { compileSelection, type PromqlScope, type SeriesSuffix } from "./selector";
import { complementOf, operand, quotient, type Term, times } from "./term";
import { resultFactor, unitFactor } from "./unit";

const aggregated = (aggregation: Aggregation, by: readonly string[], of: string): string =>
  by.length === 0 ? `${aggregation}(${of})` : `${aggregation} by (${by.join(", ")}) (${of})`;

export const map = <T, U>(result: Result<T>, change: (value: T) => U): Result<U> =>
  result.ok ? ok(change(result.value)) : result;

/** Both values, or what is wrong with either, each said once. */
export function both<T, U>(left: Result<T>, right: Result<U>): Result<readonly [T, U]> {
  if (left.ok) return right.ok ? ok([left.value, right.value]) : right;
  return right.ok || right.error === left.error ? left : fail(`${left.error}; ${right.error}`);
}

function rangeOf(window: Duration): Result<string> {
  const seconds = parseDuration(window);
  if (!seconds.ok) return seconds;
  const text = formatDuration(seconds.value);
  return text === "0s"
    ? fail(`a window of ${window} holds nothing; write a longer one, such as "5m"`)
    : ok(`[${text}]`);
}

type Windowed = Extract<Expression, { kind: "rate" | "increase" | "quantile" | "fraction" }>;

function overWindow(
  call: "rate" | "increase",
  { of, window }: Windowed,
  suffix: SeriesSuffix,
  scope: PromqlScope,
): Result<string> {
  return map(
    both(compileSelection(of, suffix, scope), rangeOf(window)),
    ([series, time]) => `${call}(${series}${time})`,
  );
}

/** A counter's own series, or the count of a histogram's observations. */
const countedSeries = ({ of }: Windowed): SeriesSuffix => (of.metric.type === "histogram" ? "_count" : "");

function compileQuantile(expression: Extract<Expression, { kind: "quantile" }>, scope: PromqlScope): Result<Term> {
  const { quantile, by } = expression;
  if (!(quantile >= 0 && quantile <= 1))
    return fail(`the quantile ${quantile} is not between 0 and 1; write 0.95 for the p95`);
  return map(overWindow("rate", expression, "_bucket", scope), (rate) => {
    const buckets = aggregated("sum", [...new Set(["le", ...by])], rate);
    return operand(`histogram_quantile(${plain(new Big(quantile))}, ${buckets})`);
  });
}

/**
 * A bucket's bound as the label `le` has it. Whole numbers are exposed as `1` by some client libraries and as `1.0` by others, and
 * Prometheus 3 writes the latter whatever it scrapes (Prometheus, 3.0 migration guide, "Normalization of le and quantile").
 */
const bucketMatcher = (bound: Big): PromqlMatcher =>
  bound.eq(bound.round())
    ? { label: "le", op: "=~", value: `${plain(bound)}(\\.0)?` }
    : { label: "le", op: "=", value: plain(bound) };

/** Observations per second that are at most the bound of a fraction. */
export function compileBucketRate(
  { of, by, atMost, window }: Extract<Expression, { kind: "fraction" }>,
  scope: PromqlScope,
): Result<Term> {
  const quantity = parseQuantity(atMost);
  if (!quantity.ok) return quantity;
  const bound = quantity.value.value.div(unitFactor(of));
  const bounds = of.metric.buckets ?? [];
  if (!bounds.some((known) => bound.eq(known))) {
    return fail(
      `"${atMost}" is not the bound of a bucket of ${of.metric.name}, whose bounds are ${bounds.join(", ")} ${of.metric.unit}; use one of them, or add it to the buckets`,
    );
  }
  const bucket = compileSelection(of, "_bucket", scope, [bucketMatcher(bound)]);
  return map(both(bucket, rangeOf(window)), ([series, time]) =>
    operand(aggregated("sum", by, `rate(${series}${time})`)),
  );
}

const compileFraction = (expression: Extract<Expression, { kind: "fraction" }>, scope: PromqlScope): Result<Term> =>
  map(both(compileBucketRate(expression, scope), overWindow("rate", expression, "_count", scope)), ([bucket, all]) =>
    quotient(bucket, operand(aggregated("sum", expression.by, all)), ""),
  );

function compileForecast(
  { of, window, ahead, aggregation, by }: Extract<Expression, { kind: "forecast" }>,
  scope: PromqlScope,
): Result<Term> {
  const seconds = parseDuration(ahead);
  if (!seconds.ok) return seconds;
  return map(both(compileSelection(of, "", scope), rangeOf(window)), ([series, time]) =>
    operand(aggregated(aggregation, by, `predict_linear(${series}${time}, ${seconds.value})`)),
  );
}

/** How often a subquery looks at what it counts the minutes of: as often as AMP evaluates rules by default. */
const timeShareStep = "1m";

function compileTimeShare(
  { of, comparison, bound, window }: Extract<Expression, { kind: "time-share" }>,
  scope: PromqlScope,
): Result<Term> {
  const quantity = parseQuantity(bound);
  if (!quantity.ok) return quantity;
  return map(both(compile(of, scope), rangeOf(window)), ([term, time]) => {
    const { left, limit } = comparable(term, of, quantity.value);
    return operand(`avg_over_time((${left.text} ${comparison} bool ${limit})${time.slice(0, -1)}:${timeShareStep}])`);
  });
}

/** How the series of a ratio's sides find each other: by all their labels, or many by the fewer labels of the denominator. */
function joinOf(numerator: readonly string[], denominator: readonly string[]): Result<string> {
  const missing = denominator.filter((label) => !numerator.includes(label));
  if (missing.length > 0) {
    return fail(
      `the denominator of a ratio is kept apart by ${missing.join(", ")} and its numerator is not, so that they never meet; keep both apart by the same labels`,
    );
  }
  const alike = numerator.every((label) => denominator.includes(label));
  return ok(alike ? "" : ` on (${denominator.join(", ")}) group_left ()`);
}

function compileRatio(
  { numerator, denominator }: Extract<Expression, { kind: "ratio" }>,
  scope: PromqlScope,
): Result<Term> {
  const sides = both(compile(numerator, scope), compile(denominator, scope));
  const join = joinOf(labelsOf(numerator), labelsOf(denominator));
  return map(both(sides, join), ([[left, right], matching]) =>
    times(quotient(left, right, matching), resultFactor(numerator).div(resultFactor(denominator))),
  );
}

function compile(expression: Expression, scope: PromqlScope): Result<Term> {
  switch (expression.kind) {
    case "value": {
      const { of, aggregation, by } = expression;
      return map(compileSelection(of, "", scope), (series) => operand(aggregated(aggregation, by, series)));
    }
    case "rate": {
      const { of, aggregation, by } = expression;
      return map(overWindow("rate", expression, countedSeries(expression), scope), (rate) =>
        times(operand(aggregated(aggregation, by, rate)), of.metric.type === "histogram" ? new Big(1) : unitFactor(of)),
      );
    }
    case "increase":
      return map(overWindow("increase", expression, countedSeries(expression), scope), (increase) =>
        operand(aggregated("sum", expression.by, increase)),
      );
    case "quantile":
      return compileQuantile(expression, scope);
    case "fraction":
      return compileFraction(expression, scope);
    case "forecast":
      return compileForecast(expression, scope);
    case "time-share":
      return compileTimeShare(expression, scope);
    case "ratio":
      return compileRatio(expression, scope);
    case "complement":
      return map(compile(expression.of, scope), (term) => complementOf(times(term, resultFactor(expression.of))));
    case "log-count":
      return fail(
        `log events cannot be counted by Prometheus; datadog and cloudwatch can: evaluate the alert with one of them (evaluator: "datadog")`,
      );
    default:
      return never(expression);
  }
}

/**
 * An expression and a threshold made comparable. The threshold is in the unit of its left side; one per minute, hour or day
 * scales the left side instead, so that the value that fired reads as the threshold was written.
 */
export function comparable(
  term: Term,
  expression: Expression,
  { value, per }: Quantity,
): { readonly left: Term; readonly limit: string } {
  return {
    left: times(term, new Big(per === undefined ? 1 : secondsPer[per])),
    limit: plain(value.div(resultFactor(expression))),
  };
}

/** What was compiled of an expression, by service: alerts and panels of every environment ask for the same. */
const compiledOf = memoized((_: Expression) => new Map<string, Result<Term>>());

export function compileTerm(expression: Expression, scope: PromqlScope): Result<Term> {
  const compiled = compiledOf(expression);
  const term = compiled.get(scope.service) ?? compile(expression, scope);
  compiled.set(scope.service, term);
  return term;
}

/**
 * An expression as PromQL over the series of one service. Rates, ratios and complements are in base units; values, quantiles
 * and increases in the metric's own (see `resultFactor`). A ratio has no value where its denominator is zero: dividing by
 * zero would give NaN, which no comparison holds for, or +Inf, which every `>` does.
 * Errors: a metric that Prometheus does not hold, log events, a window or quantile that is none, sides of a ratio that never meet.
 * Sources: Prometheus, Query functions, "rate", "increase", "histogram_quantile"; Operators, "Vector matching".
 */
export const compilePromql = (expression: Expression, scope: PromqlScope): Result<string> =>
  map(compileTerm(expression, scope), ({ text }) => text);
