import type { Diagnostic } from "../languages/diagnostic";
import { checkTemplate, labelsShown } from "../languages/go-template/check";
import { parseTemplate } from "../languages/go-template/parse";
import { checkPromql, type PromqlUse } from "../languages/promql/check";
import type { PromqlContract } from "../languages/promql/contract";
import { canHave, type LabelSet, labelsOf } from "../languages/promql/labels";
import { type ParsedPromql, parsePromql } from "../languages/promql/parse";
import type { PromqlQuery } from "../languages/promql/query";
import { didYouMean } from "../model/suggest";
import { promqlRule } from "./promql-rules";
import type { Rule } from "./rule";
import { type TemplateRuleName, templateRule } from "./template-rules";

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

/** What a template shows by itself. */
interface ReadTemplate {
  readonly issues: readonly Issue[];
  /** The labels that it shows, and where. */
  readonly labels: readonly { readonly label: string; readonly offset: number }[];
}

function readTemplate(text: string, inLabel: boolean): ReadTemplate {
  const parsed = parseTemplate(text);
  if (!parsed.ok) return { issues: parsed.diagnostics.map((wrong) => ofTemplate("syntax", wrong, true)), labels: [] };
  return {
    issues: checkTemplate(parsed.value, inLabel).map((wrong) => ofTemplate(wrong.check, wrong, false)),
    labels: labelsShown(parsed.value),
  };
}

const ofTemplate = (name: TemplateRuleName, { message, offset }: Diagnostic, refused: boolean): Issue => ({
  rule: templateRule(name),
  message: sentence(message),
  offset,
  refused,
});

/** Templates that many alerts share, as packs of rules do, are read once: those of labels, and those of annotations. */
const known = { label: new Map<string, ReadTemplate>(), annotation: new Map<string, ReadTemplate>() };

function knownTemplate(text: string, inLabel: boolean): ReadTemplate {
  const ofKind = inLabel ? known.label : known.annotation;
  const before = ofKind.get(text);
  if (before !== undefined) return before;
  const read = readTemplate(text, inLabel);
  ofKind.set(text, read);
  return read;
}

/** What is wrong with the templates of one alert; a label that is missing in several is told once. */
export function checkTemplates<T extends TemplateText>(
  texts: readonly T[],
  query: PromqlQuery | undefined,
  contract: PromqlContract,
): readonly (Issue & { readonly of: T })[] {
  const found: (Issue & { readonly of: T })[] = [];
  const told = new Set<string>();
  const kept = query === undefined ? undefined : labelsOf(query.expr, contract);
  for (const of of texts) {
    const { text, inLabel } = of;
    if (!text.includes("{{") && !text.includes("$")) continue;
    const { issues, labels } = knownTemplate(text, inLabel);
    for (const issue of issues) found.push({ ...issue, of });
    if (kept === undefined) continue;
    for (const { label, offset } of labels) {
      if (told.has(label)) continue;
      told.add(label);
      const message = droppedLabel(label, kept);
      if (message !== undefined)
        found.push({ rule: templateRule("dropped-label"), message, offset, refused: false, of });
    }
  }
  return found;
}

/** Why a label is not there when the alert fires, of an expression that keeps some; undefined when it may be. */
export function droppedLabel(label: string, kept: LabelSet): string | undefined {
  if (label === "__name__" || canHave(kept, label)) return undefined;
  const names = [...kept.names];
  const keeps = kept.openBut !== undefined ? "not this one" : names.length === 0 ? "no label" : names.sort().join(", ");
  return `$labels.${label} is empty when the alert fires: its expression keeps ${keeps}${didYouMean(label, names)}`;
}
