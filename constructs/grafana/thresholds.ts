import type { AlertRule } from "../../model/alert-rule";
import type { Comparison } from "../../model/comparison";
import { primaryComparison } from "../../model/definite-condition";
import type { Expression } from "../../model/expression";
import type { Severity } from "../../model/severity";
import { expressionKey } from "./expression-key";
import { type DisplayUnit, shownIn } from "./units";

/** One step of Grafana's thresholds: the colour of every value from `value` on; null stands for minus infinity. */
export interface Step {
  readonly value: number | null;
  readonly color: string;
}

/** An alert's threshold in the unit that a query's numbers are shown in. */
export interface Threshold {
  readonly severity: Severity;
  readonly comparison: Comparison;
  readonly value: number;
}

/** Colours of Grafana's palette, from what must be acted on at once to what can wait. */
const severityColors: Readonly<Record<Severity, string>> = {
  "SEV-1": "red",
  "SEV-2": "orange",
  "SEV-3": "yellow",
  "SEV-4": "blue",
};

/** The colour of a value that no alert is about, when no alert watches at all: neither good nor bad. */
export const unwatchedColor = "text";

/** The alerts of a service that compare this very expression first, whatever labels either is kept apart by, and whatever guards them. */
export function alertsWatching(expression: Expression, alerts: readonly AlertRule[]): readonly AlertRule[] {
  const key = expressionKey(expression);
  return alerts.filter(({ condition }) => {
    const primary = primaryComparison(condition);
    return primary !== undefined && expressionKey(primary.expression) === key;
  });
}

/** Where the alerts that watch an expression are, in the unit that it is shown in. */
export const thresholdsOf = (watching: readonly AlertRule[], unit: DisplayUnit): readonly Threshold[] =>
  watching.flatMap(({ condition, severity }) => {
    const primary = primaryComparison(condition);
    return primary === undefined
      ? []
      : [{ severity, comparison: primary.comparison, value: shownIn(primary.threshold, unit) }];
  });

const isUpper = ({ comparison }: Threshold): boolean => comparison === ">" || comparison === ">=";

/**
 * The steps of all thresholds together: from each threshold on, the colour is that of the worst alert that is true there, or
 * `fine` where none is. An alert below its threshold colours what is under it, so its steps stand the other way round.
 */
export function stepsOf(thresholds: readonly Threshold[], fine: string): readonly Step[] {
  const starts: readonly (number | null)[] = [null, ...new Set(thresholds.map(({ value }) => value))].sort(
    (a, b) => (a ?? Number.NEGATIVE_INFINITY) - (b ?? Number.NEGATIVE_INFINITY),
  );
  return starts.map((start) => {
    const from = start ?? Number.NEGATIVE_INFINITY;
    const [worst] = thresholds
      .filter((threshold) => (isUpper(threshold) ? from >= threshold.value : from < threshold.value))
      .map(({ severity }) => severity)
      .sort();
    return { value: start, color: worst === undefined ? fine : severityColors[worst] };
  });
}
