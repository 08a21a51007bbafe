import type { Comparison } from "./comparison";
import type { Duration } from "./duration";
import type { LogFilter } from "./log-filter";
import { labelsOfMetric, type MetricDefinition, metricUnits } from "./metric";
import type { Dimension, QuantityText } from "./quantity";
import { never } from "./result";

/** What a label's value must be. */
export type LabelMatcher = { readonly label: string } & (
  | { readonly kind: "equals" | "not-equals" | "starts-with"; readonly value: string }
  | { readonly kind: "one-of"; readonly values: readonly string[] }
);

/** The series of one metric that pass all matchers. */
export interface Selection {
  readonly metric: MetricDefinition;
  readonly where: readonly LabelMatcher[];
}

export type Aggregation = "sum" | "avg" | "max" | "min" | "count";

/**
 * An indicator's meaning, the same for every backend. The service and environment are not in the tree: a compiler adds
 * them to every selection.
 */
export type Expression =
  /** Combines the series of a gauge into one per combination of `by`. */
  | {
      readonly kind: "value";
      readonly of: Selection;
      readonly aggregation: Aggregation;
      readonly by: readonly string[];
    }
  /** Growth per second of a counter, or of a histogram's observations, averaged over `window` and combined. */
  | {
      readonly kind: "rate";
      readonly of: Selection;
      readonly window: Duration;
      readonly aggregation: Aggregation;
      readonly by: readonly string[];
    }
  /** Growth of a counter, or of a histogram's observations, over `window`, summed. */
  | { readonly kind: "increase"; readonly of: Selection; readonly window: Duration; readonly by: readonly string[] }
  /** The value below which the share `quantile` of a histogram's observations of the last `window` lies. */
  | {
      readonly kind: "quantile";
      readonly quantile: number;
      readonly of: Selection;
      readonly window: Duration;
      readonly by: readonly string[];
    }
  /** The share of a histogram's observations of the last `window` that are at most `atMost`, which is the bound of a bucket. */
  | {
      readonly kind: "fraction";
      readonly of: Selection;
      readonly atMost: QuantityText;
      readonly window: Duration;
      readonly by: readonly string[];
    }
  /** What a gauge will be `ahead` from now if it goes on along the straight line through its last `window`, combined. */
  | {
      readonly kind: "forecast";
      readonly of: Selection;
      readonly window: Duration;
      readonly ahead: Duration;
      readonly aggregation: Aggregation;
      readonly by: readonly string[];
    }
  /** The share of the last `window` in which `of` compares with `bound`, looked at once a minute. */
  | {
      readonly kind: "time-share";
      readonly of: Expression;
      readonly comparison: Comparison;
      readonly bound: QuantityText;
      readonly window: Duration;
    }
  /** One over the other; no value where the denominator is zero. */
  | { readonly kind: "ratio"; readonly numerator: Expression; readonly denominator: Expression }
  /** What a ratio leaves of one. */
  | { readonly kind: "complement"; readonly of: Expression }
  /** Log events of the last `window` that pass the filter. */
  | { readonly kind: "log-count"; readonly filter: LogFilter; readonly window: Duration };

/** The metrics that an expression reads, in order of appearance. */
export function selectionsOf(expression: Expression): readonly Selection[] {
  switch (expression.kind) {
    case "value":
    case "rate":
    case "increase":
    case "quantile":
    case "fraction":
    case "forecast":
      return [expression.of];
    case "time-share":
      return selectionsOf(expression.of);
    case "ratio":
      return [...selectionsOf(expression.numerator), ...selectionsOf(expression.denominator)];
    case "complement":
      return selectionsOf(expression.of);
    case "log-count":
      return [];
    default:
      return never(expression);
  }
}

const rateOf = (dimension: Dimension): Dimension =>
  dimension === "time" ? "ratio" : dimension === "information" ? "throughput" : "frequency";

/** What an expression measures. Seconds per second are a ratio (of a busy processor), bytes per second a throughput. */
export function dimensionOf(expression: Expression): Dimension {
  switch (expression.kind) {
    case "value":
    case "quantile":
    case "forecast":
      return metricUnits[expression.of.metric.unit].dimension;
    case "rate":
      return expression.of.metric.type === "histogram"
        ? "frequency"
        : rateOf(metricUnits[expression.of.metric.unit].dimension);
    case "increase":
      return expression.of.metric.type === "histogram" ? "count" : metricUnits[expression.of.metric.unit].dimension;
    case "ratio":
    case "complement":
    case "fraction":
    case "time-share":
      return "ratio";
    case "log-count":
      return "count";
    default:
      return never(expression);
  }
}

/** The labels that survive an expression: what an annotation or a route may name. */
export function labelsOf(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case "value":
    case "rate":
    case "increase":
    case "quantile":
    case "fraction":
    case "forecast":
      return expression.by;
    case "ratio":
      return labelsOf(expression.numerator);
    case "complement":
    case "time-share":
      return labelsOf(expression.of);
    case "log-count":
      return [];
    default:
      return never(expression);
  }
}

/** The same expression, kept apart by other labels. */
export function groupedBy(expression: Expression, by: readonly string[]): Expression {
  switch (expression.kind) {
    case "value":
    case "rate":
    case "increase":
    case "quantile":
    case "fraction":
    case "forecast":
      return { ...expression, by };
    case "ratio":
      return {
        ...expression,
        numerator: groupedBy(expression.numerator, by),
        denominator: groupedBy(expression.denominator, by),
      };
    case "complement":
    case "time-share":
      return { ...expression, of: groupedBy(expression.of, by) };
    case "log-count":
      return expression;
    default:
      return never(expression);
  }
}

/** Labels that the expression selects or groups by, each with a metric that does not have it. */
export function undeclaredLabels(
  expression: Expression,
): readonly { readonly label: string; readonly metric: MetricDefinition }[] {
  const by = labelsOf(expression);
  return selectionsOf(expression).flatMap(({ metric, where }) => {
    if (metric.undeclared !== undefined) return [];
    const declared = labelsOfMetric(metric);
    return [...where.map(({ label }) => label), ...by]
      .filter((label) => !declared.includes(label))
      .map((label) => ({ label, metric }));
  });
}
