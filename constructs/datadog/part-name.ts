import type { Comparison } from "../../model/comparison";
import { type Expression, type LabelMatcher, labelsOf, type Selection } from "../../model/expression";
import { never } from "../../model/result";
import { windowsOf } from "./evaluation";
import type { SimpleCondition } from "./single-query";

const comparisonWords = { ">": "above", ">=": "at least", "<": "below", "<=": "at most" } as const satisfies Record<
  Comparison,
  string
>;

function matcherWords(matcher: LabelMatcher): string {
  switch (matcher.kind) {
    case "equals":
      return `${matcher.label} ${matcher.value}`;
    case "not-equals":
      return `${matcher.label} not ${matcher.value}`;
    case "starts-with":
      return `${matcher.label} ${matcher.value}…`;
    case "one-of":
      return `${matcher.label} ${matcher.values.join(" or ")}`;
    default:
      return never(matcher);
  }
}

const selectionWords = ({ metric, where }: Selection): string =>
  where.length === 0 ? metric.name : `${metric.name} (${where.map(matcherWords).join(", ")})`;

function expressionWords(expression: Expression): string {
  switch (expression.kind) {
    case "value":
      return `${expression.aggregation} of ${selectionWords(expression.of)}`;
    case "rate":
    case "increase":
      return `${expression.kind} of ${selectionWords(expression.of)}`;
    case "quantile":
      return `quantile ${expression.quantile} of ${selectionWords(expression.of)}`;
    case "fraction":
      return `share of ${selectionWords(expression.of)} within ${expression.atMost}`;
    case "forecast":
      return `${expression.aggregation} of ${selectionWords(expression.of)} in ${expression.ahead}`;
    case "time-share":
      return `time of ${expressionWords(expression.of)} ${comparisonWords[expression.comparison]} ${expression.bound}`;
    case "ratio":
      return `${expressionWords(expression.numerator)} per ${expressionWords(expression.denominator)}`;
    case "complement":
      return `rest of ${expressionWords(expression.of)}`;
    case "log-count":
      return "log events";
    default:
      return never(expression);
  }
}

/**
 * What a part of a condition is about, in words, from what tells most parts apart to all that there is to say. What is tuned, its
 * numbers, comes last.
 */
export type PartWords = readonly [string, ...string[]];

const apart = (expression: Expression): string => {
  const by = labelsOf(expression);
  const windows = [...new Set(windowsOf(expression))];
  return [
    ...(windows.length === 0 ? [] : [` over ${windows.join(" and ")}`]),
    ...(by.length === 0 ? [] : [` by ${by.join(" and ")}`]),
  ].join("");
};

function simpleWords(condition: SimpleCondition): PartWords {
  switch (condition.kind) {
    case "compare": {
      const { expression, comparison, threshold } = condition;
      const [subject, compared] = [expressionWords(expression), comparisonWords[comparison]];
      const window = apart(expression);
      return [
        `${subject} ${compared}`,
        `${subject}${window} ${compared}`,
        `${subject}${window} ${compared} ${threshold.text}`,
      ];
    }
    case "absent":
      return [`${selectionWords(condition.of)} absent`];
    case "anomaly": {
      const { expression, direction, deviations, baseline } = condition;
      const subject = expressionWords(expression);
      const unusual = direction === "either" ? "unusual" : `unusually ${direction === "above" ? "high" : "low"}`;
      const window = apart(expression);
      return [
        `${subject} ${unusual}`,
        `${subject}${window} ${unusual}`,
        `${subject}${window} ${unusual}, by ${deviations} deviations of ${baseline}`,
      ];
    }
    case "raw":
      return ["query", `query ${condition.text}`];
    default:
      return never(condition);
  }
}

/** A part in words; `atAnyTime`, one moment of it is enough. */
export function partWords(condition: SimpleCondition, atAnyTime: boolean): PartWords {
  const [brief, ...more] = simpleWords(condition);
  const suffix = atAnyTime ? " at any time" : "";
  return [brief + suffix, ...more.map((words) => words + suffix)];
}

/** All that there is to say of a part. */
export const fullWords = (words: PartWords): string => words.at(-1) ?? words[0];

/** Words as a part of a construct's id. */
const slugOf = (words: string): string =>
  words
    .toLowerCase()
    .replaceAll(/[^a-z0-9_.]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");

/** How much of its words tells a part from the others, as a part of a construct's id. */
export function slugsOf(parts: readonly PartWords[]): readonly string[] {
  const levels = Math.max(...parts.map(({ length }) => length));
  const said = parts.map((words) =>
    Array.from({ length: levels }, (_, level) => slugOf(words[level] ?? fullWords(words))),
  );
  return said.map((slugs, index) => {
    const alone = slugs.findIndex((slug, level) => said.every((other, at) => at === index || other[level] !== slug));
    return slugs[alone] ?? slugs.at(-1) ?? "";
  });
}
