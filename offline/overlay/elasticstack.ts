import type { Facts, ProviderFacts } from "./facts";

const secrets = ["api_key", "bearer_token", "password"] as const;
const secret: Facts = { sensitive: true };
const named = { name: { forceNew: true } } satisfies Record<string, Facts>;

/** Every resource may name another cluster than the provider's, with its credentials. */
const connection = Object.fromEntries(
  [...secrets, "key_data"].map((name) => [`elasticsearch_connection.${name}`, secret]),
);
const kibanaConnection = Object.fromEntries(secrets.map((name) => [`kibana_connection.${name}`, secret]));

/** What the bindings of elastic/elasticstack lose. Source of each: its page in the provider's documentation, "Schema". */
export const elasticstackFacts: ProviderFacts = {
  configuration: {
    source: "elastic/elasticstack, provider: Schema",
    facts: Object.fromEntries(
      ["elasticsearch", "kibana", "fleet"].flatMap((part) => secrets.map((name) => [`${part}.${name}`, secret])),
    ),
  },
  resources: {
    elasticstack_elasticsearch_component_template: {
      source: "elastic/elasticstack, elasticstack_elasticsearch_component_template: Schema",
      facts: { ...named, ...connection },
    },
    elasticstack_elasticsearch_data_stream: {
      source: "elastic/elasticstack, elasticstack_elasticsearch_data_stream: Schema",
      facts: { ...named, ...connection },
    },
    elasticstack_elasticsearch_index_lifecycle: {
      source: "elastic/elasticstack, elasticstack_elasticsearch_index_lifecycle: Schema",
      facts: { ...named, ...connection },
    },
    elasticstack_elasticsearch_index_template: {
      source: "elastic/elasticstack, elasticstack_elasticsearch_index_template: Schema",
      facts: { ...named, ...connection },
    },
    elasticstack_elasticsearch_ingest_pipeline: {
      source: "elastic/elasticstack, elasticstack_elasticsearch_ingest_pipeline: Schema",
      facts: { ...named, ...connection },
    },
    elasticstack_elasticsearch_logstash_pipeline: {
      source: "elastic/elasticstack, elasticstack_elasticsearch_logstash_pipeline: Schema",
      facts: { pipeline_id: { forceNew: true }, queue_type: { oneOf: ["memory", "persisted"] }, ...connection },
    },
    elasticstack_elasticsearch_security_api_key: {
      source: "elastic/elasticstack, elasticstack_elasticsearch_security_api_key: Schema",
      facts: {
        ...named,
        expiration: { forceNew: true },
        type: { default: "rest", forceNew: true, oneOf: ["rest", "cross_cluster"] },
        api_key: secret,
        encoded: secret,
        ...connection,
      },
    },
    elasticstack_elasticsearch_security_role: {
      source: "elastic/elasticstack, elasticstack_elasticsearch_security_role: Schema",
      facts: { ...named, ...connection },
    },
    elasticstack_elasticsearch_snapshot_lifecycle: {
      source: "elastic/elasticstack, elasticstack_elasticsearch_snapshot_lifecycle: Schema",
      facts: { ...named, ...connection },
    },
    elasticstack_elasticsearch_snapshot_repository: {
      source: "elastic/elasticstack, elasticstack_elasticsearch_snapshot_repository: Schema",
      facts: { ...named, ...connection },
    },
    elasticstack_kibana_action_connector: {
      source: "elastic/elasticstack, elasticstack_kibana_action_connector: Schema",
      facts: { secrets: secret, ...kibanaConnection },
    },
    elasticstack_kibana_alerting_rule: {
      source: "elastic/elasticstack, elasticstack_kibana_alerting_rule: Schema",
      facts: {},
    },
    elasticstack_kibana_data_view: {
      source: "elastic/elasticstack, elasticstack_kibana_data_view: Schema",
      facts: {},
    },
    elasticstack_kibana_import_saved_objects: {
      source: "elastic/elasticstack, elasticstack_kibana_import_saved_objects: Schema",
      facts: {},
    },
    elasticstack_kibana_security_role: {
      source: "elastic/elasticstack, elasticstack_kibana_security_role: Schema",
      facts: named,
    },
    elasticstack_kibana_space: {
      source: "elastic/elasticstack, elasticstack_kibana_space: Schema",
      facts: { space_id: { forceNew: true }, solution: { oneOf: ["security", "oblt", "es", "classic"] } },
    },
  },
};
