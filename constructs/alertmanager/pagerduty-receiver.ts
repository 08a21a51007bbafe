import type { Receiver } from "./config";
import { dashboardUrlText, detailTexts, runbookUrlText, summaryText } from "./text";

/** Alertmanager's own template of the severity, which PagerDuty takes as it is (PD-CEF): both use the same four words. */
const severityText = "{{ .CommonLabels.severity }}";

/**
 * An event of PagerDuty's Events API v2, but for its key. `component` is the service, by which the event orchestration finds
 * whom to call. The deduplication key is Alertmanager's own.
 * Source: Alertmanager, Configuration, "<pagerduty_config>".
 */
export const pagerDutyConfig = (environment: string, { severity }: Extract<Receiver, { kind: "pagerduty" }>) => ({
  send_resolved: true,
  client: `Alertmanager of ${environment}`,
  client_url: dashboardUrlText,
  description: summaryText,
  severity: severity === "of the alert" ? severityText : severity,
  class: "{{ .GroupLabels.alertname }}",
  component: "{{ .GroupLabels.service }}",
  group: "{{ .GroupLabels.environment }}",
  details: detailTexts,
  links: [
    { href: runbookUrlText, text: "Runbook" },
    { href: dashboardUrlText, text: "Dashboard" },
  ],
});
