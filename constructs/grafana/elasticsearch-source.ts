import { elasticOf } from "../../model/elastic";
import type { Environment } from "../../model/environment";
import { allStreams } from "../elasticsearch/stream";
import { type DataSource, elasticsearchUid } from "./data-sources";
import { traceSources } from "./trace-sources";

/** The source of an environment's searchable logs, with the address of its cluster. */
export interface ElasticsearchSource extends DataSource {
  readonly url: string;
}

/** Types of sources that a log event's field can lead to: to X-Ray it cannot, whose ids are written in another way. */
const linkable: readonly string[] = ["jaeger", "zipkin"];

/**
 * The environment's logs in Elasticsearch, of all services; an event's `trace_id` leads to its trace wherever Grafana can show it. Nothing for an
 * environment without Elasticsearch. Of several addresses the first: Grafana knows one, which should be the one that balances.
 *
 * A link's field is a regular expression to Grafana, and its URL the query of the source that it leads to, where `${__value.raw}` is the field's value.
 * Source: Grafana documentation, "Configure the Elasticsearch data source", "Elasticsearch details", "Logs", "Data links".
 */
export function elasticsearchSource(environment: Environment): ElasticsearchSource | undefined {
  const [url] = elasticOf(environment)?.elasticsearch ?? [];
  if (url === undefined) return undefined;
  const { name } = environment;
  return {
    type: "elasticsearch",
    uid: elasticsearchUid(name),
    name: `Elasticsearch (${name})`,
    url,
    jsonData: {
      index: allStreams(name),
      timeField: "@timestamp",
      logMessageField: "message",
      logLevelField: "level",
      dataLinks: traceSources(environment)
        .filter(({ type }) => linkable.includes(type))
        .map(({ uid, id }) => ({
          field: "^trace_id$",
          url: "${__value.raw}",
          urlDisplayLabel: `Trace in ${id}`,
          datasourceUid: uid,
        })),
    },
  };
}
