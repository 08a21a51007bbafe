import type { LabelMatcher, Selection } from "../model/expression";
import type { LabelValues, MetricDefinition } from "../model/metric";
import { never } from "../model/result";
import { matches, matchesAll } from "../model/selection-match";
import { selectionKey } from "./leaf-target";
import type { Labels } from "./series";

/** The series that stands for a selection: it passes the selection's matchers, and no other one's where that can be. */
export interface Cell {
  readonly of: Selection;
  readonly labels: Labels;
}

const examplesOf = (values: LabelValues | undefined): readonly string[] => {
  if (values === undefined) return [];
  return values.kind === "closed" ? values.values : [values.example];
};

const matcherValues = (matcher: LabelMatcher): readonly string[] => {
  switch (matcher.kind) {
    case "equals":
    case "not-equals":
      return [matcher.value];
    case "starts-with":
      return [matcher.value, `${matcher.value}1`, `${matcher.value}03`];
    case "one-of":
      return matcher.values;
    default:
      return never(matcher);
  }
};

/** Values that a label might have: the declared ones, those of the matchers, and some that are nobody's. */
export function candidates(label: string, metric: MetricDefinition, service: string, others: readonly Selection[]) {
  const declared =
    label === "instance" ? [1, 2, 3].map((number) => `${service}-${number}:9100`) : examplesOf(metric.labels[label]);
  const wanted = others.flatMap(({ where }) => where.filter((each) => each.label === label).flatMap(matcherValues));
  const made = declared.flatMap((value) => [`${value}-2`, `${value}-3`]);
  return [...new Set([...declared, ...wanted, ...made, "other", "another"])].filter((value) => value !== "");
}

const matchersOf = ({ where }: Selection, label: string): readonly LabelMatcher[] =>
  where.filter((matcher) => matcher.label === label);

const passes = (selection: Selection, label: string, value: string): boolean =>
  matchersOf(selection, label).every((matcher) => matches(matcher, { [label]: value }));

/** Labels that keep groups apart have the same values in all selections, so that their sides find each other. */
function groupValue(
  label: string,
  group: number,
  { metric }: Selection,
  all: readonly Selection[],
  service: string,
): string {
  const possible = candidates(label, metric, service, all).filter((value) =>
    all.every((selection) => passes(selection, label, value)),
  );
  return possible[group] ?? possible[0] ?? "";
}

function labelsOfCell(of: Selection, by: readonly string[], group: number, all: readonly Selection[], service: string) {
  const { metric } = of;
  const names = [...new Set([...Object.keys(metric.labels), ...of.where.map(({ label }) => label), "instance", ...by])];
  const rivals = all.filter((other) => other.metric.name === metric.name && selectionKey(other) !== selectionKey(of));
  const labels: Record<string, string> = { job: service };
  for (const label of names) {
    if (label === "job") continue;
    const first = all[0] ?? of;
    if (by.includes(label)) labels[label] = groupValue(label, group, first, all, service);
    else {
      const possible = candidates(label, metric, service, [of, ...rivals]).filter((value) => passes(of, label, value));
      const apart = possible.find((value) =>
        rivals.every((rival) => matchersOf(rival, label).length === 0 || !passes(rival, label, value)),
      );
      labels[label] = apart ?? possible[0] ?? "";
    }
  }
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));
}

/** One cell for each selection, in a group of the labels that keep values apart. */
export const cellsOf = (
  selections: readonly Selection[],
  by: readonly string[],
  group: number,
  service: string,
): readonly Cell[] => selections.map((of) => ({ of, labels: labelsOfCell(of, by, group, selections, service) }));

/** Whether the labels can tell two groups apart at all. */
export function hasGroups(selections: readonly Selection[], by: readonly string[], service: string): boolean {
  const [first] = selections;
  return (
    first !== undefined &&
    by.some(
      (label) => groupValue(label, 0, first, selections, service) !== groupValue(label, 1, first, selections, service),
    )
  );
}

/** Whether a selection of the same metric finds a cell too. */
export const finds = (selection: Selection, cell: Cell): boolean =>
  selection.metric.name === cell.of.metric.name && matchesAll(selection.where, cell.labels);

/** A matcher of a condition, whichever of its selections have it. */
export const matchersIn = (selections: readonly Selection[]): readonly LabelMatcher[] => [
  ...new Map(
    selections.flatMap(({ where }) => where).map((matcher) => [JSON.stringify(matcher), matcher] as const),
  ).values(),
];

/**
 * The cell as it would be found if a matcher were dropped: the same, but with another value of the label. Undefined where another
 * selection would find it, as it then already counts.
 */
export function decoyOf(
  cell: Cell,
  matcher: LabelMatcher,
  all: readonly Selection[],
  service: string,
): Cell | undefined {
  if (!cell.of.where.some((own) => JSON.stringify(own) === JSON.stringify(matcher))) return undefined;
  const { label } = matcher;
  // A label that must not be empty is missed by a series that does not have it.
  const values = [...candidates(label, cell.of.metric, service, all), ""].filter(
    (value) => !passes(cell.of, label, value),
  );
  for (const value of values) {
    const { [label]: _, ...others } = cell.labels;
    const decoy: Cell = { of: cell.of, labels: value === "" ? others : { ...others, [label]: value } };
    if (!all.some((selection) => finds(selection, decoy))) return decoy;
  }
  return undefined;
}
