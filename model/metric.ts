import type { Duration } from "./duration";
import type { Dimension } from "./quantity";

/** How a metric is counted, in Prometheus' words; a StatsD timing or distribution is a histogram. */
export type MetricType = "counter" | "gauge" | "histogram";

interface UnitDefinition {
  readonly dimension: Dimension;
  /** What one unit is in the dimension's base unit. */
  readonly factor: string;
}

const noun = { dimension: "count", factor: "1" } as const satisfies UnitDefinition;

/** Every unit that a metric or a log field may be in. */
export const metricUnits = {
  seconds: { dimension: "time", factor: "1" },
  milliseconds: { dimension: "time", factor: "0.001" },
  bytes: { dimension: "information", factor: "1" },
  ratio: { dimension: "ratio", factor: "1" },
  percent: { dimension: "ratio", factor: "0.01" },
  requests: noun,
  errors: noun,
  connections: noun,
  users: noun,
  credits: noun,
  jobs: noun,
  orders: noun,
  operations: noun,
  events: noun,
  packets: noun,
  processes: noun,
  dollars: noun,
} as const satisfies Readonly<Record<string, UnitDefinition>>;

export type MetricUnit = keyof typeof metricUnits;
export type DimensionOf<U extends MetricUnit> = (typeof metricUnits)[U]["dimension"];

/** The values that a label may take: listed, or so many at the most. An unbounded label is not declarable. */
export type LabelValues =
  | { readonly kind: "closed"; readonly values: readonly string[] }
  | { readonly kind: "bounded"; readonly max: number; readonly example: string };

/** A label with these values only. */
export const oneOf = (...values: readonly string[]): LabelValues => ({ kind: "closed", values });

/** A label with at most `max` values, such as `example`. */
export const upTo = (max: number, example: string): LabelValues => ({ kind: "bounded", max, example });

/** Where a metric is found in Datadog. */
export interface DatadogSource {
  readonly name: string;
  /** Default: the metric's own unit. */
  readonly unit?: MetricUnit;
}

/** Where a metric is found in CloudWatch. */
export interface CloudwatchSource {
  readonly namespace: string;
  readonly name: string;
  readonly statistic: "Average" | "Sum" | "Maximum" | "Minimum" | "p50" | "p95" | "p99";
  /** Dimension names and values; `{service}` and `{environment}` stand for their names, `{cluster}` and `{instance}` for the runtime's own. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** Default: the metric's own unit. */
  readonly unit?: MetricUnit;
  /** Time between two of its points. Default: a minute, as most of AWS' own have it. */
  readonly period?: Duration;
}

/** One metric of the telemetry contract, with its name in each system that holds it. */
export interface MetricDefinition {
  readonly type: MetricType;
  /** Its name in Prometheus, without a histogram's suffixes; its name for people where Prometheus does not hold it. */
  readonly name: string;
  /** Whether Prometheus scrapes it. */
  readonly prometheus: boolean;
  readonly help: string;
  readonly unit: MetricUnit;
  readonly labels: Readonly<Record<string, LabelValues>>;
  /** Combinations of the labels' values that one process has at the most. Default: all of them. */
  readonly series?: number;
  /** Upper bounds of a histogram's buckets in its unit, without +Inf. */
  readonly buckets?: readonly number[];
  readonly datadog?: DatadogSource;
  readonly cloudwatch?: CloudwatchSource;
  /** Set where a contract was asked for a metric that it does not declare: the names that it does. */
  readonly undeclared?: readonly string[];
}

/** Series that Prometheus writes of a target by itself; no exporter emits them. */
export const writtenByPrometheus: ReadonlySet<string> = new Set(["up"]);

/** Labels that every scraped series has, whatever the metric: the service (`job`) and the target (`instance`). */
export const targetLabels = ["job", "instance"] as const;
export type TargetLabel = (typeof targetLabels)[number];

/** Every label that a series of the metric has in Prometheus, but for a bucket's `le`. */
export const labelsOfMetric = (metric: MetricDefinition): readonly string[] => [
  ...Object.keys(metric.labels),
  ...targetLabels,
];

/** The names of a metric's series in Prometheus. */
export function seriesNames(metric: MetricDefinition): readonly string[] {
  if (!metric.prometheus) return [];
  return metric.type === "histogram"
    ? ["_bucket", "_sum", "_count"].map((suffix) => metric.name + suffix)
    : [metric.name];
}
