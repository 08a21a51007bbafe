import type { EnvironmentEstate } from "../../model/estate";
import { failureField } from "../elasticsearch/mapping";
import { type LogStream, logStreamsOf, sharedName } from "../elasticsearch/stream";
import { canonicalJson } from "../grafana/canonical-json";

/** Something that Kibana keeps, in the form of its export. Source: Kibana guide, "Saved objects API: Import". */
export interface SavedObject {
  readonly type: "search" | "dashboard";
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly references: readonly { readonly type: string; readonly id: string; readonly name: string }[];
}

/** What a search shows beside the time, of the fields that a service has. */
const columns = ["level", "service", "error_type", "message", "request_id", "trace_id"] as const;

const dataReference = "kibanaSavedObjectMeta.searchSourceJSON.index";

function search(
  environment: string,
  key: string,
  title: string,
  query: string,
  fields: readonly string[],
): SavedObject {
  return {
    type: "search",
    id: `${environment}-${key}`,
    attributes: {
      title,
      columns: fields,
      sort: [["@timestamp", "desc"]],
      kibanaSavedObjectMeta: {
        searchSourceJSON: canonicalJson({
          query: { language: "kuery", query },
          filter: [],
          indexRefName: dataReference,
        }),
      },
    },
    references: [{ type: "index-pattern", id: dataViewId(environment), name: dataReference }],
  };
}

/** The id of the data view over all logs of an environment. */
export const dataViewId = (environment: string): string => sharedName(environment);

function errorsOf(environment: string, { contract: { service, fields } }: LogStream): readonly SavedObject[] {
  const known = columns.filter((column) => fields.some(({ name }) => name === column));
  const levels = ["level", "error_severity"].filter((level) => fields.some(({ name }) => name === level));
  const [level] = levels;
  if (level === undefined) return [];
  const bad = level === "level" ? "ERROR or CRITICAL" : "ERROR or FATAL or PANIC";
  return [
    search(
      environment,
      `errors-${service}`,
      `Errors of ${service} (${environment})`,
      // By the data stream and not by a field, which the event itself writes.
      `_index: *logs-${service.replaceAll("-", "_")}-* and ${level}: (${bad})`,
      [...new Set([level, ...known])],
    ),
  ];
}

const rowHeight = 12;

/** A dashboard with every search, one below the other. */
const dashboard = (environment: string, searches: readonly SavedObject[]): SavedObject => ({
  type: "dashboard",
  id: `${environment}-logs`,
  attributes: {
    title: `Logs (${environment})`,
    description: "Errors of each service, and events that could not be taken as they were",
    timeRestore: true,
    timeFrom: "now-1h",
    timeTo: "now",
    optionsJSON: canonicalJson({ hidePanelTitles: false, useMargins: true }),
    panelsJSON: JSON.stringify(
      searches.map(({ id }, index) => ({
        type: "search",
        panelIndex: id,
        panelRefName: `panel_${id}`,
        gridData: { i: id, x: 0, y: index * rowHeight, w: 48, h: rowHeight },
        embeddableConfig: { enhancements: {} },
      })),
    ),
    kibanaSavedObjectMeta: {
      searchSourceJSON: canonicalJson({ query: { language: "kuery", query: "" }, filter: [] }),
    },
  },
  references: searches.map(({ id }) => ({ type: "search", id, name: `${id}:panel_${id}` })),
});

/** A search for the errors of every service, one for what ingestion could not take, and a dashboard of them. Ids are made of names. */
export function savedObjectsOf(estate: EnvironmentEstate): readonly SavedObject[] {
  const { name } = estate.environment;
  const searches = [
    ...logStreamsOf(estate).flatMap((stream) => errorsOf(name, stream)),
    search(name, "ingest-failures", `Events not taken as they were (${name})`, `${failureField}: *`, [
      failureField,
      "service",
      "level",
    ]),
  ];
  return [...searches, dashboard(name, searches)];
}

/** The objects as a file to import: one to a line. */
export const importFile = (objects: readonly SavedObject[]): string =>
  objects.map((object) => `${canonicalJson(object)}\n`).join("");
