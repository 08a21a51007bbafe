import type { LabelMatcher, Selection } from "../model/expression";
import type { LabelValues, MetricDefinition } from "../model/metric";
import { never } from "../model/result";
import type { Labels } from "./series";

/** Series of one metric in one service: enough to tell what is wrong from what is well, few enough to read. */
export const mostSeries = 64;

const exampleOf = (values: LabelValues): string =>
  values.kind === "closed" ? (values.values[0] ?? "") : values.example;

/** Values that pass a matcher; of one that excludes a value, that value, so that it has something to exclude. */
function witnesses(matcher: LabelMatcher, values: LabelValues): readonly string[] {
  const listed = values.kind === "closed" ? values.values : [];
  switch (matcher.kind) {
    case "equals":
      return [matcher.value];
    case "not-equals":
      return listed.includes(matcher.value) ? [matcher.value] : [];
    case "one-of":
      return matcher.values.slice(0, 2);
    case "starts-with": {
      const found = listed.find((value) => value.startsWith(matcher.value));
      // Of a bounded label, what the example would be with that beginning: 500 of 200 for the 5xx.
      return [found ?? matcher.value + exampleOf(values).slice(matcher.value.length)];
    }
    default:
      return never(matcher);
  }
}

/** The values that a label takes in the simulation, the most telling first. */
function valuesOf(
  values: LabelValues,
  matchers: readonly LabelMatcher[],
  stated: readonly string[] | undefined,
): readonly string[] {
  const own = values.kind === "closed" ? values.values.slice(0, 2) : (stated ?? [values.example]);
  const all = [...new Set([...own.slice(0, 1), ...matchers.flatMap((matcher) => witnesses(matcher, values)), ...own])];
  return values.kind === "bounded" ? all.slice(0, values.max) : all;
}

const productOf = (lists: readonly (readonly string[])[]): number =>
  lists.reduce((size, list) => size * list.length, 1);

/** The lists, without the last values of the longest, until their combinations are few enough. */
function bounded(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  if (productOf(lists) <= mostSeries) return lists;
  const most = Math.max(...lists.map(({ length }) => length));
  const longest = lists.findIndex(({ length }) => length === most);
  return bounded(lists.map((list, index) => (index === longest ? list.slice(0, -1) : list)));
}

/**
 * The label sets of a metric's series: of each label its first values, and one for every selection that reads it, in all combinations.
 * `stated`: values of labels whose contract says only how many there are.
 */
export function labelSets(
  { name, labels }: MetricDefinition,
  readBy: readonly Selection[],
  stated: Readonly<Record<string, readonly string[]>>,
): readonly Labels[] {
  const matchers = readBy.filter(({ metric }) => metric.name === name).flatMap(({ where }) => where);
  const names = Object.keys(labels);
  const lists = bounded(
    Object.entries(labels).map(([label, values]) =>
      valuesOf(
        values,
        matchers.filter((matcher) => matcher.label === label),
        stated[label],
      ),
    ),
  );
  return lists.reduce<readonly Labels[]>(
    (sets, list, index) => sets.flatMap((set) => list.map((value) => ({ ...set, [names[index] ?? ""]: value }))),
    [{}],
  );
}
