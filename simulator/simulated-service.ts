import { parsePromql } from "../languages/promql/parse";
import type { Catalog } from "../model/catalog";
import { type DefiniteCondition, leavesOf } from "../model/definite-condition";
import { estateOf } from "../model/estate";
import { type Selection, selectionsOf } from "../model/expression";
import { type MetricDefinition, writtenByPrometheus } from "../model/metric";
import type { Sli } from "../model/objective";
import { never } from "../model/result";
import type { Service } from "../model/service";
import { metricsOf } from "../model/service";
import { healthyFrom, isTrue } from "./healthy";
import { labelSets } from "./label-values";
import { finds } from "./matching";
import { behaviourOf } from "./stated";
import type { Steady } from "./steady";
import { usualOf } from "./usual";

/** A service, and what each of its series does while all is well. */
export interface SimulatedService {
  readonly name: string;
  readonly healthy: Steady;
  /** Alerts that are true of it all the same, of any environment: their metrics need a word in the catalog's simulation. */
  readonly loud: readonly string[];
}

const selectionsOfSli = (sli: Sli): readonly Selection[] => {
  switch (sli.kind) {
    case "events":
      return [sli.bad, sli.total];
    case "latency":
      return [sli.of];
    case "freshness":
      return selectionsOf(sli.of);
    default:
      return never(sli);
  }
};

/** The metrics of a service that Prometheus scrapes, each once. */
export const scrapedMetrics = (service: Service): readonly MetricDefinition[] => [
  ...new Map(
    metricsOf(service).flatMap((metric) => (metric.prometheus ? [[metric.name, metric] as const] : [])),
  ).values(),
];

/** What a condition in PromQL selects by labels that are equal to a text; the rest of it only Prometheus understands. */
function selectionsOfPromql(text: string, metrics: readonly MetricDefinition[]): readonly Selection[] {
  const parsed = parsePromql(text);
  if (!parsed.ok) return [];
  return parsed.value.selectors.flatMap(({ metric: name, matchers }) => {
    const metric = metrics.find((known) => known.name === name);
    if (metric === undefined) return [];
    const where = matchers.flatMap(({ label, op, value }) =>
      op === "=" && Object.hasOwn(metric.labels, label) ? [{ label, kind: "equals" as const, value }] : [],
    );
    return [{ metric, where }];
  });
}

function selectionsOfCondition(
  condition: DefiniteCondition,
  metrics: readonly MetricDefinition[],
): readonly Selection[] {
  return leavesOf(condition).flatMap((leaf): readonly Selection[] => {
    switch (leaf.kind) {
      case "compare":
      case "outside":
      case "anomaly":
        return selectionsOf(leaf.expression);
      case "absent":
        return [leaf.of];
      case "burn-rate":
        return selectionsOfSli(leaf.objective.sli);
      case "raw":
        return leaf.language === "promql" ? selectionsOfPromql(leaf.text, metrics) : [];
      default:
        return never(leaf);
    }
  });
}

/** The conditions of a service's alerts in every environment, and whose they are. */
function conditionsOf(
  catalog: Catalog,
  service: Service,
): readonly { readonly alert: string; readonly condition: DefiniteCondition }[] {
  return catalog.environments.flatMap((environment) =>
    estateOf(catalog, environment)
      .services.filter((estate) => estate.service.name === service.name)
      .flatMap(({ alerts }) => alerts.map(({ name, condition }) => ({ alert: name, condition }))),
  );
}

/** Whether a condition is about what Prometheus holds, so that the simulation can decide it. */
const isScraped = (condition: DefiniteCondition, metrics: readonly MetricDefinition[]): boolean =>
  selectionsOfCondition(condition, metrics).every(({ metric }) => metric.prometheus);

function simulated(catalog: Catalog, service: Service): SimulatedService {
  const { healthy: stated, labels, faults } = catalog.simulation;
  const metrics = scrapedMetrics(service);
  const conditions = conditionsOf(catalog, service).filter(({ condition }) => isScraped(condition, metrics));
  const readBy: readonly Selection[] = [
    ...conditions.flatMap(({ condition }) => selectionsOfCondition(condition, metrics)),
    ...service.telemetry.flatMap(({ indicators }) =>
      Object.values(indicators).flatMap(({ expression }) => selectionsOf(expression)),
    ),
    ...service.objectives.flatMap(({ sli }) =>
      service.telemetry.flatMap(({ slis }) => {
        const source = slis[sli];
        return source?.kind === "events" ? [source.bad, source.total] : [];
      }),
    ),
    ...faults.flatMap(({ services }) =>
      (services[service.name]?.effects ?? []).flatMap((effect) => ("of" in effect ? [effect.of] : [])),
    ),
    ...stated.map(({ of }) => of),
  ];
  const statedOf = metrics.flatMap((metric) => {
    const sets = labelSets(metric, readBy, labels);
    return sets.map((set) => {
      const series = { metric, labels: set };
      const own = stated.findLast(({ of }) => finds(of, series));
      return { series, own, sets: sets.length };
    });
  });
  const start: Steady = statedOf.map(({ series, own, sets }) => ({
    series,
    behaviour: own === undefined ? usualOf(series.metric, sets) : behaviourOf(own, series.metric),
  }));
  const pinned = (index: number): boolean => {
    const one = statedOf[index];
    return one?.own !== undefined || writtenByPrometheus.has(one?.series.metric.name ?? "");
  };
  const healthy = healthyFrom(
    start,
    conditions.map(({ condition }) => condition),
    pinned,
  );
  const loud = conditions.filter(({ condition }) => isTrue(condition, healthy)).map(({ alert }) => alert);
  return { name: service.name, healthy, loud: [...new Set(loud)] };
}

/**
 * Every service of a catalog that Prometheus scrapes, with series for all that its telemetry declares there, well in every environment.
 * What only Datadog or CloudWatch hold is no series of Prometheus and is left out.
 */
export const simulatedServices = (catalog: Catalog): readonly SimulatedService[] =>
  catalog.services
    .filter((service) => scrapedMetrics(service).length > 0)
    .map((service) => simulated(catalog, service));
