import { metricsOn, seriesBudgetOf, seriesOfService, seriesPerTarget } from "../model/cardinality";
import type { Catalog } from "../model/catalog";
import type { Finding } from "../model/finding";
import type { MetricDefinition } from "../model/metric";
import { targetsIn } from "../model/scrape";
import { metricsOf, type Service, scrapesOf } from "../model/service";
import { errorRule, finding, inRule, inService, type Rule } from "./rule";

const overBudget = errorRule(
  "cardinality/over-budget",
  "Series are what a Prometheus' memory and a workspace's bill are made of, and one label too many multiplies them.",
);
const estimate = errorRule(
  "cardinality/estimate",
  "A label without a size has no bound, and a number of series that nobody can reach bounds nothing.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [overBudget, estimate];

const isCount = (value: number): boolean => Number.isInteger(value) && value > 0;
const spoken = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/** Combinations of all values of a metric's labels. */
const combinations = (metric: MetricDefinition): number =>
  Object.values(metric.labels).reduce(
    (all, values) => all * (values.kind === "closed" ? values.values.length : values.max),
    1,
  );

function estimateProblems(service: Service, metric: MetricDefinition): readonly Finding[] {
  const at = inRule(service, metric.name, "telemetry");
  const unsized = Object.entries(metric.labels).filter(
    ([, values]) => !isCount(values.kind === "closed" ? values.values.length : values.max),
  );
  if (unsized.length > 0)
    return unsized.map(([label]) =>
      finding(
        estimate,
        at,
        `the label "${label}" has no number of values`,
        "list its values, or say how many it has at the most",
      ),
    );
  const { series } = metric;
  if (series === undefined) return [];
  const most = combinations(metric);
  return isCount(series) && series <= most
    ? []
    : [
        finding(
          estimate,
          at,
          `${series} is no number of combinations of its labels, which have ${spoken(most)}`,
          `write a whole number from 1 to ${most}`,
        ),
      ];
}

/** The metrics of a service that make the most series, and how many each. */
function largest(service: Service, environment: string): string {
  const counts = scrapesOf(service).flatMap((scrape) =>
    metricsOn(scrape, service).map((metric) => ({
      name: metric.name,
      count: seriesPerTarget(metric) * targetsIn(scrape, environment),
    })),
  );
  return counts
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name, count }) => `${name} ${spoken(count)}`)
    .join(", ");
}

function budgetProblems(service: Service, environments: readonly string[]): readonly Finding[] {
  const budget = seriesBudgetOf(service);
  if (!isCount(budget))
    return [
      finding(
        overBudget,
        inService(service, "seriesBudget"),
        `${budget} is no number of series`,
        "write a whole number",
      ),
    ];
  const counts = environments.map((name) => ({ name, count: seriesOfService(service, name) }));
  const [most] = counts.sort((a, b) => b.count - a.count);
  return most === undefined || most.count <= budget
    ? []
    : [
        finding(
          overBudget,
          inService(service, "seriesBudget"),
          `it may have ${spoken(most.count)} series in ${most.name}, more than ${spoken(budget)}; the most are of ${largest(service, most.name)}`,
          "take a label off, say with `series` how many combinations there really are, or raise the service's seriesBudget and say why",
        ),
      ];
}

/** Services whose metrics may make more series than they are worth. */
export const checkCardinality = ({ services, environments }: Catalog): readonly Finding[] =>
  services.flatMap((service) => {
    const unsound = [...new Map(metricsOf(service).map((metric) => [metric.name, metric])).values()].flatMap((metric) =>
      estimateProblems(service, metric),
    );
    return unsound.length > 0
      ? unsound
      : budgetProblems(
          service,
          environments.map(({ name }) => name),
        );
  });
