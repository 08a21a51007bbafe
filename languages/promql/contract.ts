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

/**
 * Nobody has said which series exist, as in a rule file from elsewhere: no name is unknown then, and how a series behaves is
 * told by its name alone.
 */
export const NO_CONTRACT: PromqlContract = new Map();

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
      return contract === NO_CONTRACT ? conventional(selector.metric ?? "") : undefined;
  }
}

/**
 * What a name promises by convention: counters end in `_total`, the buckets of a histogram in `_bucket`; ratios, temperatures, points
 * in time and infos go up and down. All other names, and those that recording rules make, with a colon, promise nothing.
 * Source: Prometheus, Metric and label naming, "Metric names"; OpenMetrics, "Suffixes".
 */
function conventional(name: string): Behaviour {
  if (name.includes(":")) return undefined;
  if (/[a-z0-9]_(?:total|bucket)$/.test(name)) return "counter";
  return name === "up" || /[a-z0-9]_(?:ratio|celsius|timestamp_seconds|info)$/.test(name) ? "gauge" : undefined;
}

/** "x" is a counter, as it is declared or, where nothing is, as its name has it. */
export const said = ({ metric = "" }: PromqlSelector, what: "counter" | "gauge", contract: PromqlContract): string =>
  `"${metric}" is a ${what}${contract === NO_CONTRACT ? " by its name" : ""}`;

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
