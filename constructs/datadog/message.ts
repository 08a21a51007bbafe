import { type AlertRule, labelsOfRule } from "../../model/alert-rule";
import { labelsOfCondition } from "../../model/definite-condition";
import { partsOf } from "../../model/placeholder";
import { never } from "../../model/result";
import { severities } from "../../model/severity";
import { pagerDutyHandle } from "./pagerduty-handle";
import type { ValueText } from "./single-query";

/**
 * What a message calls the value: a monitor's own, or of a composite monitor that of its first part
 * (Datadog documentation, Notifications, "Composite monitor variables").
 */
export type ValueVariable = "value" | "a.value";

/**
 * Fills an alert's text with Datadog's variables (Datadog documentation, Notifications, "Variables"). The rule's own labels, such as
 * `{service}`, are filled in here, since a monitor knows those alone that it keeps apart.
 */
function filled(text: string, rule: AlertRule, value: string): string {
  const ofRule = new Map(Object.entries(labelsOfRule(rule)));
  const ofSeries = labelsOfCondition(rule.condition) ?? [];
  return partsOf(text)
    .map((part) => {
      switch (part.kind) {
        case "text":
          return part.text;
        case "value":
          return value;
        case "label":
          return (ofSeries.includes(part.label) ? undefined : ofRule.get(part.label)) ?? `{{${part.label}.name}}`;
        default:
          return never(part);
      }
    })
    .join("");
}

/** The handles that a route ends at. They stand outside every condition, so that a recovery is told to whoever was told the alert. */
export const handlesOf = ({ route, environment }: Pick<AlertRule, "route" | "environment">): string =>
  [
    ...(route.urgency === undefined ? [] : [pagerDutyHandle(environment)]),
    `@slack-${route.slack.replace(/^#/, "")}`,
  ].join(" ");

/** What Datadog sends: what is wrong, how bad, what to do, where to look, and whom it reaches. */
export function monitorMessage(rule: AlertRule, value: ValueText, variable: ValueVariable): string {
  const { severity, summary, description, runbook, dashboard, team } = rule;
  const { meaning, response } = severities[severity];
  const written = value.kind === "words" ? value.text : `{{${variable}}}${value.suffix}`;
  return [
    filled(summary, rule, written),
    ...(description === undefined ? [] : ["", filled(description, rule, written)]),
    "",
    `${severity} (${meaning}), response: ${response}. Owner: ${team}.`,
    `Runbook: ${runbook}`,
    `Dashboard: ${dashboard}`,
    "",
    handlesOf(rule),
  ].join("\n");
}

/** What stands in a monitor that is a part of another one. It names nobody, so that nobody is told. */
export const partMessage = (whole: string): string =>
  `A part of the monitor "${whole}", which tells those concerned. This one tells nobody.`;
