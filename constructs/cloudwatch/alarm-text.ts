import { type AlertRule, labelsOfRule } from "../../model/alert-rule";
import type { Comparison } from "../../model/comparison";
import type { DefiniteCondition } from "../../model/definite-condition";
import { partsOf } from "../../model/placeholder";
import { plain } from "../../model/quantity";
import { never } from "../../model/result";
import { severities } from "../../model/severity";

const comparedWith: Readonly<Record<Comparison, (limit: string) => string>> = {
  ">": (limit) => `more than ${limit}`,
  ">=": (limit) => `${limit} or more`,
  "<": (limit) => `less than ${limit}`,
  "<=": (limit) => `${limit} or less`,
};

/** The value of an alert in words: CloudWatch fills nothing in, and writes the measured number beside the text. */
function valueInWords(condition: DefiniteCondition): string {
  switch (condition.kind) {
    case "compare":
      return comparedWith[condition.comparison](condition.threshold.text);
    case "outside":
      return `less than ${condition.low.text} or more than ${condition.high.text}`;
    case "anomaly":
      return "an unusual amount";
    case "burn-rate":
      return `${plain(condition.factor)} times the budgeted share`;
    case "and":
    case "or":
    case "unless":
      return valueInWords(condition.left);
    case "absent":
    case "raw":
      return "nothing";
    default:
      return never(condition);
  }
}

/** An alert's text with its placeholders in words. */
function inWords(text: string, rule: AlertRule): string {
  const ofRule = new Map(Object.entries(labelsOfRule(rule)));
  return partsOf(text)
    .map((part) => {
      switch (part.kind) {
        case "text":
          return part.text;
        case "value":
          return valueInWords(rule.condition);
        case "label":
          return ofRule.get(part.label) ?? `any ${part.label}`;
        default:
          return never(part);
      }
    })
    .join("");
}

/** What an alarm says: what is wrong, how bad, whose it is, what to do and where to look. */
export function alarmDescription(rule: AlertRule): string {
  const { severity, summary, description, runbook, dashboard, team } = rule;
  const { meaning, response } = severities[severity];
  return [
    inWords(summary, rule),
    ...(description === undefined ? [] : [inWords(description, rule)]),
    `${severity} (${meaning}), response: ${response}. Owner: ${team}.`,
    `Runbook: ${runbook}`,
    `Dashboard: ${dashboard}`,
  ].join("\n");
}
