import type { AlertRule } from "../../model/alert-rule";
import { partsOf } from "../../model/placeholder";
import { never } from "../../model/result";
import { severities } from "../../model/severity";
import { pagerDutyHandle } from "./pagerduty-handle";

/** Fills an alert's text with Datadog's variables (Datadog documentation, Notifications, "Variables"). */
const filled = (text: string, suffix: string): string =>
  partsOf(text)
    .map((part) => {
      switch (part.kind) {
        case "text":
          return part.text;
        case "value":
          return `{{value}}${suffix}`;
        case "label":
          return `{{${part.label}.name}}`;
        default:
          return never(part);
      }
    })
    .join("");

/** The handles that a route ends at. They stand outside every condition, so that a recovery is told to whoever was told the alert. */
const handles = ({ route, environment }: AlertRule): string =>
  [
    ...(route.urgency === undefined ? [] : [pagerDutyHandle(environment)]),
    `@slack-${route.slack.replace(/^#/, "")}`,
  ].join(" ");

/** What Datadog sends: what is wrong, how bad, what to do, where to look, and whom it reaches. */
export function monitorMessage(rule: AlertRule, suffix: string): string {
  const { severity, summary, description, runbook, dashboard, team } = rule;
  const { meaning, response } = severities[severity];
  return [
    filled(summary, suffix),
    ...(description === undefined ? [] : ["", filled(description, suffix)]),
    "",
    `${severity} (${meaning}), response: ${response}. Owner: ${team}.`,
    `Runbook: ${runbook}`,
    `Dashboard: ${dashboard}`,
    "",
    handles(rule),
  ].join("\n");
}
