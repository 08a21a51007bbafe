import { metricsOn } from "../../model/cardinality";
import { type MetricDefinition, metricUnits } from "../../model/metric";
import { never } from "../../model/result";
import { type Service, scrapesOf } from "../../model/service";

/** Source: statsd_exporter, README, "Metric Mapping and Configuration". */
export interface StatsdMapping {
  readonly match: string;
  readonly match_metric_type?: "counter" | "gauge" | "observer";
  readonly match_type?: "regex";
  readonly name: string;
  readonly observer_type?: "histogram";
  readonly histogram_options?: { readonly buckets: readonly number[] };
  readonly action?: "drop";
}

/** The exporter's configuration. */
export interface StatsdMappings {
  readonly defaults: { readonly observer_type: "histogram"; readonly ttl: string };
  readonly mappings: readonly StatsdMapping[];
}

/** A metric that a service counts by StatsD, under the name that its code has. */
export interface StatsdMetric {
  readonly metric: MetricDefinition;
  readonly sent: string;
}

/** What a service counts by StatsD: the metrics on the page of its StatsD exporter, under their names in Datadog. */
export const statsdMetrics = (service: Service): readonly StatsdMetric[] =>
  scrapesOf(service)
    .filter(({ role }) => role === "statsd")
    .flatMap((scrape) => metricsOn(scrape, service))
    .flatMap((metric) => (metric.datadog === undefined ? [] : [{ metric, sent: metric.datadog.name }]));

function typeOf({ type }: MetricDefinition): "counter" | "gauge" | "observer" {
  switch (type) {
    case "counter":
    case "gauge":
      return type;
    case "histogram":
      // StatsD's timings, histograms and distributions.
      return "observer";
    default:
      return never(type);
  }
}

function mappingOf({ metric, sent }: StatsdMetric): StatsdMapping {
  const { name, buckets } = metric;
  return {
    match: sent,
    match_metric_type: typeOf(metric),
    name,
    ...(buckets === undefined ? {} : { observer_type: "histogram" as const, histogram_options: { buckets } }),
  };
}

/**
 * Whether the exporter can show a metric in the unit of the contract: it divides timings by 1,000, from milliseconds to seconds, and leaves
 * all else as it was sent. Source: statsd_exporter, README, "StatsD timers and distributions".
 */
export function keepsUnit({ metric: { type, unit, datadog } }: StatsdMetric): boolean {
  const sent = datadog?.unit ?? unit;
  if (type === "histogram" && metricUnits[unit].dimension === "time")
    return unit === "seconds" && sent === "milliseconds";
  return sent === unit;
}

/**
 * Each declared metric under its name in Prometheus, with its own buckets; tags become labels. What is not declared is dropped, so that a
 * name with a user's number in it makes no series. Nothing expires (`ttl`): a counter that is forgotten and begins anew looks like a restart.
 */
export const statsdMappings = (metrics: readonly StatsdMetric[]): StatsdMappings => ({
  defaults: { observer_type: "histogram", ttl: "0s" },
  mappings: [...metrics.map(mappingOf), { match: ".", match_type: "regex", action: "drop", name: "undeclared" }],
});
