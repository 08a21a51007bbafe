import type { Comparison } from "./comparison";
import { type Baseline, type Condition, defaultBaseline } from "./condition";
import type { Duration } from "./duration";
import { type Aggregation, type Expression, groupedBy, type LabelMatcher, type Selection } from "./expression";
import type { LogFilter } from "./log-filter";
import type { LabelValues, MetricDefinition, TargetLabel } from "./metric";
import type { Dimension, QuantityText } from "./quantity";
import type { PerEnvironment } from "./register";

/**
 * Something measurable of a service (an SLI), of dimension `D`, that can be kept apart by the labels `L`.
 * A threshold of another dimension does not compile, and is refused by the checks where the compiler was not asked.
 */
export class Indicator<D extends Dimension = Dimension, L extends string = string> {
  readonly expression: Expression;

  constructor(expression: Expression) {
    this.expression = expression;
  }

  /** The same indicator, one value per combination of these labels instead of one for the whole service. */
  by(...labels: readonly (L | TargetLabel)[]): Indicator<D, L> {
    return new Indicator(groupedBy(this.expression, labels));
  }

  above(threshold: PerEnvironment<QuantityText<D>>): Condition {
    return this.compare(">", threshold);
  }

  atLeast(threshold: PerEnvironment<QuantityText<D>>): Condition {
    return this.compare(">=", threshold);
  }

  below(threshold: PerEnvironment<QuantityText<D>>): Condition {
    return this.compare("<", threshold);
  }

  atMost(threshold: PerEnvironment<QuantityText<D>>): Condition {
    return this.compare("<=", threshold);
  }

  /** Below the one or above the other. */
  outside(low: PerEnvironment<QuantityText<D>>, high: PerEnvironment<QuantityText<D>>): Condition {
    return { kind: "outside", expression: this.expression, low, high };
  }

  /**
   * Further from what is usual than so many standard deviations. Default direction: either; default baseline: a week, which holds
   * every hour of a working day and of a weekend.
   */
  deviates({
    deviations,
    direction = "either",
    baseline = defaultBaseline,
  }: Pick<Baseline, "deviations"> & Partial<Baseline>): Condition {
    return { kind: "anomaly", expression: this.expression, deviations, direction, baseline };
  }

  private compare(comparison: Comparison, threshold: PerEnvironment<QuantityText>): Condition {
    return { kind: "compare", expression: this.expression, comparison, threshold };
  }
}

/** A label's value, or what it must not be, be one of, or start with. */
export type MatcherValue =
  | string
  | { readonly not: string }
  | { readonly oneOf: readonly string[] }
  | { readonly startsWith: string };

export type Matchers<L extends string> = { readonly [Label in L | TargetLabel]?: MatcherValue };

/** Matches a label that starts with the text: `startsWith("5")` selects every 5xx status. */
export const startsWith = (prefix: string): MatcherValue => ({ startsWith: prefix });

function matcher(label: string, value: MatcherValue): LabelMatcher {
  if (typeof value === "string") return { label, kind: "equals", value };
  if ("not" in value) return { label, kind: "not-equals", value: value.not };
  if ("oneOf" in value) return { label, kind: "one-of", values: value.oneOf };
  return { label, kind: "starts-with", value: value.startsWith };
}

const select = (of: Selection, matchers: Readonly<Record<string, MatcherValue | undefined>>): Selection => ({
  metric: of.metric,
  where: [
    ...of.where,
    ...Object.entries(matchers).flatMap(([label, value]) => (value === undefined ? [] : [matcher(label, value)])),
  ],
});

/** What a counter's growth per second measures. */
export type RateOf<D extends Dimension> = D extends "time"
  ? "ratio"
  : D extends "information"
    ? "throughput"
    : "frequency";

/** A metric that only grows. Its value means nothing by itself; its growth does. */
export class Counter<D extends Dimension = Dimension, L extends string = string> {
  readonly selection: Selection;

  constructor(selection: Selection) {
    this.selection = selection;
  }

  /** Only the series whose labels match. */
  where(matchers: Matchers<L>): Counter<D, L> {
    return new Counter(select(this.selection, matchers));
  }

  /** Growth per second over the last `window`. Default aggregation: the sum over all series of the service. */
  rate(window: Duration, aggregation: Aggregation = "sum"): Indicator<RateOf<D>, L> {
    return new Indicator({ kind: "rate", of: this.selection, window, aggregation, by: [] });
  }

  /** Growth over the last `window`, summed over all series of the service. */
  increase(window: Duration): Indicator<D, L> {
    return new Indicator({ kind: "increase", of: this.selection, window, by: [] });
  }
}

/** A metric that goes up and down. */
export class Gauge<D extends Dimension = Dimension, L extends string = string> {
  readonly selection: Selection;

  constructor(selection: Selection) {
    this.selection = selection;
  }

  /** Only the series whose labels match. */
  where(matchers: Matchers<L>): Gauge<D, L> {
    return new Gauge(select(this.selection, matchers));
  }

  sum(): Indicator<D, L> {
    return this.value("sum");
  }

  avg(): Indicator<D, L> {
    return this.value("avg");
  }

  max(): Indicator<D, L> {
    return this.value("max");
  }

  min(): Indicator<D, L> {
    return this.value("min");
  }

  /**
   * What it will be `ahead` from now if it goes on as it did over the last `from`: `free.forecast("4h", { from: "1h" })`. Default
   * aggregation: the least, since what runs out first is what matters.
   */
  forecast(
    ahead: Duration,
    { from, aggregation = "min" }: { readonly from: Duration; readonly aggregation?: Aggregation },
  ): Indicator<D, L> {
    return new Indicator({ kind: "forecast", of: this.selection, window: from, ahead, aggregation, by: [] });
  }

  private value(aggregation: Aggregation): Indicator<D, L> {
    return new Indicator({ kind: "value", of: this.selection, aggregation, by: [] });
  }
}

/** A distribution of observations, in buckets. */
export class Histogram<D extends Dimension = Dimension, L extends string = string> {
  readonly selection: Selection;

  constructor(selection: Selection) {
    this.selection = selection;
  }

  /** Only the series whose labels match. */
  where(matchers: Matchers<L>): Histogram<D, L> {
    return new Histogram(select(this.selection, matchers));
  }

  /** The value below which the share `quantile` (0.95 for the p95) of the last `window`'s observations lies. */
  quantile(quantile: number, window: Duration): Indicator<D, L> {
    return new Indicator({ kind: "quantile", quantile, of: this.selection, window, by: [] });
  }

  /** The share of the last `window`'s observations that are at most `atMost`, which is the bound of a bucket. */
  fraction(atMost: QuantityText<D>, window: Duration): Indicator<"ratio", L> {
    return new Indicator({ kind: "fraction", of: this.selection, atMost, window, by: [] });
  }

  /** Observations per second over the last `window`. */
  rate(window: Duration): Indicator<"frequency", L> {
    return new Indicator({ kind: "rate", of: this.selection, window, aggregation: "sum", by: [] });
  }
}

/** One indicator over another of the same dimension; no value while the denominator is zero. */
export const ratio = <D extends Dimension, L extends string>(
  numerator: Indicator<D, L>,
  denominator: Indicator<D, L>,
): Indicator<"ratio", L> =>
  new Indicator({ kind: "ratio", numerator: numerator.expression, denominator: denominator.expression });

/** What a ratio leaves of one: availability of an error ratio, use of an idle ratio. */
export const complement = <L extends string>(of: Indicator<"ratio", L>): Indicator<"ratio", L> =>
  new Indicator({ kind: "complement", of: of.expression });

/** How many log events of the last `window` pass the filter. */
export const logCount = (filter: LogFilter, window: Duration): Indicator<"count", never> =>
  new Indicator({ kind: "log-count", filter, window });

/** What is declared of a metric beside its type, name and unit. */
export interface MetricOptions<U, L extends string> {
  readonly help: string;
  readonly unit: U;
  /** Default: none. */
  readonly labels?: Readonly<Record<L, LabelValues>>;
  /** Combinations of the labels' values that one process has at the most, where they depend on each other. Default: all of them. */
  readonly series?: number;
  /** Default: true. */
  readonly prometheus?: boolean;
  readonly datadog?: MetricDefinition["datadog"];
  readonly cloudwatch?: MetricDefinition["cloudwatch"];
}
