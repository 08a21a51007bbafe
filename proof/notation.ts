import { formatSelector } from "../languages/promql/format";
import type { Labels, Sample, Series } from "./series";

/**
 * Samples one after the other, one per interval: along a line (`count` values, the first of them `from`), none at all, or the
 * marker that the series ends.
 */
export type Stretch =
  | { readonly kind: "line"; readonly from: number; readonly step: number; readonly count: number }
  | { readonly kind: "missing"; readonly count: number }
  | { readonly kind: "stale" };

/** A series as a test of promtool is given it, from time zero on. */
export interface InputSeries {
  readonly metric: string;
  readonly labels: Labels;
  readonly stretches: readonly Stretch[];
}

/** The values of a line, added up one by one as promtool does it, so that both have the same floating point numbers. */
export function valuesOf(stretch: Stretch): readonly (number | undefined)[] {
  if (stretch.kind !== "line") return [undefined];
  const values: number[] = [];
  let value = stretch.from;
  for (let index = 0; index < stretch.count; index++) {
    values.push(value);
    value += stretch.step;
  }
  return values;
}

/** The samples that promtool makes of a series, `interval` seconds apart. */
export function samplesOf({ metric, labels, stretches }: InputSeries, interval: number): Series {
  const samples: Sample[] = [];
  let index = 0;
  for (const stretch of stretches) {
    if (stretch.kind === "missing") index += stretch.count;
    else for (const value of valuesOf(stretch)) samples.push([interval * index++, value]);
  }
  return { metric, labels, samples };
}

function stretchText(stretch: Stretch): string {
  switch (stretch.kind) {
    case "line": {
      const { from, step, count } = stretch;
      if (count === 1) return String(from);
      return `${from}${step < 0 ? "-" : "+"}${Math.abs(step)}x${count - 1}`;
    }
    case "missing":
      return `_x${stretch.count}`;
    case "stale":
      return "stale";
  }
}

/**
 * A series in promtool's notation: `a+bxn` is a and n more values, each b larger.
 * Source: Prometheus, Unit testing for rules, "<series>".
 */
export const notationOf = ({ metric, labels, stretches }: InputSeries) => ({
  series: formatSelector(
    metric,
    Object.entries(labels).map(([label, value]) => ({ label, op: "=" as const, value })),
  ),
  values: stretches
    .filter((stretch) => stretch.kind === "stale" || stretch.count > 0)
    .map(stretchText)
    .join(" "),
});
