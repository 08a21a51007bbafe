import { compares } from "../model/comparison";
import { parseDuration } from "../model/duration";
import { type Aggregation, type Expression, labelsOf, type Selection } from "../model/expression";
import { metricUnits } from "../model/metric";
import { parseQuantity } from "../model/quantity";
import { checked, never } from "../model/result";
import { perSecond } from "./comparing";
import { quantileOf, shareAtMost } from "./histogram-shape";
import { finds } from "./matching";
import type { Behaviour, Labels, SimulatedSeries } from "./series";

/** Series, each with what it does, for good. */
export type Steady = readonly { readonly series: SimulatedSeries; readonly behaviour: Behaviour }[];

/** One value of an expression, in the base unit of its dimension, with the labels that keep it apart. */
export interface Row {
  readonly labels: Labels;
  readonly value: number;
}

export const unitOf = ({ metric }: Selection): number => Number(metricUnits[metric.unit].factor);

export const secondsOf = (duration: string): number => checked(parseDuration(duration));

const pick = (labels: Labels, by: readonly string[]): Labels =>
  Object.fromEntries(by.flatMap((name) => (labels[name] === undefined ? [] : [[name, labels[name]]])));

const keyOf = (labels: Labels, by: readonly string[]): string => JSON.stringify(by.map((name) => labels[name] ?? ""));

function combined(aggregation: Aggregation, values: readonly number[]): number {
  const sum = (): number => values.reduce((all, value) => all + value, 0);
  switch (aggregation) {
    case "sum":
      return sum();
    case "avg":
      return sum() / values.length;
    case "max":
      return Math.max(...values);
    case "min":
      return Math.min(...values);
    case "count":
      return values.length;
    default:
      return never(aggregation);
  }
}

function grouped<T>(rows: readonly T[], labels: (row: T) => Labels, by: readonly string[]): readonly [Labels, T[]][] {
  const groups = new Map<string, [Labels, T[]]>();
  for (const row of rows) {
    const key = keyOf(labels(row), by);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [pick(labels(row), by), [row]]);
    else group[1].push(row);
  }
  return [...groups.values()];
}

const aggregated = (rows: readonly Row[], aggregation: Aggregation, by: readonly string[]): readonly Row[] =>
  grouped(rows, ({ labels }) => labels, by).map(([labels, group]) => ({
    labels,
    value: combined(
      aggregation,
      group.map(({ value }) => value),
    ),
  }));

/** What a gauge is, or how fast a counter or the observations of a histogram grow, of each series that is found. */
function numbers(of: Selection, steady: Steady, wanted: "level" | "growth"): readonly Row[] {
  return steady.flatMap(({ series, behaviour }) => {
    if (!finds(of, series)) return [];
    const { labels } = series;
    if (behaviour.kind === "level") return wanted === "level" ? [{ labels, value: behaviour.level }] : [];
    if (behaviour.kind === "pace" || behaviour.kind === "observations")
      return wanted === "growth" ? [{ labels, value: behaviour.perSecond }] : [];
    return [];
  });
}

const scaled = (rows: readonly Row[], factor: number): readonly Row[] =>
  rows.map(({ labels, value }) => ({ labels, value: value * factor }));

/** Histograms with observations, by their labels. */
function distributions(
  of: Selection,
  by: readonly string[],
  steady: Steady,
): readonly { readonly labels: Labels; readonly share: (bound: number) => number }[] {
  const found = steady.flatMap(({ series, behaviour }) =>
    finds(of, series) && behaviour.kind === "observations" && behaviour.perSecond > 0 ? [{ series, behaviour }] : [],
  );
  return grouped(found, ({ series }) => series.labels, by).map(([labels, group]) => {
    const all = group.reduce((sum, { behaviour }) => sum + behaviour.perSecond, 0);
    const share = (bound: number): number =>
      group.reduce((sum, { behaviour }) => sum + behaviour.perSecond * shareAtMost(bound, behaviour.typical), 0) / all;
    return { labels, share };
  });
}

/** Each value over the one of the denominator with the same labels, where that is above zero. */
function quotient(above: readonly Row[], below: readonly Row[], on: readonly string[]): readonly Row[] {
  const divisors = new Map(below.map(({ labels, value }) => [keyOf(labels, on), value]));
  return above.flatMap(({ labels, value }) => {
    const divisor = divisors.get(keyOf(labels, on));
    return divisor !== undefined && divisor > 0 ? [{ labels, value: value / divisor }] : [];
  });
}

/**
 * What an expression is once everything has gone on as it is for longer than any window: a rate is the pace, a forecast the level, an
 * increase so many times the pace. Gauges that hold a time have no value of their own here, nor have log events.
 */
export function steadyRows(expression: Expression, steady: Steady): readonly Row[] {
  switch (expression.kind) {
    case "value":
    case "forecast": {
      const { of, aggregation, by } = expression;
      return scaled(
        aggregated(numbers(of, steady, "level"), aggregation, by),
        aggregation === "count" ? 1 : unitOf(of),
      );
    }
    case "rate": {
      const { of, aggregation, by } = expression;
      const growth = aggregated(numbers(of, steady, "growth"), aggregation, by);
      return scaled(growth, of.metric.type === "histogram" ? 1 : unitOf(of));
    }
    case "increase": {
      const { of, window, by } = expression;
      const growth = aggregated(numbers(of, steady, "growth"), "sum", by);
      return scaled(growth, (of.metric.type === "histogram" ? 1 : unitOf(of)) * secondsOf(window));
    }
    case "quantile": {
      const { of, by, quantile } = expression;
      const bounds = of.metric.buckets ?? [];
      return distributions(of, by, steady).map(({ labels, share }) => ({
        labels,
        value: quantileOf(quantile, bounds, bounds.map(share)) * unitOf(of),
      }));
    }
    case "fraction": {
      const { of, by, atMost } = expression;
      const bound = Number(checked(parseQuantity(atMost)).value) / unitOf(of);
      return distributions(of, by, steady).map(({ labels, share }) => ({ labels, value: share(bound) }));
    }
    case "time-share": {
      const bound = perSecond(checked(parseQuantity(expression.bound)));
      return steadyRows(expression.of, steady).map(({ labels, value }) => ({
        labels,
        value: compares(value, expression.comparison, bound) ? 1 : 0,
      }));
    }
    case "ratio": {
      const { numerator, denominator } = expression;
      return quotient(steadyRows(numerator, steady), steadyRows(denominator, steady), labelsOf(denominator));
    }
    case "complement":
      return steadyRows(expression.of, steady).map(({ labels, value }) => ({ labels, value: 1 - value }));
    case "log-count":
      return [];
    default:
      return never(expression);
  }
}
