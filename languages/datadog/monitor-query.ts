import type { DatadogLogSearch } from "./log-search";
import type { MetricExpression } from "./metric-expression";
import type { Window, WindowFrame } from "./window";

/** How a metric monitor's points over its window become one value (Datadog documentation: Metric Monitor). */
export const TIME_AGGREGATES = ["avg", "sum", "min", "max", "percentile"] as const;
/** One of {@link TIME_AGGREGATES}; `percentile` is for a distribution queried as a percentile, such as `p95:…`. */
export type TimeAggregate = (typeof TIME_AGGREGATES)[number];

/** Comparators of a monitor's threshold (Monitors API: Query Types). Longest first, as a reader must try them. */
export const MONITOR_COMPARATORS = [">=", "<=", "==", "!=", ">", "<"] as const;
/** One of {@link MONITOR_COMPARATORS}. */
export type MonitorComparator = (typeof MONITOR_COMPARATORS)[number];

/** Compared is the change since a while ago, absolute or in percent (Change Alert Monitor). */
export interface ChangeAlert {
  readonly kind: "change" | "pct_change";
  /** How long ago the value was taken that is compared with. */
  readonly since: Window;
}

/** What metric and log monitors share. */
interface Thresholded {
  /** Default of {@link metricMonitorQuery} and {@link logMonitorQuery}: `last`. */
  readonly frame: WindowFrame;
  readonly window: Window;
  readonly comparator: MonitorComparator;
  /** The critical threshold's exact decimal text, such as `0.01`; it must equal the monitor's critical threshold. */
  readonly threshold: string;
}

/** `avg(last_5m):sum:app.errors{env:prod}.as_rate() > 0.01`. */
export interface MetricMonitorQuery extends Thresholded {
  readonly kind: "metric";
  readonly aggregate: TimeAggregate;
  readonly change?: ChangeAlert;
  readonly expression: MetricExpression;
}

/** What a log monitor may compute over a measure or a facet (Logs Monitor: Define the search query; Monitors API). */
export const MEASURE_METHODS = [
  "cardinality",
  "avg",
  "sum",
  "min",
  "max",
  "median",
  "pc75",
  "pc90",
  "pc95",
  "pc98",
  "pc99",
] as const;
/** One of {@link MEASURE_METHODS}; `cardinality` counts distinct values. */
export type MeasureMethod = (typeof MEASURE_METHODS)[number];

/** What a log monitor computes: a count of logs, or a method over one measure or facet, such as `@duration`. */
export type LogRollup = { readonly method: "count" } | { readonly method: MeasureMethod; readonly measure: string };

/** `logs("status:error").index("*").rollup("count").by("service").last("5m") > 10`. */
export interface LogMonitorQuery extends Thresholded {
  readonly kind: "log";
  readonly search: DatadogLogSearch;
  /** Names of log indexes; `*` alone is every index. */
  readonly indexes: readonly string[];
  readonly rollup: LogRollup;
  /** Facets, attributes (`@http.status_code`) or tags, four at most. */
  readonly groupBy: readonly string[];
}

/** A monitor's query over metrics or over logs. */
export type DatadogMonitorQuery = MetricMonitorQuery | LogMonitorQuery;

/** A metric monitor's query; its window rolls unless told. */
export const metricMonitorQuery = (
  query: Omit<MetricMonitorQuery, "kind" | "frame"> & { readonly frame?: WindowFrame },
): MetricMonitorQuery => ({ frame: "last", ...query, kind: "metric" });

/** A log monitor's query: a count over every index, ungrouped, in a rolling window, unless told. */
export const logMonitorQuery = (
  query: Pick<LogMonitorQuery, "search" | "window" | "comparator" | "threshold"> &
    Partial<Omit<LogMonitorQuery, "kind">>,
): LogMonitorQuery => ({
  frame: "last",
  indexes: ["*"],
  rollup: { method: "count" },
  groupBy: [],
  ...query,
  kind: "log",
});
