import { compares } from "../model/comparison";
import { parseDuration } from "../model/duration";
import { type Aggregation, type Expression, labelsOf, type Selection } from "../model/expression";
import { metricUnits } from "../model/metric";
import { parseQuantity, type Quantity, secondsPer } from "../model/quantity";
import { checked, never } from "../model/result";
import { matchesAll } from "../model/selection-match";
import { type Bucket, forecastOf, increaseOf, quantileOf } from "./range-functions";
import { type Labels, labelsKey, pick, type Series, samplesBetween, valueAt } from "./series";

/** One value of an expression, with the labels that keep it apart. */
export interface Evaluated {
  readonly labels: Labels;
  readonly value: number;
}

/** What an evaluation reads beside the tree. */
export interface EvaluationOptions {
  /** The service whose series are read, by their label `job`. Default: all series are of the service. */
  readonly service?: string;
  /**
   * Whether a sample exactly at a window's beginning is within it: Prometheus 2 says yes, Prometheus 3 no. Default: yes.
   * Source: Prometheus, 3.0 migration guide, "Range selectors and lookback exclude samples coinciding with the left boundary".
   */
  readonly closed?: boolean;
}

/** An evaluation at one moment. */
export interface Moment {
  readonly series: readonly Series[];
  readonly time: number;
  readonly closed: boolean;
}

/** The moment of an evaluation: whose series, and when. */
export const momentOf = (
  series: readonly Series[],
  time: number,
  { service, closed = true }: EvaluationOptions,
): Moment => ({
  series: service === undefined ? series : series.filter(({ labels }) => labels["job"] === service),
  time,
  closed,
});

export const unitOf = ({ metric }: Selection): number => Number(metricUnits[metric.unit].factor);

const secondsOf = (duration: string): number => checked(parseDuration(duration));

const seriesOf = ({ series }: Moment, { metric, where }: Selection, suffix: string): readonly Series[] =>
  series.filter(({ metric: name, labels }) => name === metric.name + suffix && matchesAll(where, labels));

function combined(aggregation: Aggregation, values: readonly number[]): number {
  const numbers = values.filter((value) => !Number.isNaN(value));
  switch (aggregation) {
    case "sum":
      return values.reduce((sum, value) => sum + value, 0);
    case "avg":
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    case "max":
      return numbers.length === 0 ? Number.NaN : Math.max(...numbers);
    case "min":
      return numbers.length === 0 ? Number.NaN : Math.min(...numbers);
    case "count":
      return values.length;
    default:
      return never(aggregation);
  }
}

/** Values by combination of labels. */
function grouped(values: readonly Evaluated[], by: readonly string[]): readonly (readonly [Labels, Evaluated[]])[] {
  const groups = new Map<string, [Labels, Evaluated[]]>();
  for (const value of values) {
    const labels = pick(value.labels, by);
    const key = labelsKey(labels);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [labels, [value]]);
    else group[1].push(value);
  }
  return [...groups.values()];
}

const aggregated = (
  aggregation: Aggregation,
  by: readonly string[],
  values: readonly Evaluated[],
): readonly Evaluated[] =>
  grouped(values, by).map(([labels, group]) => ({
    labels,
    value: combined(
      aggregation,
      group.map(({ value }) => value),
    ),
  }));

/** What a function makes of each series' samples of a window. */
function overWindow(
  moment: Moment,
  series: readonly Series[],
  window: number,
  compute: (points: readonly (readonly [number, number])[], from: number, to: number) => number | undefined,
): readonly Evaluated[] {
  const [from, to] = [moment.time - window, moment.time];
  return series.flatMap((each) => {
    const value = compute(samplesBetween(each, from, to, moment.closed), from, to);
    return value === undefined ? [] : [{ labels: each.labels, value }];
  });
}

const counted = ({ metric }: Selection): string => (metric.type === "histogram" ? "_count" : "");

const scaled = (values: readonly Evaluated[], factor: number): readonly Evaluated[] =>
  factor === 1 ? values : values.map(({ labels, value }) => ({ labels, value: value * factor }));

/** Growth per second of each series. */
function rates(moment: Moment, series: readonly Series[], window: number): readonly Evaluated[] {
  return overWindow(moment, series, window, (points, from, to) => {
    const increase = increaseOf(points, from, to);
    return increase === undefined ? undefined : increase / window;
  });
}

function evaluateQuantile(
  { of, quantile, window, by }: Extract<Expression, { kind: "quantile" }>,
  moment: Moment,
): readonly Evaluated[] {
  const perBucket = aggregated("sum", [...by, "le"], rates(moment, seriesOf(moment, of, "_bucket"), secondsOf(window)));
  const values = grouped(perBucket, by).map(([labels, group]) => {
    const buckets: readonly Bucket[] = group.map(({ labels: { le = "" }, value }) => ({
      bound: le === "+Inf" ? Number.POSITIVE_INFINITY : Number(le),
      count: value,
    }));
    return { labels, value: quantileOf(quantile, buckets) };
  });
  return scaled(values, unitOf(of));
}

type Fraction = Extract<Expression, { kind: "fraction" }>;

/** Observations per second that are at most the bound of a fraction. */
export function bucketRates({ of, atMost, window, by }: Fraction, moment: Moment): readonly Evaluated[] {
  const bound = Number(checked(parseQuantity(atMost)).value.div(String(unitOf(of))));
  const within = seriesOf(moment, of, "_bucket").filter(({ labels }) => Number(labels["le"]) === bound);
  return aggregated("sum", by, rates(moment, within, secondsOf(window)));
}

function evaluateFraction(expression: Fraction, moment: Moment): readonly Evaluated[] {
  const { of, window, by } = expression;
  const all = rates(moment, seriesOf(moment, of, "_count"), secondsOf(window));
  return quotient(bucketRates(expression, moment), aggregated("sum", by, all), by);
}

/** Each value over the one of the denominator with the same labels `on`, where that is above zero. */
function quotient(
  numerator: readonly Evaluated[],
  denominator: readonly Evaluated[],
  on: readonly string[],
): readonly Evaluated[] {
  const below = new Map(denominator.map(({ labels, value }) => [labelsKey(pick(labels, on)), value]));
  return numerator.flatMap(({ labels, value }) => {
    const divisor = below.get(labelsKey(pick(labels, on)));
    return divisor !== undefined && divisor > 0 ? [{ labels, value: value / divisor }] : [];
  });
}

/** The moments at which a subquery looks: whole multiples of its step (Prometheus, Querying basics, "Subquery"). */
export function momentsOf(moment: Moment, window: number, step: number): readonly Moment[] {
  const from = moment.time - window;
  const first = Math.ceil(from / step) * step;
  const moments: Moment[] = [];
  for (let time = !moment.closed && first === from ? first + step : first; time <= moment.time; time += step)
    moments.push({ ...moment, time });
  return moments;
}

/** The values of an expression over a window, by their labels. */
export function valuesOver(
  expression: Expression,
  moments: readonly Moment[],
): ReadonlyMap<string, { readonly labels: Labels; readonly values: number[] }> {
  const found = new Map<string, { labels: Labels; values: number[] }>();
  for (const moment of moments) {
    for (const { labels, value } of evaluateAt(expression, moment)) {
      const key = labelsKey(labels);
      const known = found.get(key);
      if (known === undefined) found.set(key, { labels, values: [value] });
      else known.values.push(value);
    }
  }
  return found;
}

/** A threshold as the number that a value of the evaluator, which counts per second, is held against. */
export const perSecond = ({ value, per }: Quantity): number =>
  Number(per === undefined ? value : value.div(secondsPer[per]));

export function evaluateAt(expression: Expression, moment: Moment): readonly Evaluated[] {
  switch (expression.kind) {
    case "value": {
      const { of, aggregation, by } = expression;
      const values = seriesOf(moment, of, "").flatMap((series) => {
        const value = valueAt(series, moment.time, moment.closed);
        return value === undefined ? [] : [{ labels: series.labels, value }];
      });
      return scaled(aggregated(aggregation, by, values), unitOf(of));
    }
    case "rate": {
      const { of, window, aggregation, by } = expression;
      const perSeries = rates(moment, seriesOf(moment, of, counted(of)), secondsOf(window));
      return scaled(aggregated(aggregation, by, perSeries), of.metric.type === "histogram" ? 1 : unitOf(of));
    }
    case "increase": {
      const { of, window, by } = expression;
      const perSeries = overWindow(moment, seriesOf(moment, of, counted(of)), secondsOf(window), increaseOf);
      return scaled(aggregated("sum", by, perSeries), of.metric.type === "histogram" ? 1 : unitOf(of));
    }
    case "quantile":
      return evaluateQuantile(expression, moment);
    case "fraction":
      return evaluateFraction(expression, moment);
    case "forecast": {
      const { of, window, ahead, aggregation, by } = expression;
      const perSeries = overWindow(moment, seriesOf(moment, of, ""), secondsOf(window), (points, _from, to) =>
        forecastOf(points, to, secondsOf(ahead)),
      );
      return scaled(aggregated(aggregation, by, perSeries), unitOf(of));
    }
    case "time-share": {
      const bound = perSecond(checked(parseQuantity(expression.bound)));
      const moments = momentsOf(moment, secondsOf(expression.window), 60);
      return [...valuesOver(expression.of, moments).values()].map(({ labels, values }) => ({
        labels,
        value: values.filter((value) => compares(value, expression.comparison, bound)).length / values.length,
      }));
    }
    case "ratio": {
      const { numerator, denominator } = expression;
      return quotient(evaluateAt(numerator, moment), evaluateAt(denominator, moment), labelsOf(denominator));
    }
    case "complement":
      return evaluateAt(expression.of, moment).map(({ labels, value }) => ({ labels, value: 1 - value }));
    case "log-count":
      throw new Error("log events are no series: Prometheus does not evaluate them, and neither does this");
    default:
      return never(expression);
  }
}

/**
 * The values of an expression at a time, by their labels, in the base unit of its dimension (seconds, a ratio of 1, bytes; a
 * frequency per second). It gives the tree its meaning without any backend, and every backend is held to it. Where metrics come
 * as samples its words are Prometheus': five minutes of lookback, growth extrapolated to the window (`increaseOf`), a
 * quotient without a value where its denominator is not above zero.
 * @throws Error for log events, which are no series, and for what the checks refuse.
 */
export const evaluateExpression = (
  expression: Expression,
  series: readonly Series[],
  time: number,
  options: EvaluationOptions = {},
): readonly Evaluated[] => evaluateAt(expression, momentOf(series, time, options));
