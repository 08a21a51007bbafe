import type { LabelValues, MetricDefinition, MetricType } from "../model/metric";

/** What a page must have of one metric. */
export interface ExpectedMetric {
  readonly name: string;
  readonly type: MetricType | "summary" | "untyped";
  readonly labels: Readonly<Record<string, LabelValues>>;
  /** Default: it must be there. */
  readonly optional?: boolean;
}

/** What a page must have, and nothing else of its own. */
export interface ExpectedPage {
  readonly metrics: readonly ExpectedMetric[];
  /** What the names of further metrics begin with that the page may have and nobody looks at, such as those of a language's runtime. */
  readonly ignore: readonly string[];
}

/** Series that Prometheus writes itself of each scrape. Source: Prometheus, "Jobs and instances". */
const written = /^(up|scrape_\w+)$/;

/** What a service that declares these metrics must expose: those that Prometheus holds, but for what it writes itself. */
export const expectedOf = (metrics: readonly MetricDefinition[], ignore: readonly string[] = []): ExpectedPage => ({
  metrics: metrics
    .filter(({ name, prometheus }) => prometheus && !written.test(name))
    .map(({ name, type, labels }) => ({ name, type, labels })),
  ignore,
});
