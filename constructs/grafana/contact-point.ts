import type { AlertRule } from "../../model/alert-rule";

/** Where the alerts of a team are told: a channel in Slack, and PagerDuty as well where somebody is to be called. */
export interface ContactPoint {
  /** Unique in the whole Grafana, which may hold several environments. */
  readonly name: string;
  readonly pagerDuty: boolean;
  /** Slack channel, with its `#`. */
  readonly slack: string;
}

/** The contact point of an alert's route. Each rule names its own, so that nobody else's notification policies are touched. */
export const contactPointOf = ({ team, environment, route }: AlertRule): ContactPoint => {
  const pagerDuty = route.urgency !== undefined;
  return { name: `${team} (${environment})${pagerDuty ? ", PagerDuty" : ""}`, pagerDuty, slack: route.slack };
};

/** The contact points of some alerts, each once, by name. */
export function contactPointsOf(rules: readonly AlertRule[]): readonly ContactPoint[] {
  const points = new Map(rules.map(contactPointOf).map((point) => [point.name, point]));
  return [...points.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * How notifications are grouped: one for each rule, with all of its series, so that a rule has one incident and its severity is the
 * group's. Grafana wants the first two; the others keep apart the `DatasourceError` of several rules, which all have one name.
 * In Grafana's own order, in which it gives them back.
 * Source: Grafana documentation, Alerting provisioning HTTP API, "AlertRuleNotificationSettings".
 */
export const groupBy = ["grafana_folder", "alertname", "service", "severity"] as const;

/**
 * When they are told: series that cross within ten seconds in one notification, what changes after a minute, what goes on every
 * four hours (Grafana's default). Grafana's other defaults, 30 seconds and 5 minutes, would tell a recovery minutes late.
 */
export const notificationTimes = { groupWait: "10s", groupInterval: "1m", repeatInterval: "4h" } as const;

/**
 * What happened, for people. A data source that fails is told as `DatasourceError`, which names the rule in `rulename`. Never empty, for
 * PagerDuty refuses an event without a summary; series with different texts have none in common.
 */
const headline =
  "{{ .CommonLabels.alertname }}{{ with .CommonLabels.rulename }} {{ . }}{{ end }}" +
  "{{ with .CommonAnnotations.summary }}: {{ . }}{{ end }}";

/**
 * Fields of a PagerDuty event, out of the labels that every rule has: `severity` in PagerDuty's own words, and the service as the
 * `component`, by which the environment's event orchestration routes (`constructs/pagerduty/orchestration.ts`).
 * Sources: Grafana documentation, "Configure PagerDuty for Alerting" and "Notification template reference"; PagerDuty Events API
 * v2, "Send an alert event".
 */
export const pagerDutyEvent = {
  severity: "{{ .CommonLabels.severity }}",
  class: "{{ .CommonLabels.alertname }}",
  component: "{{ .CommonLabels.service }}",
  group: "{{ .CommonLabels.environment }}",
  source: "Grafana",
  summary: headline,
  details: {
    team: "{{ .CommonLabels.team }}",
    runbook: "{{ .CommonAnnotations.runbook_url }}",
    dashboard: "{{ .CommonAnnotations.dashboard_url }}",
  },
} as const;

/** What Slack shows: what happened, then each series with its text, and where to go on. */
export const slackMessage = {
  title: `[{{ .Status | toUpper }}] {{ .CommonLabels.environment }} ${headline}`,
  text:
    "{{ range .Alerts }}{{ .Annotations.summary }}{{ with .Annotations.description }}\n{{ . }}{{ end }}\n{{ end }}" +
    "Severity: {{ .CommonLabels.severity }}\n" +
    "Runbook: {{ .CommonAnnotations.runbook_url }}\nDashboard: {{ .CommonAnnotations.dashboard_url }}",
} as const;
