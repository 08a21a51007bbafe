import type { Environment } from "../../model/environment";
import { severities, severityIn } from "../../model/severity";
import { failureField } from "../elasticsearch/mapping";
import { allStreams, sharedName } from "../elasticsearch/stream";

/** Something that Elasticsearch alone knows: no other evaluator sees it, and no alert of the catalog asks for it. */
export interface KibanaRule {
  readonly key: string;
  readonly name: string;
  /** What happened, for whoever is called. */
  readonly summary: string;
  readonly index: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** Minutes that are looked back at. */
  readonly minutes: number;
  /** More of them than this is a failure. */
  readonly moreThan: number;
}

const failedOf = (policy: string) => ({
  bool: { filter: [{ term: { policy } }, { term: { success: false } }] },
});

/**
 * The rules of an environment.
 *
 * - Events that ingestion could not take as they were. A service's release that changes a field makes thousands; single ones are no reason to call.
 * - A lifecycle that stands still: indices are neither rolled over nor deleted, until the disk is full.
 * - Snapshots that fail: told the same night, not when one is needed.
 * Source: Elasticsearch guide, "Index lifecycle management: history", `ilm-history-*`, and "Snapshot lifecycle management", `.slm-history-*`.
 */
export const kibanaRulesOf = ({ name }: Environment): readonly KibanaRule[] => [
  {
    key: "ingest-failures",
    name: `LogsNotIngested (${name})`,
    summary: `Events of ${name} are stored without their texts: a step of an ingest pipeline fails`,
    index: allStreams(name),
    query: { exists: { field: failureField } },
    minutes: 10,
    moreThan: 100,
  },
  {
    key: "lifecycle-errors",
    name: `LogLifecycleFails (${name})`,
    summary: `The lifecycle of the logs of ${name} fails: indices are not rolled over or not deleted`,
    index: "ilm-history-*",
    query: failedOf(sharedName(name)),
    minutes: 30,
    moreThan: 0,
  },
  {
    key: "snapshot-failures",
    name: `LogSnapshotFails (${name})`,
    summary: `The snapshot of the logs of ${name} failed`,
    index: ".slm-history-*",
    query: failedOf(sharedName(name)),
    minutes: 60,
    moreThan: 0,
  },
];

/**
 * Parameters of a rule of the type `.es-query`: how many documents of the last minutes meet a query.
 * Source: Kibana guide, "Elasticsearch query" rule type.
 */
export const ruleParameters = ({ index, query, minutes, moreThan }: KibanaRule) => ({
  searchType: "esQuery",
  index: [index],
  timeField: "@timestamp",
  esQuery: JSON.stringify({ query }),
  size: 0,
  aggType: "count",
  groupBy: "all",
  timeWindowSize: minutes,
  timeWindowUnit: "m",
  thresholdComparator: ">",
  threshold: [moreThan],
  excludeHitsFromPreviousRun: false,
});

/**
 * A PagerDuty event, of the service that runs the cluster, so that the environment's event orchestration routes it to its people.
 * Source: Kibana guide, "PagerDuty connector and action".
 */
export const pagerDutyAction = (
  rule: KibanaRule,
  {
    environment,
    runBy,
    kibana,
  }: { readonly environment: Environment; readonly runBy: string; readonly kibana: string },
  eventAction: "trigger" | "resolve",
) => ({
  eventAction,
  dedupKey: `${environment.name}/${runBy}/${rule.key}`,
  ...(eventAction === "resolve"
    ? {}
    : {
        severity: severities[severityIn(environment.production, "SEV-3")].word,
        summary: rule.summary,
        source: "Kibana",
        component: runBy,
        group: environment.name,
        class: rule.name,
        links: [{ href: `${kibana}/s/${environment.name}/app/discover`, text: "Logs" }],
      }),
});
