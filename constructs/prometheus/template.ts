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

/** Writes the value that fired through a function of the templates, such as `humanize`. */
export type WriteValue = (format: string) => string;

/** As Prometheus names it (Template reference, "Alert field templates"). */
const prometheusValue: WriteValue = (format) => action(`$value | ${format}`);

/** The value that fired, in the unit that `compileCondition` compares in. */
function humanized({ dimension, per }: Subject, inBaseUnit: boolean, value: WriteValue): string {
  switch (dimension) {
    case "ratio":
      return inBaseUnit ? value("humanizePercentage") : `${value('printf "%.4g"')}%`;
    case "time":
      return inBaseUnit ? value("humanizeDuration") : `${value('printf "%.1f"')}ms`;
    case "information":
      return `${value("humanize1024")}B`;
    case "throughput":
      return `${value("humanize1024")}B per ${per ?? "second"}`;
    case "frequency":
      return `${value("humanize")} per ${per ?? "second"}`;
    case "count":
      return value("humanize");
    default:
      return never(dimension);
  }
}

function valueIn(condition: DefiniteCondition, value: WriteValue): string {
  const subject = subjectOf(condition);
  return subject === undefined ? value("humanize") : humanized(subject, resultFactor(subject.expression).eq(1), value);
}

/**
 * An alert's text as a Prometheus template: `{value}` reads in the unit of the threshold, `{<label>}` is the label of the series
 * that fired. The rule's own labels, such as `{service}`, are filled in here, since Prometheus' `$labels` has only the series'.
 * Grafana has the same functions and labels, and another name for the value.
 * Source: Prometheus, Template reference, "Numbers"; Alerting rules, "Templating".
 */
export function templateOf(text: string, rule: AlertRule, value: WriteValue = prometheusValue): string {
  const { condition } = rule;
  const ofRule = new Map(Object.entries(labelsOfRule(rule)));
  const ofSeries = labelsOfCondition(condition) ?? [];
  return partsOf(text)
    .map((part) => {
      switch (part.kind) {
        case "text":
          return literalTemplate(part.text);
        case "value":
          return valueIn(condition, value);
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
