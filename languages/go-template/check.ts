import { didYouMean } from "../../model/suggest";
import type { Diagnostic } from "../diagnostic";
import type { TextSpan } from "../promql/query";
import { templateFields, templateFunctions } from "./functions";
import type { Command, Operand, Pipeline, Template, TemplateNode } from "./syntax";

/** What a template that parses may still get wrong; the ids of the checks, without their family. */
export type TemplateCheck = "field" | "format" | "not-in-braces" | "value-in-label";

export interface TemplateProblem extends Diagnostic {
  readonly check: TemplateCheck;
}

/** A label of the alert's series that a template shows. */
export interface LabelUse extends TextSpan {
  readonly label: string;
}

type Kind = "string" | "number" | "integer" | "unknown";

const problem = (check: TemplateCheck, { offset, length }: TextSpan, message: string): TemplateProblem => ({
  check,
  message,
  offset,
  length,
});

/** Fields that do not exist, verbs that do not fit, and variables outside of braces. `inLabel`: the text is a label's value. */
export function checkTemplate({ nodes, texts }: Template, inLabel: boolean): readonly TemplateProblem[] {
  const found: TemplateProblem[] = [];
  for (const text of texts) found.push(...checkText(text));
  for (const node of nodes) {
    for (const operand of operandsOf(node.pipeline)) found.push(...checkOperand(operand, node));
    for (const pipeline of pipelinesOf(node.pipeline)) found.push(...checkFormats(pipeline));
    if (inLabel && node.use === "print") found.push(...checkValueInLabel(node));
  }
  return found;
}

function checkText({ text, offset }: Template["texts"][number]): readonly TemplateProblem[] {
  if (!text.includes("$")) return [];
  const match = /\$(?:labels\.\w+|value\b)/.exec(text);
  if (match === null) return [];
  const [found] = match;
  const place = { offset: offset + match.index, length: found.length };
  return [
    problem("not-in-braces", place, `"${found}" stands outside of braces and is not filled in; write {{ ${found} }}.`),
  ];
}

/** Every operand of a pipeline, those in parentheses too. */
function operandsOf(pipeline: Pipeline): readonly Operand[] {
  const found: Operand[] = [];
  collect(pipeline, found);
  return found;
}

function collect({ commands }: Pipeline, into: Operand[]): void {
  for (const { operands } of commands) {
    for (const operand of operands) {
      into.push(operand);
      if (operand.kind === "pipeline") collect(operand.pipeline, into);
    }
  }
}

function pipelinesOf(pipeline: Pipeline): readonly Pipeline[] {
  const found: Pipeline[] = [pipeline];
  for (const operand of operandsOf(pipeline)) if (operand.kind === "pipeline") found.push(operand.pipeline);
  return found;
}

function checkOperand(operand: Operand, { atRoot }: TemplateNode): readonly TemplateProblem[] {
  if (operand.kind === "field") {
    const [field, ...rest] = operand.path;
    if (!atRoot || field === undefined) return [];
    if (!templateFields.includes(field))
      return [problem("field", operand, `There is no field ".${field}".${hintForField(field)}`)];
    return field.endsWith("Labels") ? beyondLabel(operand, rest) : beyondValue(operand, field, rest);
  }
  if (operand.kind !== "variable") return [];
  switch (operand.name) {
    case "labels":
    case "externalLabels":
      return beyondLabel(operand, operand.path);
    case "value":
    case "externalURL":
      return beyondValue(operand, `$${operand.name}`, operand.path);
    default:
      return [];
  }
}

const hintForField = (field: string): string =>
  didYouMean(field, templateFields) || ` There are ${templateFields.map((known) => `.${known}`).join(", ")}.`;

const beyondLabel = (at: TextSpan, [label, next]: readonly string[]): readonly TemplateProblem[] =>
  label === undefined || next === undefined
    ? []
    : [
        problem(
          "field",
          at,
          `A label has no field ".${next}"; a label whose name has a dot is {{ index $labels "${label}.${next}" }}.`,
        ),
      ];

const beyondValue = (at: TextSpan, name: string, [field]: readonly string[]): readonly TemplateProblem[] =>
  field === undefined ? [] : [problem("field", at, `${name} has no field ".${field}".`)];

function checkValueInLabel(node: TemplateNode): readonly TemplateProblem[] {
  const shown = operandsOf(node.pipeline).find(
    (operand) =>
      (operand.kind === "variable" && operand.name === "value") ||
      (operand.kind === "field" && node.atRoot && operand.path[0] === "Value"),
  );
  if (shown === undefined) return [];
  // A comparison yields the same label while it holds.
  const compares = operandsOf(node.pipeline).some(
    (operand) => operand.kind === "function" && /^(?:eq|ne|lt|le|gt|ge)$/.test(operand.name),
  );
  if (compares) return [];
  return [
    problem(
      "value-in-label",
      shown,
      "A label that changes with the value makes another alert at each evaluation, which never holds for long; put the value into an annotation.",
    ),
  ];
}

/** Hold the verbs of each printf to what they print. */
function checkFormats({ commands }: Pipeline): readonly TemplateProblem[] {
  if (!commands.some(({ operands: [first] }) => first.kind === "function" && first.name === "printf")) return [];
  return commands.flatMap((command, index) => {
    const [name, format, ...rest] = command.operands;
    if (name.kind !== "function" || name.name !== "printf" || format?.kind !== "string") return [];
    const before = commands[index - 1];
    const piped = before === undefined ? [] : [kindOfCommand(before, commands.slice(0, index - 1).length > 0)];
    const kinds = [...rest.map(kindOf), ...piped];
    const verbs = [...format.value.matchAll(/%(?:%|[-+# 0]*(?:\d+|\*)?(?:\.(?:\d+|\*)?)?([a-zA-Z]))/g)].flatMap(
      ([, verb]) => (verb === undefined ? [] : [verb]),
    );
    if (format.value.includes("*") || format.value.includes("[")) return [];
    if (verbs.length !== kinds.length)
      return [
        problem(
          "format",
          format,
          `printf "${format.value}" prints ${verbs.length} values and is given ${kinds.length}.`,
        ),
      ];
    const wrong = verbs.findIndex((verb, at) => !fits(verb, kinds[at] ?? "unknown"));
    const verb = verbs[wrong];
    if (verb === undefined) return [];
    const instead = kinds[wrong] === "string" ? "%s" : "%.2f";
    const what =
      kinds[wrong] === "string" ? "a text" : kinds[wrong] === "integer" ? "a whole number" : "a number with decimals";
    return [
      problem(
        "format",
        format,
        `"%${verb}" cannot print ${what}; write ${kinds[wrong] === "integer" ? "%d" : instead}.`,
      ),
    ];
  });
}

function fits(verb: string, kind: Kind): boolean {
  switch (kind) {
    case "unknown":
      return true;
    case "string":
      return "svqxXT".includes(verb);
    case "number":
      return "vbeEfFgGxXT".includes(verb);
    case "integer":
      return "vbcdoOqxXUT".includes(verb);
  }
}

function kindOfCommand({ operands }: Command, piped: boolean): Kind {
  const [first] = operands;
  return operands.length > 1 || piped || first.kind === "function" ? resultOf(first) : kindOf(first);
}

const resultOf = (operand: Operand): Kind =>
  operand.kind === "function" ? (templateFunctions.get(operand.name)?.returns ?? "unknown") : "unknown";

function kindOf(operand: Operand): Kind {
  switch (operand.kind) {
    case "string":
      return "string";
    case "number":
      return operand.integer ? "integer" : "number";
    case "variable":
      if (operand.name === "value" && operand.path.length === 0) return "number";
      return operand.name === "labels" && operand.path.length === 1 ? "string" : "unknown";
    case "pipeline": {
      const { commands } = operand.pipeline;
      const last = commands.at(-1);
      return last === undefined || operand.path.length > 0 ? "unknown" : kindOfCommand(last, commands.length > 1);
    }
    default:
      return "unknown";
  }
}

/**
 * The labels of the alert's series that a template shows: `$labels.x`, `.Labels.x` and `index $labels "x"`. Left out: those that an
 * `if` or `with` asks for, since they are known to be missing at times.
 */
export function labelsShown({ nodes }: Template): readonly LabelUse[] {
  const asked = new Set<string>();
  const shown: LabelUse[] = [];
  for (const node of nodes) {
    for (const pipeline of pipelinesOf(node.pipeline)) {
      for (const use of labelsIn(pipeline, node.atRoot)) {
        if (node.use === "if" || node.use === "with") asked.add(use.label);
        else shown.push(use);
      }
    }
  }
  return shown.filter(({ label }) => !asked.has(label));
}

function labelsIn({ commands }: Pipeline, atRoot: boolean): readonly LabelUse[] {
  const found: LabelUse[] = [];
  for (const { operands } of commands) {
    const [first, second, third] = operands;
    const indexed =
      first.kind === "function" && first.name === "index" && second?.kind === "variable" && second.name === "labels";
    if (indexed && third?.kind === "string")
      found.push({ label: third.value, offset: third.offset, length: third.length });
    for (const operand of operands) {
      const use = labelOf(operand, atRoot);
      if (use !== undefined) found.push(use);
    }
  }
  return found;
}

function labelOf(operand: Operand, atRoot: boolean): LabelUse | undefined {
  const { offset, length } = operand;
  const path =
    operand.kind === "variable" && operand.name === "labels"
      ? operand.path
      : operand.kind === "field" && atRoot && operand.path[0] === "Labels"
        ? operand.path.slice(1)
        : [];
  const [label, more] = path;
  return label === undefined || more !== undefined ? undefined : { label, offset, length: length + label.length + 1 };
}
