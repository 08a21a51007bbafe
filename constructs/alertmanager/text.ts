/**
 * What notifications say, in Go's templates. They stand in the configuration itself, so that one of one's own and Amazon's send the same.
 * The labels of a group's way and of its `group_by` are common to all its alerts; annotations of its instances differ, so the first
 * alert's are taken, and the others counted.
 * Source: Alertmanager, Notification template reference, "Data".
 */
const first = "(index .Alerts 0)";

/** One line: what is wrong. */
export const summaryText = `{{ with .GroupLabels.environment }}[{{ . }}] {{ end }}{{ with .GroupLabels.service }}{{ . }} {{ end }}{{ .GroupLabels.alertname }}: {{ ${first}.Annotations.summary }}{{ if gt (len .Alerts) 1 }} ({{ len .Alerts }} alerts){{ end }}`;

export const runbookUrlText = `{{ ${first}.Annotations.runbook_url }}`;
export const dashboardUrlText = `{{ ${first}.Annotations.dashboard_url }}`;

/** A title for a channel: the state, where, and what. */
export const titleText =
  "[{{ .Status | toUpper }}] {{ .GroupLabels.environment }} {{ .GroupLabels.service }}: {{ .GroupLabels.alertname }}";

/** What each alert of a group says, and what to do. */
export const bodyText = [
  "{{ range .Alerts }}{{ .Labels.severity | toUpper }}: {{ .Annotations.summary }}",
  "{{ if .Annotations.description }}{{ .Annotations.description }}",
  "{{ end }}Runbook: {{ .Annotations.runbook_url }}",
  "Dashboard: {{ .Annotations.dashboard_url }}",
  "{{ end }}",
].join("\n");

/** A subject for SNS: cut, because AMP would cut it too, and mark the message. Names in the catalog are ASCII. */
export const subjectText = (length: number): string =>
  `{{ printf "%.${length}s" (printf "[%s] %s %s: %s" (.Status | toUpper) .GroupLabels.environment .GroupLabels.service .GroupLabels.alertname) }}`;

/** The subject of a digest. */
export const digestSubjectText =
  "{{ .GroupLabels.environment }}: {{ len .Alerts.Firing }} alerts of {{ .GroupLabels.team }} that are not urgent";

/** Slack's colour of a message: what is over, what pages, what waits. */
export const colorText =
  '{{ if eq .Status "resolved" }}good{{ else if or (eq .CommonLabels.severity "critical") (eq .CommonLabels.severity "error") }}danger{{ else }}warning{{ end }}';

/** Labels that whoever is called reads first, as details of the incident. */
export const detailTexts: Readonly<Record<string, string>> = {
  environment: "{{ .GroupLabels.environment }}",
  runbook: runbookUrlText,
  dashboard: dashboardUrlText,
  team: "{{ .CommonLabels.team }}",
  tier: "{{ .CommonLabels.tier }}",
};
