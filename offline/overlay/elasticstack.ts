import type { Facts, ProviderFacts } from "./facts";

const secrets = ["api_key", "bearer_token", "password"] as const;
const elasticsearchSecrets = [...secrets, "endpoints", "es_client_authentication", "headers", "key_data"] as const;
const kibanaSecrets = [...secrets, "endpoints"] as const;
const fleetSecrets = [...secrets, "endpoint"] as const;
const secret: Facts = { sensitive: true };
const named = { name: { forceNew: true } } satisfies Record<string, Facts>;

/** Every resource may name another cluster than the provider's, with its credentials. */
const kept = (part: string, names: readonly string[]): Record<string, Facts> =>
  Object.fromEntries(names.map((name) => [`${part}.${name}`, secret]));
const connection = kept("elasticsearch_connection", elasticsearchSecrets);
const kibanaConnection = kept("kibana_connection", kibanaSecrets);

/** What the bindings of elastic/elasticstack lose. Source of each: its page in the provider's documentation, "Schema". */
export const elasticstackFacts: ProviderFacts = {
  configuration: {
    source: "elastic/elasticstack, provider: Schema",
    facts: {
      ...kept("elasticsearch", elasticsearchSecrets),
      ...kept("kibana", kibanaSecrets),
      ...kept("fleet", fleetSecrets),
    },
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
      facts: {
        ...named,
        "data_stream.hidden": { default: false },
        "template.alias.is_hidden": { default: false },
        "template.alias.is_write_index": { default: false },
        ...connection,
      },
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
      source: "elastic/elasticstack, elasticstack_elasticsearch_security_role: Schema and schema version",
      version: 1,
      facts: { ...named, ...connection },
    },
    elasticstack_elasticsearch_security_role_mapping: {
      source: "elastic/elasticstack, elasticstack_elasticsearch_security_role_mapping: Schema",
      facts: { ...named, ...connection },
    },
    elasticstack_elasticsearch_snapshot_lifecycle: {
      source: "elastic/elasticstack, elasticstack_elasticsearch_snapshot_lifecycle: Schema",
      facts: {
        ...named,
        expand_wildcards: { default: "open,hidden" },
        ignore_unavailable: { default: false },
        include_global_state: { default: true },
        partial: { default: false },
        snapshot_name: { default: "<snap-{now/d}>" },
        ...connection,
      },
    },
    elasticstack_elasticsearch_snapshot_repository: {
      source: "elastic/elasticstack, elasticstack_elasticsearch_snapshot_repository: Schema",
      facts: {
        ...named,
        verify: { default: true },
        "s3.canned_acl": { default: "private" },
        "s3.client": { default: "default" },
        "s3.compress": { default: true },
        "s3.max_snapshot_bytes_per_sec": { default: "40mb" },
        "s3.readonly": { default: false },
        "s3.server_side_encryption": { default: false },
        "s3.storage_class": {
          default: "standard",
          oneOf: ["standard", "reduced_redundancy", "standard_ia", "onezone_ia", "intelligent_tiering"],
        },
        ...connection,
      },
    },
    elasticstack_kibana_action_connector: {
      source: "elastic/elasticstack, elasticstack_kibana_action_connector: Schema and schema version",
      version: 1,
      facts: {
        connector_id: { forceNew: true },
        connector_type_id: { forceNew: true },
        space_id: { forceNew: true, default: "default" },
        secrets: secret,
        ...kibanaConnection,
      },
    },
    elasticstack_kibana_alerting_rule: {
      source: "elastic/elasticstack, elasticstack_kibana_alerting_rule: Schema and schema version",
      version: 1,
      facts: {
        rule_id: { forceNew: true },
        consumer: { forceNew: true },
        rule_type_id: { forceNew: true },
        space_id: { forceNew: true, default: "default" },
        enabled: { default: true },
        notify_when: { oneOf: ["onActionGroupChange", "onActiveAlert", "onThrottleInterval"] },
        "actions.group": { default: "default" },
      },
    },
    // An id, attributes of fields or allow_no_index that change replace it too: a fact inside data_view would say so of its every change.
    elasticstack_kibana_data_view: {
      source: "elastic/elasticstack, elasticstack_kibana_data_view: Schema",
      facts: {
        space_id: { forceNew: true, default: "default" },
        override: { default: false },
        "data_view.allow_no_index": { default: false },
      },
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
