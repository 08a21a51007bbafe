import { resultFactor } from "../constructs/prometheus/unit";
import { type AlertRule, labelsOfRule } from "../model/alert-rule";
import { type Subject, subjectOf } from "../model/definite-condition";
import { partsOf } from "../model/placeholder";
import { secondsPer } from "../model/quantity";
import { never } from "../model/result";
import type { Held } from "./evaluate-condition";
import { fourDigits, humanize, humanize1024, humanizeDuration, humanizePercentage } from "./humanize";
import type { Labels } from "./series";

/** What a rule promises of an alert: the labels that route it and the texts that people read. */
export interface Promised {
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The number that Prometheus reports: in the unit of the part of the condition that holds. */
function reported({ value, measures }: Held): number {
  if (measures === undefined) return value;
  const { per, expression } = measures;
  return (value * (per === undefined ? 1 : secondsPer[per])) / Number(resultFactor(expression));
}

/** A reported number as the text has it, which is written for what the condition begins with. */
function numberText(number: number, subject: Subject | undefined): string {
  if (subject === undefined) return humanize(number);
  const { dimension, per, expression } = subject;
  const inBaseUnit = resultFactor(expression).eq(1);
  switch (dimension) {
    case "ratio":
      return inBaseUnit ? humanizePercentage(number) : `${fourDigits(number)}%`;
    case "time":
      return inBaseUnit ? humanizeDuration(number) : `${number.toFixed(1)}ms`;
    case "information":
      return `${humanize1024(number)}B`;
    case "throughput":
      return `${humanize1024(number)}B per ${per ?? "second"}`;
    case "frequency":
      return `${humanize(number)} per ${per ?? "second"}`;
    case "count":
      return humanize(number);
    default:
      return never(dimension);
  }
}

/**
 * What a rule promises of the alert that fires for what holds, read from the rule's own texts and not
 * from what was rendered of them.
 */
export function promised(rule: AlertRule, held: Held): Promised {
  const { summary, description, runbook, dashboard, condition } = rule;
  const { labels } = held;
  const all = { ...labels, ...labelsOfRule(rule) };
  const filled = (text: string): string =>
    partsOf(text)
      .map((part) => {
        switch (part.kind) {
          case "text":
            return part.text;
          case "value":
            return numberText(reported(held), subjectOf(condition));
          case "label":
            // A series' own label is what the text means, also where the rule has one of that name.
            return labels[part.label] ?? all[part.label] ?? "";
          default:
            return never(part);
        }
      })
      .join("");
  return {
    labels: all,
    annotations: {
      summary: filled(summary),
      ...(description === undefined ? {} : { description: filled(description) }),
      runbook_url: runbook,
      dashboard_url: dashboard,
    },
  };
}
