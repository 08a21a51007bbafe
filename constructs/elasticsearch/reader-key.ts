import { allStreams } from "./stream";

/**
 * What a key may that shows an environment's logs in Grafana, as role descriptors: search the logs, learn their fields, and ask the cluster's version.
 * Sources: Grafana documentation, "Configure the Elasticsearch data source", "Configuring permissions"; Elasticsearch guide, "Create API key API".
 */
export const readerRoles = (environment: string) => ({
  grafana: {
    cluster: ["monitor"],
    indices: [{ names: [allStreams(environment)], privileges: ["read", "view_index_metadata"] }],
  },
});
