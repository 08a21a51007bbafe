import Big from "big.js";
import { parseDuration } from "../../model/duration";
import { type Expression, labelsOf, type Selection } from "../../model/expression";
import { type CloudwatchSource, type MetricDefinition, metricUnits } from "../../model/metric";
import { parseQuantity, plain } from "../../model/quantity";
import { fail, never, ok, type Result } from "../../model/result";
import { didYouMean } from "../../model/suggest";
import { cloudwatchDimensions, type DimensionScope } from "./dimensions";
import { alarmPeriodProblem } from "./limits";
import type { MetricStat } from "./maths";

/** The expressions that read one metric. */
export type Reading = Extract<Expression, { readonly of: Selection }>;

const elsewhere = (metric: MetricDefinition): string => {
  const others = [...(metric.prometheus ? ["prometheus"] : []), ...(metric.datadog === undefined ? [] : ["datadog"])];
  return others.length === 0
    ? "declare where CloudWatch holds it"
    : `${others.join(" and ")} can evaluate it (evaluator: "${others[0]}"), or declare where CloudWatch holds it`;
};

/** Where CloudWatch holds a metric, or who holds it instead. */
function sourceOf({ name, cloudwatch, undeclared, ...metric }: MetricDefinition): Result<CloudwatchSource> {
  if (undeclared !== undefined)
    return fail(`no telemetry contract declares the metric "${name}".${didYouMean(name, undeclared)}`);
  if (cloudwatch === undefined) return fail(`CloudWatch does not hold ${name}; ${elsewhere({ name, ...metric })}`);
  return ok(cloudwatch);
}

/** Seconds between two points of a metric. */
const resolutionOf = (source: CloudwatchSource): Result<number> => parseDuration(source.period ?? "1m");

/** What one of a metric's unit in CloudWatch is in its dimension's base unit, or why it measures something else there. */
function heldFactor(metric: MetricDefinition, source: CloudwatchSource): Result<Big> {
  const held = metricUnits[source.unit ?? metric.unit];
  const own = metricUnits[metric.unit];
  return held.dimension === own.dimension
    ? ok(new Big(held.factor))
    : fail(
        `${metric.name} is a ${own.dimension}, but its unit in CloudWatch is a ${held.dimension}; correct one of them`,
      );
}

/** One CloudWatch metric is one series: nothing in it can be told apart by label. */
function seriesProblem({ metric, where }: Selection, by: readonly string[]): string | undefined {
  if (by.length > 0) {
    return `a CloudWatch alarm watches one series, so ${metric.name} cannot be kept apart by ${by.join(", ")}; prometheus can (evaluator: "prometheus")`;
  }
  return where.length > 0
    ? `CloudWatch holds ${metric.name} as one series, which cannot be narrowed by ${where.map(({ label }) => label).join(", ")}; prometheus can (evaluator: "prometheus")`
    : undefined;
}

/** Statistics that are each taken of the same samples, so that any of them can be asked for. */
const ofSamples = { avg: "Average", max: "Maximum", min: "Minimum" } as const;

/** As many decimals as Terraform accepts in a percentile (AWS provider, `aws_cloudwatch_metric_alarm`, `extended_statistic`). */
const percentileDecimals = 2;

const isPercentile = ({ statistic }: CloudwatchSource): boolean => /^p\d/.test(statistic);

/**
 * The statistic of a gauge. Its samples of a period are those of all that report it, so that the average, largest and smallest of
 * them are what PromQL's aggregation of the series is. A sum of them counts each reporter as often as it reports, and means the
 * total only where the contract says that it does (`statistic: "Sum"`).
 */
function gaugeStatistic(
  { of: { metric }, aggregation }: Extract<Reading, { kind: "value" }>,
  source: CloudwatchSource,
): Result<string> {
  if (metric.type !== "gauge")
    return fail(`${metric.name} is a ${metric.type}, whose value means nothing; ask for its rate`);
  if (aggregation === "sum" && source.statistic === "Sum") return ok("Sum");
  const summed = source.statistic === "Sum" || isPercentile(source);
  if (aggregation !== "sum" && aggregation !== "count" && !summed) return ok(ofSamples[aggregation]);
  const fitting = source.statistic === "Sum" ? "sum()" : summed ? "quantile()" : "avg(), max() or min()";
  return fail(
    `CloudWatch holds ${metric.name} as ${source.statistic}, which is no ${aggregation} over what reports it; ask for ${fitting}, or evaluate the alert with prometheus`,
  );
}

/** What is counted: the samples of a histogram, or a counter's increments, which CloudWatch sums. */
function countStatistic({ of: { metric } }: Reading, source: CloudwatchSource): Result<string> {
  switch (metric.type) {
    case "histogram":
      return ok("SampleCount");
    case "counter":
      return source.statistic === "Sum"
        ? ok("Sum")
        : fail(
            `CloudWatch holds ${metric.name} as ${source.statistic}, of which no growth can be told; declare its statistic as "Sum" if it holds increments`,
          );
    case "gauge":
      return fail(`${metric.name} is a gauge, which does not grow; compare its value`);
    default:
      return never(metric.type);
  }
}

function distributionProblem({ of: { metric } }: Reading, source: CloudwatchSource): string | undefined {
  if (metric.type !== "histogram") return `${metric.name} is a ${metric.type}, which has no distribution`;
  return isPercentile(source)
    ? undefined
    : `CloudWatch holds ${metric.name} as ${source.statistic}, not as a distribution; declare its statistic as a percentile, such as "p95", if it holds one`;
}

function percentile({ quantile }: Extract<Reading, { kind: "quantile" }>): Result<string> {
  if (!(quantile >= 0 && quantile <= 1))
    return fail(`the quantile ${quantile} is not between 0 and 1; write 0.95 for the p95`);
  const percent = new Big(quantile).times(100);
  return percent.round(percentileDecimals).eq(percent)
    ? ok(`p${plain(percent)}`)
    : fail(`a percentile in CloudWatch has ${percentileDecimals} decimals at most; round the quantile ${quantile}`);
}

/** Percent of the samples that are at most a bound (CloudWatch user guide, Statistics definitions, "Percentile rank"). */
function percentileRank(
  { of: { metric }, atMost }: Extract<Reading, { kind: "fraction" }>,
  factor: Big,
): Result<string> {
  const bound = parseQuantity(atMost);
  if (!bound.ok) return bound;
  const { dimension, value } = bound.value;
  const own = metricUnits[metric.unit].dimension;
  if (dimension !== own) return fail(`${metric.name} is a ${own}, but "${atMost}" is a ${dimension}`);
  return value.lt(0)
    ? fail(`"${atMost}" is below zero, where no percentile rank begins`)
    : ok(`PR(:${plain(value.div(factor))})`);
}

function statisticOf(expression: Reading, source: CloudwatchSource, factor: Big): Result<string> {
  switch (expression.kind) {
    case "value":
      return gaugeStatistic(expression, source);
    case "rate":
      if (expression.aggregation !== "sum") {
        return fail(
          `CloudWatch adds up what reports ${expression.of.metric.name}, and knows no ${expression.aggregation} of their rates; prometheus does (evaluator: "prometheus")`,
        );
      }
      return countStatistic(expression, source);
    case "increase":
      return countStatistic(expression, source);
    case "quantile": {
      const problem = distributionProblem(expression, source);
      return problem === undefined ? percentile(expression) : fail(problem);
    }
    case "fraction": {
      const problem = distributionProblem(expression, source);
      return problem === undefined ? percentileRank(expression, factor) : fail(problem);
    }
    case "forecast":
      return fail(`CloudWatch cannot forecast; prometheus can (evaluator: "prometheus")`);
    default:
      return never(expression);
  }
}

/** Seconds of one point: the window that is looked back over, or a gauge's own resolution. */
function periodOf(expression: Reading, resolution: number): Result<number> {
  if (expression.kind === "value") return ok(resolution);
  const window = parseDuration(expression.window);
  if (!window.ok) return window;
  return window.value > 0 && window.value % resolution === 0
    ? window
    : fail(
        `CloudWatch has a point of ${expression.of.metric.name} every ${resolution} seconds, of which the window ${expression.window} is no multiple; write one that is`,
      );
}

/** A metric as an alarm reads it, and what one of its value is in the base unit; or why no alarm can read it so. */
export function metricStatOf(
  expression: Reading,
  scope: DimensionScope,
): Result<{ readonly metric: MetricStat; readonly factor: Big }> {
  const { metric } = expression.of;
  const source = sourceOf(metric);
  if (!source.ok) return source;
  const series = seriesProblem(expression.of, labelsOf(expression));
  if (series !== undefined) return fail(series);
  const factor = heldFactor(metric, source.value);
  if (!factor.ok) return factor;
  const stat = statisticOf(expression, source.value, factor.value);
  if (!stat.ok) return stat;
  const resolution = resolutionOf(source.value);
  if (!resolution.ok) return resolution;
  const period = periodOf(expression, resolution.value);
  if (!period.ok) return period;
  const problem = alarmPeriodProblem(period.value);
  if (problem !== undefined) return fail(problem);
  const dimensions = cloudwatchDimensions(source.value, scope);
  if (!dimensions.ok) return dimensions;
  const { namespace, name } = source.value;
  return ok({
    metric: { namespace, name, dimensions: dimensions.value, stat: stat.value, period: period.value },
    factor: unitOfStatistic(expression, factor.value),
  });
}

/**
 * The metric as one that is either there or not: how many samples of it there were. Only of a gauge: a counter has no point where
 * nothing is counted, so that a quiet night would look like its end.
 */
export function presenceOf(of: Selection, scope: DimensionScope): Result<MetricStat> {
  const { metric } = of;
  const source = sourceOf(metric);
  if (!source.ok) return source;
  const series = seriesProblem(of, []);
  if (series !== undefined) return fail(series);
  if (metric.type !== "gauge") {
    return fail(
      `CloudWatch has no point of ${metric.name} where nothing is counted, so that a quiet time would look like absence; prometheus can tell them apart (evaluator: "prometheus")`,
    );
  }
  const period = resolutionOf(source.value);
  if (!period.ok) return period;
  const problem = alarmPeriodProblem(period.value);
  if (problem !== undefined) return fail(problem);
  const dimensions = cloudwatchDimensions(source.value, scope);
  if (!dimensions.ok) return dimensions;
  const { namespace, name } = source.value;
  return ok({ namespace, name, dimensions: dimensions.value, stat: "SampleCount", period: period.value });
}

/** A percentile rank is in percent; a count of observations has no unit. */
function unitOfStatistic(expression: Reading, factor: Big): Big {
  if (expression.kind === "fraction") return new Big("0.01");
  const counted = expression.kind === "rate" || expression.kind === "increase";
  return counted && expression.of.metric.type === "histogram" ? new Big(1) : factor;
}
