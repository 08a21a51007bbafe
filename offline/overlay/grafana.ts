import type { Facts, ProviderFacts } from "./facts";

const organization = { org_id: { forceNew: true } } satisfies Record<string, Facts>;

const secrets = [
  "auth",
  "cloud_access_policy_token",
  "cloud_provider_access_token",
  "connections_api_access_token",
  "fleet_management_auth",
  "frontend_o11y_api_access_token",
  "http_headers",
  "k6_access_token",
  "oncall_access_token",
  "sm_access_token",
] as const;

const secret: Facts = { sensitive: true };

/** What an integration of a contact point keeps secret, beside its `settings`. */
const secretsOf: Readonly<Record<string, readonly string[]>> = {
  alertmanager: ["basic_auth_password"],
  dingding: ["url"],
  discord: ["url"],
  email: [],
  googlechat: ["url"],
  jira: ["api_token", "password", "user"],
  kafka: ["password", "rest_proxy_url"],
  line: ["token"],
  oncall: ["authorization_credentials", "basic_auth_password"],
  opsgenie: ["api_key"],
  pagerduty: ["integration_key"],
  pushover: ["api_token", "user_key"],
  sensugo: ["api_key"],
  slack: ["token", "url"],
  sns: ["access_key", "secret_key"],
  teams: ["url"],
  telegram: ["token"],
  threema: ["api_secret"],
  victorops: ["url"],
  webex: ["token"],
  webhook: ["authorization_credentials", "basic_auth_password", "tls_config"],
  wecom: ["secret", "url"],
};

const integrationFacts: Readonly<Record<string, Facts>> = Object.fromEntries(
  Object.entries(secretsOf).flatMap(([integration, names]) => [
    ...[...names, "settings"].map((name): readonly [string, Facts] => [`${integration}.${name}`, secret]),
    [`${integration}.disable_resolve_message`, { default: false }] as const,
  ]),
);

/** What the bindings of grafana/grafana lose. */
export const grafanaFacts: ProviderFacts = {
  configuration: {
    source: "grafana/grafana, provider: Schema",
    facts: Object.fromEntries(secrets.map((name) => [name, secret])),
  },
  resources: {
    grafana_folder: {
      source: "grafana/grafana, grafana_folder: Schema",
      facts: {
        ...organization,
        uid: { forceNew: true },
        parent_folder_uid: { forceNew: true },
        prevent_destroy_if_not_empty: { default: false },
      },
    },
    grafana_mute_timing: {
      source: "grafana/grafana, grafana_mute_timing: Schema",
      facts: { ...organization, name: { forceNew: true }, disable_provenance: { default: false, forceNew: true } },
    },
    grafana_rule_group: {
      source: "grafana/grafana, grafana_rule_group: Schema",
      facts: {
        ...organization,
        name: { forceNew: true },
        folder_uid: { forceNew: true },
        disable_provenance: { default: false },
        rule: { minItems: 1 },
        "rule.for": { default: "0" },
        "rule.no_data_state": { oneOf: ["OK", "NoData", "KeepLast", "Alerting"] },
        "rule.exec_err_state": { oneOf: ["OK", "Error", "KeepLast", "Alerting"] },
        "rule.is_paused": { default: false },
        "rule.data": { minItems: 1 },
        "rule.data.query_type": { default: "" },
        "rule.data.relative_time_range": { minItems: 1, maxItems: 1 },
        "rule.notification_settings": { maxItems: 1 },
        "rule.record": { maxItems: 1 },
      },
    },
    grafana_contact_point: {
      source: "grafana/grafana, grafana_contact_point: Schema",
      facts: {
        ...organization,
        name: { forceNew: true },
        disable_provenance: { default: false, forceNew: true },
        ...integrationFacts,
        "webhook.hmac_config.secret": secret,
        "webhook.http_config.oauth2.client_secret": secret,
        "webhook.http_config.oauth2.tls_config.ca_certificate": secret,
        "webhook.http_config.oauth2.tls_config.client_certificate": secret,
        "webhook.http_config.oauth2.tls_config.client_key": secret,
      },
    },
    grafana_synthetic_monitoring_check: {
      source: "grafana/grafana, grafana_synthetic_monitoring_check: Schema",
      facts: {
        settings: { minItems: 1, maxItems: 1 },
        "settings.http": { maxItems: 1 },
        "settings.http.basic_auth.password": secret,
        "settings.http.bearer_token": secret,
        "settings.http.tls_config.client_key": secret,
        "settings.grpc.tls_config.client_key": secret,
        "settings.tcp.tls_config.client_key": secret,
        alert_sensitivity: { default: "none", oneOf: ["none", "low", "medium", "high"] },
        basic_metrics_only: { default: true },
        enabled: { default: true },
        frequency: { default: 60_000 },
        timeout: { default: 3000 },
      },
    },
    grafana_data_source: {
      source: "grafana/grafana, grafana_data_source: Schema",
      version: 1,
      facts: {
        ...organization,
        uid: { forceNew: true },
        access_mode: { default: "proxy", oneOf: ["proxy", "direct"] },
        basic_auth_enabled: { default: false },
        basic_auth_username: { default: "" },
        database_name: { default: "" },
        http_headers: secret,
        is_default: { default: false },
        private_data_source_connect_network_id: { default: "" },
        secure_json_data_encoded: secret,
        username: { default: "" },
      },
    },
    grafana_team: {
      source: "grafana/grafana, grafana_team: Schema",
      facts: {
        ...organization,
        ignore_externally_synced_members: { default: true },
        "preferences.theme": { oneOf: ["light", "dark", "system", ""] },
        "preferences.timezone": { oneOf: ["utc", "browser", ""] },
        "preferences.week_start": { oneOf: ["sunday", "monday", "saturday", ""] },
      },
    },
    grafana_folder_permission: {
      source: "grafana/grafana, grafana_folder_permission: Schema",
      facts: {
        ...organization,
        folder_uid: { forceNew: true },
        "permissions.permission": { oneOf: ["View", "Edit", "Admin"] },
        "permissions.role": { oneOf: ["Viewer", "Editor", "Admin"] },
      },
    },
    grafana_dashboard_public: {
      source: "grafana/grafana, grafana_dashboard_public: Schema",
      facts: {
        ...organization,
        dashboard_uid: { forceNew: true },
        time_selection_enabled: { default: false },
        is_enabled: { default: false },
        annotations_enabled: { default: false },
      },
    },
    // The provider replaces a dashboard where the uid in its JSON is another (its CustomizeDiff): a condition that no fact can say.
    grafana_dashboard: {
      source: "grafana/grafana, grafana_dashboard: Schema; its folder is changed in place since pull request 1110",
      version: 1,
      facts: organization,
    },
  },
};
