import { checkTemplate, labelsShown } from "../languages/go-template/check";
import { parseTemplate } from "../languages/go-template/parse";
import { checkPromql, type PromqlUse } from "../languages/promql/check";
import type { PromqlContract } from "../languages/promql/contract";
import { canHave, labelsOf } from "../languages/promql/labels";
import { type ParsedPromql, parsePromql } from "../languages/promql/parse";
import type { PromqlQuery } from "../languages/promql/query";
import { didYouMean } from "../model/suggest";
import { promqlRule } from "./promql-rules";
import type { Rule } from "./rule";
import { templateRule } from "./template-rules";

/** Something found in a text of a rule. */
export interface Issue {
  readonly rule: Rule;
  readonly message: string;
  /** Zero-based offset in the text. */
  readonly offset: number;
  /** Prometheus would not load the rule, whatever the level of the check is elsewhere. */
  readonly refused: boolean;
}

/** What is wrong with an expression, and the query where it parses. */
export interface CheckedExpression {
  readonly issues: readonly Issue[];
  readonly query?: PromqlQuery;
}

const sentence = (message: string): string => message.replace(/\.$/, "");

/** Hold one expression to everything that is known about it. */
export function checkExpression(text: string, use: PromqlUse): CheckedExpression {
  const parsed: ParsedPromql = parsePromql(text);
  if (!parsed.ok)
    return {
      issues: parsed.diagnostics.map(({ rule, message, offset }) => ({
        rule: promqlRule(rule),
        message: sentence(message),
        offset,
        refused: rule !== "too-large",
      })),
    };
  const { value: query } = parsed;
  const wrongType = use.as !== "panel" && (query.type === "matrix" || query.type === "string");
  if (wrongType)
    return {
      issues: [
        {
          rule: promqlRule("type"),
          message: `the expression is a ${query.type === "matrix" ? "range vector" : "string"}, of which a rule can make nothing`,
          offset: 0,
          refused: true,
        },
      ],
    };
  const flagged: readonly Issue[] =
    query.experimental.length === 0
      ? []
      : [
          {
            rule: promqlRule("experimental"),
            message: `${query.experimental.join(", ")} ${query.experimental.length === 1 ? "needs" : "need"} a feature flag`,
            offset: 0,
            refused: false,
          },
        ];
  const problems = checkPromql(query, use).map(({ check, message, offset }) => ({
    rule: promqlRule(check),
    message: sentence(message),
    offset,
    refused: false,
  }));
  return { issues: [...flagged, ...problems], query };
}

/** A text of an alert that is a template. */
export interface TemplateText {
  readonly text: string;
  /** It is a label's value, not an annotation. */
  readonly inLabel: boolean;
}

/** What is wrong with the templates of one alert; a label that is missing in several is told once. */
export function checkTemplates<T extends TemplateText>(
  texts: readonly T[],
  query: PromqlQuery | undefined,
  contract: PromqlContract,
): readonly (Issue & { readonly of: T })[] {
  const told = new Set<string>();
  return texts.flatMap((of): readonly (Issue & { readonly of: T })[] => {
    const { text, inLabel } = of;
    if (!text.includes("{{") && !text.includes("$")) return [];
    const parsed = parseTemplate(text);
    if (!parsed.ok)
      return parsed.diagnostics.map(({ message, offset }) => ({
        rule: templateRule("syntax"),
        message: sentence(message),
        offset,
        refused: true,
        of,
      }));
    const found = checkTemplate(parsed.value, inLabel).map(({ check, message, offset }) => ({
      rule: templateRule(check),
      message: sentence(message),
      offset,
      refused: false,
      of,
    }));
    const shown = query === undefined ? [] : labelsShown(parsed.value);
    const dropped = shown.flatMap(({ label, offset }) => {
      const message = query === undefined || told.has(label) ? undefined : droppedLabel(label, query, contract);
      if (message === undefined) return [];
      told.add(label);
      return [{ rule: templateRule("dropped-label"), message, offset, refused: false, of }];
    });
    return [...found, ...dropped];
  });
}

/** Why a label is not there when the alert fires; undefined when it may be. */
export function droppedLabel(label: string, { expr }: PromqlQuery, contract: PromqlContract): string | undefined {
  if (label === "__name__") return undefined;
  const kept = labelsOf(expr, contract);
  if (canHave(kept, label)) return undefined;
  const names = [...kept.names];
  const keeps = kept.openBut !== undefined ? "not this one" : names.length === 0 ? "no label" : names.sort().join(", ");
  return `$labels.${label} is empty when the alert fires: its expression keeps ${keeps}${didYouMean(label, names)}`;
}
