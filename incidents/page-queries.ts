import { checkExpression } from "../checks/expression";
import { promqlContract } from "../checks/promql-contract";
import { insightsProblems } from "../constructs/cloudwatch/saved-queries";
import type { PromqlContract, PromqlSeries } from "../languages/promql/contract";
import type { PromqlQuery } from "../languages/promql/query";
import type { Catalog } from "../model/catalog";
import { estateOf } from "../model/estate";
import { recordedSeries } from "../model/recorded-series";
import { insights } from "../model/saved-query";
import { type Service, sampleSecondsOf } from "../model/service";
import { didYouMean } from "../model/suggest";

/** What a query on a page can be about: the series of every service, and whose log each log group holds. */
export interface Queryable {
  /** By service, which is the job of its series. */
  readonly series: ReadonlyMap<string, PromqlContract>;
  /** The series of all services together; one that several have has the labels of them all. */
  readonly everySeries: PromqlContract;
  /** How often a series has a sample, where it has them least often. */
  readonly sampleSeconds: ReadonlyMap<string, number>;
  /** By log group, in whichever environment it has that name. */
  readonly logs: ReadonlyMap<string, Service>;
}

const recorded: PromqlSeries = { type: "gauge", labels: new Set(["service", "objective"]) };

/** What the queries of runbooks are held against. */
export function queryable(catalog: Catalog): Queryable {
  const series = new Map(catalog.services.map((service) => [service.name, promqlContract(service)]));
  const everySeries = new Map<string, PromqlSeries>(Object.values(recordedSeries).map((name) => [name, recorded]));
  const sampleSeconds = new Map<string, number>();
  for (const service of catalog.services) {
    for (const [name, { type, labels }] of series.get(service.name) ?? []) {
      everySeries.set(name, { type, labels: new Set([...(everySeries.get(name)?.labels ?? []), ...labels]) });
      sampleSeconds.set(name, Math.max(sampleSeconds.get(name) ?? 0, sampleSecondsOf(service)));
    }
  }
  const logs = new Map(
    catalog.environments.flatMap((environment) =>
      estateOf(catalog, environment).services.map(({ logGroup, service }) => [logGroup.name, service] as const),
    ),
  );
  return { series, everySeries, sampleSeconds, logs };
}

/** Selectors that name the job of a service without such a series: they find nothing, and "nothing" reads like "all is well". */
const strangers = ({ selectors }: PromqlQuery, { series }: Queryable): readonly string[] =>
  selectors.flatMap(({ metric, matchers }) =>
    matchers.flatMap(({ label, op, value }) => {
      if (label !== "job" || op !== "=" || metric === undefined || metric === "up") return [];
      const contract = series.get(value);
      if (contract === undefined)
        return [`no service is called "${value}", so that no job is${didYouMean(value, [...series.keys()])}`];
      return contract.has(metric)
        ? []
        : [`${value} has no series "${metric}"${didYouMean(metric, [...contract.keys()])}`];
    }),
  );

function promqlProblems(text: string, known: Queryable): readonly string[] {
  const { issues, query } = checkExpression(text, {
    as: "panel",
    contract: known.everySeries,
    intervalOf: (metric) => known.sampleSeconds.get(metric),
  });
  return [...issues.map(({ message }) => message), ...(query === undefined ? [] : strangers(query, known))];
}

/** The log group that the first line of a query names, as a comment: `# /ecs/app-service`. */
const namedGroup = /^# *(\/\S+)/;

function logProblems(text: string, { logs }: Queryable): readonly string[] {
  const [, group] = namedGroup.exec(text) ?? [];
  if (group === undefined) return ["its first line does not say of which log group, such as `# /ecs/app-service`"];
  const service = logs.get(group);
  if (service === undefined) return [`no service logs to ${group}${didYouMean(group, [...logs.keys()])}`];
  return insightsProblems(insights("on a page", text), service);
}

/** The fenced blocks of a page that are in a language we read; in a list they are indented as the list is. */
const fenced = /^( *)```(promql|insights)\n(.*?)\n\1```$/gms;

/**
 * What is wrong with the queries of a page, in its blocks of `promql` and `insights`: what does not parse, asks for a series, label or
 * field that nobody declares, or for one that the service it names does not have.
 */
export const queryProblems = (page: string, known: Queryable): readonly string[] =>
  [...page.matchAll(fenced)].flatMap(([, indent = "", language, block = ""]) => {
    const text = block.replaceAll(new RegExp(`^${indent}`, "gm"), "");
    const check = language === "promql" ? promqlProblems : logProblems;
    return check(text, known).map((problem) => `the query "${text.split("\n")[0]}": ${problem}`);
  });
