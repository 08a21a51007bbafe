import { type LabelValues, type MetricDefinition, writtenByPrometheus } from "./metric";
import { type Scrape, targetsIn } from "./scrape";
import { type Service, scrapesOf } from "./service";
import type { TelemetryContract } from "./telemetry";

const sizeOf = (values: LabelValues): number => (values.kind === "closed" ? values.values.length : values.max);

/**
 * The series that one process exposes of a metric, at the most: one for every combination of its labels' values, or as many as the contract
 * says there are (`series`); of a histogram, each has its buckets, the last of them without bound, a sum and a count.
 * Source: Prometheus, Histograms and summaries, "Count and sum of observations".
 */
export function seriesPerTarget({ labels, series, type, buckets = [] }: MetricDefinition): number {
  const combinations = series ?? Object.values(labels).reduce((product, values) => product * sizeOf(values), 1);
  return type === "histogram" ? combinations * (buckets.length + 3) : combinations;
}

/** The contracts whose metrics are on a page of a service: those that it names, else those that no other names. */
function contractsOn({ exposes }: Scrape, service: Service): readonly TelemetryContract[] {
  if (exposes !== undefined) return exposes.map(({ contract }) => contract);
  const elsewhere = new Set(
    scrapesOf(service).flatMap((other) => other.exposes?.map(({ contract }) => contract) ?? []),
  );
  return service.telemetry.filter((contract) => !elsewhere.has(contract));
}

/** The metrics that Prometheus finds on a page of a service, each once. */
export const metricsOn = (scrape: Scrape, service: Service): readonly MetricDefinition[] => [
  ...new Map(
    contractsOn(scrape, service).flatMap(({ metrics }) =>
      metrics.flatMap((metric) =>
        metric.prometheus && !writtenByPrometheus.has(metric.name) ? [[metric.name, metric] as const] : [],
      ),
    ),
  ).values(),
];

/** Series of one page together. */
export const seriesOnPage = (scrape: Scrape, service: Service): number =>
  metricsOn(scrape, service).reduce((sum, metric) => sum + seriesPerTarget(metric), 0);

/** A service's active series in an environment, at the most. */
export const seriesOfService = (service: Service, environment: string): number =>
  scrapesOf(service).reduce((sum, scrape) => sum + seriesOnPage(scrape, service) * targetsIn(scrape, environment), 0);

/**
 * Series that a service may have unless it says otherwise: 50,000. At a sample every ten seconds they are thirteen billion samples
 * a month, which is more than most services are worth; a hundred such services fill a tenth of what an AMP workspace takes unless raised.
 * Source: AMP user guide, "Service quotas", "Active series per workspace", 50 million (10 million until 2025).
 */
export const defaultSeriesBudget = 50_000;

/** Series that a service may have. */
export const seriesBudgetOf = ({ seriesBudget = defaultSeriesBudget }: Service): number => seriesBudget;
