/**
 * A step on the way to a part of a value: an attribute's name, an index into a list, a key of a map, or an element of a set, which
 * has no address of its own.
 */
export type PathStep = string | number | { readonly key: string } | { readonly inSet: number };
export type Path = readonly PathStep[];

type StepMessage =
  | { readonly attribute_name: string }
  | { readonly element_key_int: number }
  | { readonly element_key_string: string };

export interface AttributePathMessage {
  readonly steps: readonly StepMessage[];
}

const severityError = 1;

/** A problem as Terraform shows it, at the attribute it is in. */
export interface DiagnosticMessage {
  readonly severity: typeof severityError;
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: AttributePathMessage;
}

/** A path as the protocol has it; it ends at a set, since nothing in one can be addressed. */
export function attributePath(path: Path): AttributePathMessage {
  const steps: StepMessage[] = [];
  for (const step of path) {
    if (typeof step === "string") steps.push({ attribute_name: step });
    else if (typeof step === "number") steps.push({ element_key_int: step });
    else if ("key" in step) steps.push({ element_key_string: step.key });
    else break;
  }
  return { steps };
}

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
  ...(path === undefined ? {} : { attribute: attributePath(path) }),
});
