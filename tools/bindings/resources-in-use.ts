/** A provider without a prebuilt package, and the part of its schema that this project binds. */
export interface ProviderInUse {
  /** Local name, as in `required_providers`; also the prefix of its resource types. */
  readonly name: string;
  /** Registry address without the host, `NAMESPACE/NAME`. */
  readonly source: string;
  /**
   * Version to assume, as `MAJOR.MINOR.PATCH`, when neither the command line nor the schema file names one:
   * the version that the committed bindings were generated from.
   */
  readonly assumedVersion: string;
  /** Resource types to bind, each by its Terraform name; everything else of the schema is left out. */
  readonly resources: readonly string[];
  /** Data sources to bind, in the same way. Default: none. */
  readonly dataSources?: readonly string[];
}

/**
 * The providers that are published on npm neither as `@cdktf/provider-…` nor otherwise prebuilt, hence bound here. To use one more
 * resource type, add its name and run `npm run bindings -- SCHEMA.json --provider NAME` again.
 */
export const grafana = {
  name: "grafana",
  source: "grafana/grafana",
  assumedVersion: "4.40.1",
  resources: [
    "grafana_contact_point",
    "grafana_dashboard",
    "grafana_dashboard_public",
    "grafana_data_source",
    "grafana_folder",
    "grafana_folder_permission",
    "grafana_mute_timing",
    "grafana_rule_group",
    "grafana_synthetic_monitoring_check",
    "grafana_team",
  ],
} as const satisfies ProviderInUse;

export const elasticstack = {
  name: "elasticstack",
  source: "elastic/elasticstack",
  assumedVersion: "0.14.2",
  resources: [
    "elasticstack_elasticsearch_component_template",
    "elasticstack_elasticsearch_data_stream",
    "elasticstack_elasticsearch_index_lifecycle",
    "elasticstack_elasticsearch_index_template",
    "elasticstack_elasticsearch_ingest_pipeline",
    "elasticstack_elasticsearch_logstash_pipeline",
    "elasticstack_elasticsearch_security_api_key",
    "elasticstack_elasticsearch_security_role",
    "elasticstack_elasticsearch_security_role_mapping",
    "elasticstack_elasticsearch_snapshot_lifecycle",
    "elasticstack_elasticsearch_snapshot_repository",
    "elasticstack_kibana_action_connector",
    "elasticstack_kibana_alerting_rule",
    "elasticstack_kibana_data_view",
    "elasticstack_kibana_import_saved_objects",
    "elasticstack_kibana_security_role",
    "elasticstack_kibana_space",
  ],
} as const satisfies ProviderInUse;

export const sentry = {
  name: "sentry",
  source: "jianyuan/sentry",
  assumedVersion: "0.15.4",
  resources: [
    "sentry_cron_monitor",
    "sentry_integration_pagerduty",
    "sentry_issue_alert",
    "sentry_key",
    "sentry_metric_alert",
    "sentry_project",
    "sentry_project_inbound_data_filter",
    "sentry_project_ownership",
    "sentry_team",
    "sentry_uptime_monitor",
  ],
} as const satisfies ProviderInUse;

export const opsgenie = {
  name: "opsgenie",
  source: "opsgenie/opsgenie",
  assumedVersion: "0.6.37",
  resources: [
    "opsgenie_api_integration",
    "opsgenie_escalation",
    "opsgenie_heartbeat",
    "opsgenie_notification_policy",
    "opsgenie_schedule",
    "opsgenie_schedule_rotation",
    "opsgenie_service",
    "opsgenie_team",
    "opsgenie_team_routing_rule",
  ],
  dataSources: ["opsgenie_user"],
} as const satisfies ProviderInUse;

export const statuspage = {
  name: "statuspage",
  source: "sbecker59/statuspage",
  assumedVersion: "1.1.0",
  resources: ["statuspage_component", "statuspage_component_group"],
} as const satisfies ProviderInUse;

/** Every provider that is bound here. */
export const providersInUse: readonly ProviderInUse[] = [grafana, elasticstack, sentry, opsgenie, statuspage];
