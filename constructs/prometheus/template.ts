import { type AlertRule, labelsOfRule } from "../../model/alert-rule";
import { type DefiniteCondition, labelsOfCondition, type Subject, subjectOf } from "../../model/definite-condition";
import { partsOf } from "../../model/placeholder";
import { never } from "../../model/result";
import { resultFactor } from "./unit";

/**
 * Text that Prometheus' templates give back unchanged: only `{{` starts anything in them.
 * Source: Go, package text/template, "Text and spaces" and "Actions".
 */
export const literalTemplate = (text: string): string => text.replaceAll("{{", `{{"{{"}}`);

const action = (pipeline: string): string => `{{ ${pipeline} }}`;

/** The value that fired, in the unit that `compileCondition` compares in. */
function humanized({ dimension, per }: Subject, inBaseUnit: boolean): string {
  switch (dimension) {
    case "ratio":
      return inBaseUnit ? action("$value | humanizePercentage") : `${action(`$value | printf "%.4g"`)}%`;
    case "time":
      return inBaseUnit ? action("$value | humanizeDuration") : `${action(`$value | printf "%.1f"`)}ms`;
    case "information":
      return `${action("$value | humanize1024")}B`;
    case "throughput":
      return `${action("$value | humanize1024")}B per ${per ?? "second"}`;
    case "frequency":
      return `${action("$value | humanize")} per ${per ?? "second"}`;
    case "count":
      return action("$value | humanize");
    default:
      return never(dimension);
  }
}

function valueIn(condition: DefiniteCondition): string {
  const subject = subjectOf(condition);
  return subject === undefined
    ? action("$value | humanize")
    : humanized(subject, resultFactor(subject.expression).eq(1));
}

/**
 * An alert's text as a Prometheus template: `{value}` reads in the unit of the threshold, `{<label>}` is the label of the series
 * that fired. The rule's own labels, such as `{service}`, are filled in here, since Prometheus' `$labels` has only the series'.
 * Source: Prometheus, Template reference, "Numbers"; Alerting rules, "Templating".
 */
export function templateOf(text: string, rule: AlertRule): string {
  const { condition } = rule;
  const ofRule = new Map(Object.entries(labelsOfRule(rule)));
  const ofSeries = labelsOfCondition(condition) ?? [];
  return partsOf(text)
    .map((part) => {
      switch (part.kind) {
        case "text":
          return literalTemplate(part.text);
        case "value":
          return valueIn(condition);
        case "label": {
          const known = ofSeries.includes(part.label) ? undefined : ofRule.get(part.label);
          return known === undefined ? action(`$labels.${part.label}`) : literalTemplate(known);
        }
        default:
          return never(part);
      }
    })
    .join("");
}
