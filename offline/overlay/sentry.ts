import type { ProviderFacts } from "./facts";

const source = (type: string): string => `jianyuan/sentry, ${type}: Schema`;

/** Where a monitor stands; to move it is to make it anew. Of other types the provider plans an update, as its code says (no RequiresReplace). */
const place = { organization: { forceNew: true }, project: { forceNew: true } } as const;

const severities = ["default", "critical", "warning", "error", "info"] as const;
const intervals = ["1m", "5m", "15m", "1h", "1d", "1w", "30d"] as const;
const comparisons = ["count", "percent"] as const;

/** What the bindings of jianyuan/sentry lose. */
export const sentryFacts: ProviderFacts = {
  configuration: { source: "jianyuan/sentry, provider: Schema", facts: { token: { sensitive: true } } },
  resources: {
    sentry_team: {
      source: source("sentry_team"),
      facts: { name: { forceNew: true }, team_id: { deprecated: true } },
    },
    sentry_project: { source: source("sentry_project"), facts: {} },
    sentry_key: {
      source: source("sentry_key"),
      facts: {
        dsn: { sensitive: true, keys: ["csp", "public", "secret"] },
        dsn_csp: { deprecated: true },
        dsn_public: { deprecated: true },
        dsn_secret: { deprecated: true, sensitive: true },
        secret: { sensitive: true },
      },
    },
    sentry_project_ownership: {
      source: source("sentry_project_ownership"),
      facts: { auto_assignment: { oneOf: ["none", "all", "unhandled"] } },
    },
    sentry_project_inbound_data_filter: {
      // The provider takes any filter; these are the API's.
      source: `${source("sentry_project_inbound_data_filter")}; Sentry API, update an inbound data filter, \`filter_id\``,
      facts: {
        filter_id: {
          forceNew: true,
          oneOf: ["browser-extensions", "filtered-transaction", "legacy-browsers", "localhost", "web-crawlers"],
        },
      },
    },
    sentry_integration_pagerduty: { source: source("sentry_integration_pagerduty"), facts: {} },
    sentry_issue_alert: {
      source: source("sentry_issue_alert"),
      facts: {
        action_match: { oneOf: ["all", "any"] },
        actions: { deprecated: true },
        conditions: { deprecated: true },
        filters: { deprecated: true },
        filter_match: { oneOf: ["all", "any", "none"] },
        "conditions_v2.event_frequency.comparison_type": { oneOf: comparisons },
        "conditions_v2.event_frequency.interval": { oneOf: intervals },
        "conditions_v2.event_unique_user_frequency.comparison_type": { oneOf: comparisons },
        "conditions_v2.event_unique_user_frequency.interval": { oneOf: intervals },
        "actions_v2.pagerduty_notify_service.severity": { oneOf: severities },
      },
    },
    sentry_metric_alert: {
      source: source("sentry_metric_alert"),
      facts: { trigger: { minItems: 1 }, "trigger.action": { minItems: 1 } },
    },
    sentry_cron_monitor: { source: source("sentry_cron_monitor"), facts: { ...place, enabled: { default: true } } },
    sentry_uptime_monitor: {
      source: source("sentry_uptime_monitor"),
      facts: {
        ...place,
        enabled: { default: true },
        downtime_threshold: { default: 3 },
        recovery_threshold: { default: 1 },
        interval_seconds: { oneOf: [60, 300, 600, 1200, 1800, 3600] },
        method: { oneOf: ["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"] },
      },
    },
  },
};
