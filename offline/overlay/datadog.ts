import type { Facts, ProviderFacts } from "./facts";

/** Source: Datadog API, create a monitor, `type`. */
const monitorTypes = [
  "composite",
  "event alert",
  "log alert",
  "metric alert",
  "process alert",
  "query alert",
  "rum alert",
  "service check",
  "synthetics alert",
  "trace-analytics alert",
  "slo alert",
  "event-v2 alert",
  "audit alert",
  "ci-pipelines alert",
  "ci-tests alert",
  "error-tracking alert",
  "database-monitoring alert",
  "network-performance alert",
  "cost alert",
] as const;

/** What the request of a test keeps secret: whom it signs in as. */
const requestSecrets = (request: string): Record<string, Facts> =>
  Object.fromEntries(
    [
      ...["access_key", "client_secret", "password", "secret_key"].map((name) => `_basicauth.${name}`),
      "_client_certificate.cert.content",
      "_client_certificate.key.content",
    ].map((path) => [`${request}${path}`, { sensitive: true }]),
  );

/** What the bindings of DataDog/datadog lose. */
export const datadogFacts: ProviderFacts = {
  configuration: {
    source: "DataDog/datadog, provider: Schema",
    facts: {
      api_key: { sensitive: true },
      app_key: { sensitive: true },
      aws_access_key_id: { sensitive: true },
      aws_secret_access_key: { sensitive: true },
      aws_session_token: { sensitive: true },
    },
  },
  resources: {
    datadog_monitor: {
      source: "DataDog/datadog, datadog_monitor: Schema; Datadog API, create a monitor, `options`",
      facts: {
        // Between `metric alert` and `query alert` nothing is replaced in truth, which is not told apart here.
        type: { forceNew: true, oneOf: monitorTypes },
        priority: { oneOf: ["1", "2", "3", "4", "5"] },
        include_tags: { default: true },
        locked: { deprecated: true },
        new_host_delay: { default: 300, deprecated: true },
        notify_no_data: { default: false },
        require_full_window: { default: true },
        on_missing_data: { oneOf: ["show_no_data", "show_and_notify_no_data", "resolve", "default"] },
        renotify_statuses: { oneOf: ["alert", "no data", "warn"] },
        notification_preset_name: {
          oneOf: [
            "show_all",
            "hide_query",
            "hide_handles",
            "hide_all",
            "hide_query_and_handles",
            "show_only_snapshot",
            "hide_handles_and_footer",
          ],
        },
        draft_status: { oneOf: ["draft", "published"], default: "published" },
        monitor_thresholds: { maxItems: 1 },
        monitor_threshold_windows: { maxItems: 1 },
        scheduling_options: { maxItems: 1 },
        "scheduling_options.custom_schedule": { maxItems: 1 },
        "scheduling_options.custom_schedule.recurrence": { minItems: 1, maxItems: 1 },
        "scheduling_options.evaluation_window": { maxItems: 1 },
        variables: { maxItems: 1 },
        "variables.cloud_cost_query": { maxItems: 5 },
        "variables.event_query.compute": { minItems: 1 },
        "variables.event_query.search": { minItems: 1, maxItems: 1 },
        "variables.event_query.group_by.sort": { maxItems: 1 },
      },
    },
    datadog_synthetics_test: {
      source: "DataDog/datadog, datadog_synthetics_test: Schema; Datadog API, create an API test",
      facts: {
        type: { forceNew: true, oneOf: ["api", "browser", "mobile", "network"] },
        subtype: { forceNew: true },
        status: { oneOf: ["live", "paused"] },
        request_definition: { maxItems: 1 },
        options_list: { maxItems: 1 },
        "options_list.monitor_priority": { oneOf: [1, 2, 3, 4, 5] },
        "options_list.retry": { maxItems: 1 },
        "assertion.targetjsonpath": { maxItems: 1 },
        "assertion.targetjsonschema": { maxItems: 1 },
        "assertion.targetxpath": { maxItems: 1 },
        "request_definition.http_version": { deprecated: true },
        "request_definition.proto_json_descriptor": { deprecated: true },
        "options_list.restricted_roles": { deprecated: true },
        "options_list.rum_settings.client_token_id": { sensitive: true },
        ...requestSecrets("request"),
        ...requestSecrets("api_step.request"),
      },
    },
    datadog_downtime_schedule: {
      source: "DataDog/datadog, datadog_downtime_schedule: Schema; Datadog API, schedule a downtime",
      facts: {
        notify_end_states: { oneOf: ["alert", "no data", "warn"] },
        notify_end_types: { oneOf: ["canceled", "expired"] },
      },
    },
    datadog_service_level_objective: {
      source: "DataDog/datadog, datadog_service_level_objective: Schema; Datadog API, create an SLO object",
      facts: {
        type: { forceNew: true, oneOf: ["metric", "monitor", "time_slice"] },
        timeframe: { oneOf: ["7d", "30d", "90d", "custom"] },
        query: { maxItems: 1 },
        sli_specification: { maxItems: 1 },
        "sli_specification.time_slice": { minItems: 1, maxItems: 1 },
        "sli_specification.time_slice.comparator": { oneOf: [">", ">=", "<", "<="] },
        "sli_specification.time_slice.query_interval_seconds": { oneOf: [60, 300], default: 300 },
        "sli_specification.time_slice.query": { minItems: 1, maxItems: 1 },
        "sli_specification.time_slice.query.formula": { minItems: 1, maxItems: 1 },
        "sli_specification.time_slice.query.query": { minItems: 1 },
        "sli_specification.time_slice.query.query.metric_query": { maxItems: 1 },
        "sli_specification.time_slice.query.query.metric_query.data_source": { oneOf: ["metrics"], default: "metrics" },
        thresholds: { minItems: 1 },
        "thresholds.timeframe": { oneOf: ["7d", "30d", "90d", "custom"] },
      },
    },
    datadog_logs_index: {
      source: "DataDog/datadog, datadog_logs_index: Schema; Datadog API, create an index",
      facts: {
        name: { forceNew: true },
        filter: { minItems: 1, maxItems: 1 },
        daily_limit_reset: { maxItems: 1 },
      },
    },
    datadog_logs_custom_pipeline: {
      source: "DataDog/datadog, datadog_logs_custom_pipeline: Schema; Datadog API, create a pipeline",
      facts: { filter: { minItems: 1 } },
    },
    datadog_logs_metric: {
      source: "DataDog/datadog, datadog_logs_metric: Schema; Datadog API, create a log-based metric",
      facts: {
        name: { forceNew: true },
        "compute.aggregation_type": { forceNew: true, oneOf: ["count", "distribution"] },
        "compute.path": { forceNew: true },
      },
    },
    datadog_logs_archive: {
      source: "DataDog/datadog, datadog_logs_archive: Schema; Datadog API, create an archive",
      facts: {
        include_tags: { default: false },
        azure_archive: { maxItems: 1 },
        gcs_archive: { maxItems: 1 },
        s3_archive: { maxItems: 1 },
        "s3_archive.encryption_type": { oneOf: ["NO_OVERRIDE", "SSE_S3", "SSE_KMS"], default: "NO_OVERRIDE" },
        "s3_archive.storage_class": {
          oneOf: ["STANDARD", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR"],
          default: "STANDARD",
        },
      },
    },
    datadog_sensitive_data_scanner_group: {
      source: "DataDog/datadog, datadog_sensitive_data_scanner_group: Schema; Datadog API, create scanning group",
      facts: {
        product_list: { oneOf: ["logs", "rum", "events", "apm"] },
        filter: { minItems: 1, maxItems: 1 },
        samplings: { maxItems: 4 },
      },
    },
    datadog_sensitive_data_scanner_rule: {
      source: "DataDog/datadog, datadog_sensitive_data_scanner_rule: Schema; Datadog API, create scanning rule",
      facts: {
        group_id: { forceNew: true },
        standard_pattern_id: { forceNew: true },
        text_replacement: { maxItems: 1 },
        "text_replacement.type": {
          oneOf: [
            "none",
            "hash",
            "replacement_string",
            "partial_replacement_from_beginning",
            "partial_replacement_from_end",
          ],
        },
        included_keyword_configuration: { maxItems: 1 },
      },
    },
    datadog_integration_pagerduty_service_object: {
      source: "DataDog/datadog, datadog_integration_pagerduty_service_object: Schema",
      facts: { service_key: { sensitive: true }, service_name: { forceNew: true } },
    },
    datadog_authn_mapping: { source: "DataDog/datadog, datadog_authn_mapping: Schema", facts: {} },
    datadog_role: {
      source: "DataDog/datadog, datadog_role: Schema",
      facts: { validate: { default: true }, default_permissions_opt_out: { default: false } },
    },
  },
  dataSources: {
    datadog_permissions: {
      source:
        "DataDog/datadog, data source datadog_permissions: Schema; Datadog documentation, Datadog Role Permissions",
      facts: {
        permissions: {
          keys: [
            "apm_read",
            "audit_logs_read",
            "dashboards_read",
            "dashboards_write",
            "logs_read_data",
            "logs_read_index_data",
            "monitors_downtime",
            "monitors_read",
            "notebooks_read",
            "slos_read",
            "synthetics_read",
            "user_access_read",
          ],
        },
      },
    },
  },
};
