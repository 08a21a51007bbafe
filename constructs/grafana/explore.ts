import type { ServiceEstate } from "../../model/estate";
import { cloudwatchSource, type DataSourceRef, refTo } from "./data-sources";

/**
 * A link to Grafana's Explore with one query of one data source, about the last day. `kept` stays in it as it is, for whoever fills it in.
 * Source: Grafana documentation, Explore, "Share Explore URLs"; the state's version is the one that Grafana 10 and newer read.
 */
export function exploreUrl(grafana: string, source: DataSourceRef, query: object, kept?: string): string {
  const panes = {
    a: {
      datasource: source.uid,
      queries: [{ refId: "A", datasource: refTo(source), ...query }],
      range: { from: "now-1d", to: "now" },
    },
  };
  const encoded = encodeURIComponent(JSON.stringify(panes));
  const filled = kept === undefined ? encoded : encoded.replaceAll(encodeURIComponent(kept), kept);
  return `${grafana.replace(/\/+$/, "")}/explore?schemaVersion=1&orgId=1&panes=${filled}`;
}

/** A link to the events of one trace, in the log groups of some services; `traceId` is what stands for its id. */
export function traceLogsUrl(services: readonly ServiceEstate[], traceId: string): string | undefined {
  const [first] = services;
  if (first === undefined) return undefined;
  const { environment } = first;
  const groups = services.map(({ logGroup }) => ({
    name: logGroup.name,
    arn: `arn:aws:logs:${environment.region}:${environment.account}:log-group:${logGroup.name}:*`,
  }));
  const query = {
    id: "a",
    queryMode: "Logs",
    queryLanguage: "CWLI",
    region: environment.region,
    expression: `fields @timestamp, service, level, message | filter trace_id = "${traceId}" | sort @timestamp asc | limit 1000`,
    logGroups: groups,
    logGroupNames: groups.map(({ name }) => name),
  };
  return exploreUrl(environment.grafana, cloudwatchSource(environment), query, traceId);
}
