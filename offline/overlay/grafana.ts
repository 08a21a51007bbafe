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
    grafana_dashboard: {
      source: "grafana/grafana, grafana_dashboard: Schema",
      version: 1,
      facts: { ...organization, folder: { forceNew: true } },
    },
  },
};
