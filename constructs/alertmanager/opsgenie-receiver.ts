import type { Receiver } from "./config";
import { bodyText, dashboardUrlText, detailTexts, runbookUrlText, summaryText } from "./text";

/** The priority of the alert's severity, in Alertmanager's template: Opsgenie's P1 to P4 are the four severities. */
const priorityText =
  '{{ if eq .CommonLabels.severity "critical" }}P1{{ else if eq .CommonLabels.severity "error" }}P2{{ else if eq .CommonLabels.severity "warning" }}P3{{ else }}P4{{ end }}';

/** The team that the alert names. */
const teamText = "{{ .CommonLabels.team }}";

/**
 * An alert of Opsgenie's Alert API, but for its key. The team that is named finds its people by its routing rules; `tier`, by which they choose
 * the escalation, is among the details. The alias, by which a resolve closes what a page opened, is Alertmanager's own.
 * Source: Alertmanager, Configuration, "<opsgenie_config>".
 */
export const opsgenieConfig = (
  environment: string,
  { host, team, priority }: Extract<Receiver, { kind: "opsgenie" }>,
) => ({
  send_resolved: true,
  api_url: `https://${host}/`,
  source: `Alertmanager of ${environment}`,
  message: summaryText,
  description: bodyText,
  entity: "{{ .GroupLabels.service }}",
  tags: "{{ .GroupLabels.environment }},{{ .GroupLabels.service }},{{ .CommonLabels.severity }}",
  details: { ...detailTexts, runbook: runbookUrlText, dashboard: dashboardUrlText },
  priority: priority === "of the alert" ? priorityText : priority,
  responders: [{ type: "team", name: team === "of the alert" ? teamText : team }],
  // A group that changes says so in the alert that is there.
  update_alerts: true,
});
