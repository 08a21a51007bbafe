const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds of one month in a Datadog window: 730 hours (Datadog documentation: Metric Monitor, evaluation window). */
export const MONTH_SECONDS = 730 * HOUR;

/** The time frames that an objective of Datadog has a target for (Service Level Objectives API, `timeframe`). */
export const SLO_TIMEFRAMES = ["7d", "30d", "90d"] as const;
/** One of {@link SLO_TIMEFRAMES}. */
export type SloTimeframe = (typeof SLO_TIMEFRAMES)[number];

/**
 * Datadog's documented limits for what monitors read, in the units that the names say. Datadog documents no maximum length
 * for a monitor's query or message, so none is given here.
 */
export const DATADOG_LIMITS = {
  /** Characters of a metric name (Custom Metrics: Naming custom metrics). */
  metricNameLength: 200,
  /** Characters that a metric name should stay below, for the sake of the user interface (Custom Metrics: Naming). */
  metricNamePreferredLength: 100,
  /** Characters of a whole tag, key and value together (Getting started with tags: Defining tags). */
  tagLength: 200,
  /** Shortest evaluation window of any monitor (Metric Monitor: evaluation window; Monitors API: `#m` from 1). */
  windowMinimumSeconds: MINUTE,
  /** Longest rolling window of a metric monitor: 730 hours, one month (Metric Monitor: evaluation window). */
  metricWindowMaximumSeconds: MONTH_SECONDS,
  /** Longest window of a log monitor: 2,880 minutes or 48 hours (Monitors API: Logs Alert Query). */
  logWindowMaximumSeconds: 48 * HOUR,
  /** Least look ahead of a forecast monitor: 12 hours (Forecasts Monitor: Set alert conditions). */
  forecastWindowMinimumSeconds: 12 * HOUR,
  /** Furthest look ahead of a forecast monitor: three months (Forecasts Monitor: Set alert conditions). */
  forecastWindowMaximumSeconds: 3 * MONTH_SECONDS,
  /** Facets that a log monitor may group by (Logs Monitor: Define the search query). */
  logGroupByFacets: 4,
  /** Groups that a log monitor watches at most, by one facet; fewer when it has more facets (Logs Monitor, as above). */
  logGroups: 1000,
  /** Log monitors of one account, by default (Logs Monitor: Monitor creation). */
  logMonitorsPerAccount: 1000,
  /** Monitors that one composite monitor may combine (Composite Monitor: Select monitors). */
  compositeMonitors: 10,
  /** Shortest and longest window that an anomaly monitor looks for anomalies in (Anomaly Monitor: Set alert conditions). */
  anomalyWindowMinimumSeconds: 15 * MINUTE,
  anomalyWindowMaximumSeconds: 14 * 24 * HOUR,
  /** The part of an anomaly monitor's window that its points may be apart at most (Anomaly Monitor: API, `interval`). */
  anomalyIntervalsPerWindow: 5,
  /** Shortest and longest long window of a burn-rate monitor (Burn Rate Alerts: Monitor creation). */
  burnRateLongMinimumSeconds: HOUR,
  burnRateLongMaximumSeconds: 48 * HOUR,
  /** Decimal places of a metric-based objective's target, in percent (Metric-based SLOs: Set your SLO targets). */
  sloTargetDecimals: 3,
  /** Seconds to wait for metrics that Datadog fetches from a cloud provider (Troubleshooting No Data: Key settings). */
  crawledMetricDelaySeconds: 15 * MINUTE,
  /** Decimal places of a percentile aggregation such as p99.99 (Distributions: advanced query functionality). */
  percentileDecimals: 2,
} as const;
