import { standsForVariable } from "./grafana-variables";
import type { PromqlSelector } from "./query";
import { compileRe2 } from "./re2";

/** One series as Prometheus holds it. */
export interface PromqlSeries {
  /** Every label the series can have, those of the target and of the environment included, and `le` for buckets. */
  readonly labels: ReadonlySet<string>;
  /** The type of the metric; the `_bucket`, `_sum` and `_count` series of a histogram or summary keep the metric's type. */
  readonly type: "counter" | "gauge" | "histogram" | "summary";
}

/** The series that exist, by name. */
export type PromqlContract = ReadonlyMap<string, PromqlSeries>;

/** Series that Prometheus writes about scraping and alerts itself (Prometheus: jobs and instances; alerting rules). */
const SELF_MADE: ReadonlySet<string> = new Set([
  "ALERTS",
  "ALERTS_FOR_STATE",
  "scrape_body_size_bytes",
  "scrape_duration_seconds",
  "scrape_sample_limit",
  "scrape_samples_post_metric_relabeling",
  "scrape_samples_scraped",
  "scrape_series_added",
  "scrape_timeout_seconds",
  "up",
]);

/** How the values of a series behave, or undefined when nothing is known: an unknown series, or a native histogram. */
export type Behaviour = "counter" | "gauge" | undefined;

export function behaviourOf(selector: PromqlSelector, contract: PromqlContract): Behaviour {
  const series = seriesOf(selector, contract);
  switch (series?.type) {
    case "counter":
    case "gauge":
      return series.type;
    case "histogram":
      return isPartOfMetric(selector.metric) ? "counter" : undefined;
    case "summary":
      return isPartOfMetric(selector.metric) ? "counter" : "gauge";
    default:
      return undefined;
  }
}

const isPartOfMetric = (name = ""): boolean => /_(?:bucket|count|sum)$/.test(name);

/** The series that a selector names, when the contract has it. */
export const seriesOf = ({ metric }: PromqlSelector, contract: PromqlContract): PromqlSeries | undefined =>
  metric === undefined ? undefined : contract.get(metric);

/** Whether a name is nobody's promise: written by Prometheus itself, or the sample of a variable. */
export const isBeyondContract = (metric: string): boolean => SELF_MADE.has(metric) || standsForVariable(metric);

/** The conditions a selector puts on the name when it does not give it. */
export function matchesName(selector: PromqlSelector, name: string): boolean {
  return selector.matchers
    .filter(({ label }) => label === "__name__")
    .every(({ op, value }) => {
      const compiled = op === "=~" || op === "!~" ? compileRe2(value) : undefined;
      const equal = compiled === undefined ? value === name : compiled.ok && compiled.value.test(name);
      return equal === (op === "=" || op === "=~");
    });
}
