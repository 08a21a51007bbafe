import { chosenNumberField, chosenTextField, type Field, messageField, numberField, textField } from "./wire";

/**
 * A step on the way to a part of a value: an attribute's name, an index into a list, a key of a map, or an element of a set, which
 * has no address of its own.
 */
export type PathStep = string | number | { readonly key: string } | { readonly inSet: number };
export type Path = readonly PathStep[];

const severityError = 1;

/** A problem as Terraform shows it, at the attribute it is in. */
export interface DiagnosticMessage {
  readonly severity: typeof severityError;
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: Path;
}

function stepField(step: Exclude<PathStep, { readonly inSet: number }>): Field {
  if (typeof step === "string") return chosenTextField(1, step);
  return typeof step === "number" ? chosenNumberField(3, step) : chosenTextField(2, step.key);
}

/** A path as the protocol has it; it ends at a set, since nothing in one can be addressed. */
export function pathFields(path: Path): readonly Field[] {
  const fields: Field[] = [];
  for (const step of path) {
    if (typeof step === "object" && "inSet" in step) break;
    fields.push(messageField(1, [stepField(step)]));
  }
  return fields;
}

/** A problem as the protocol has it. */
export const diagnosticFields = ({ severity, summary, detail, attribute }: DiagnosticMessage): readonly Field[] => [
  numberField(1, severity),
  textField(2, summary),
  textField(3, detail),
  ...(attribute === undefined ? [] : [messageField(4, pathFields(attribute))]),
];

function stepText(step: PathStep, index: number): string {
  if (typeof step === "string") return index === 0 ? step : `.${step}`;
  if (typeof step === "number") return `[${step}]`;
  return "key" in step ? `[${JSON.stringify(step.key)}]` : "[*]";
}

/** A path as people write it: `rule[0].target`. */
export const pathText = (path: Path): string => path.map(stepText).join("");

/** An error; with a path, at that attribute. */
export const errorDiagnostic = (summary: string, detail: string, path?: Path): DiagnosticMessage => ({
  severity: severityError,
  summary,
  detail,
  ...(path === undefined ? {} : { attribute: path }),
});
