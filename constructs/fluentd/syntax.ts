import type { RecordProgram } from "./program";

/**
 * A value of Fluentd's configuration. Ruby runs only where it is wanted: what is said as text stays text, whatever characters it has.
 * Source: Fluentd documentation, Config File Syntax, "Supported Data Types for Values" and "Embedding Ruby Expressions".
 */
export type FluentdValue =
  | { readonly kind: "text"; readonly text: string }
  /** Of an environment variable, when Fluentd starts; without it, it does not start. */
  | { readonly kind: "environment"; readonly variable: string }
  /** The host's name, when Fluentd starts. */
  | { readonly kind: "hostname" }
  /** Run for each event, by the filter `record_modifier`. */
  | { readonly kind: "program"; readonly program: RecordProgram };

export interface FluentdParameter {
  readonly name: string;
  readonly value: FluentdValue;
}

/** A directive such as `<match logs.**>`, or a section within one. */
export interface FluentdSection {
  readonly name: string;
  /** What stands behind the name: patterns, a label, chunk keys. */
  readonly argument?: string;
  readonly parameters: readonly FluentdParameter[];
  readonly sections: readonly FluentdSection[];
}

/** A whole file. */
export type FluentdConfig = readonly FluentdSection[];

const isValue = (value: string | number | boolean | FluentdValue): value is FluentdValue => typeof value === "object";

/** The text that a parameter has. */
export const text = (value: string | number | boolean): FluentdValue => ({ kind: "text", text: String(value) });
export const fromEnvironment = (variable: string): FluentdValue => ({ kind: "environment", variable });
export const hostname: FluentdValue = { kind: "hostname" };

/** Makes a section; parameters in the order in which they are written. */
export const section = (
  head: string | readonly [name: string, argument: string],
  parameters: Readonly<Record<string, string | number | boolean | FluentdValue>>,
  ...sections: readonly FluentdSection[]
): FluentdSection => {
  const [name, argument] = typeof head === "string" ? [head] : head;
  return {
    name,
    ...(argument === undefined ? {} : { argument }),
    parameters: Object.entries(parameters).map(([parameter, value]) => ({
      name: parameter,
      value: isValue(value) ? value : text(value),
    })),
    sections,
  };
};

/** The text of a section's parameter, where it is text. */
export function parameterOf({ parameters }: FluentdSection, name: string): string | undefined {
  const value = parameters.find((parameter) => parameter.name === name)?.value;
  return value?.kind === "text" ? value.text : undefined;
}

/** The plugin of a directive. */
export const typeOf = (directive: FluentdSection): string => parameterOf(directive, "@type") ?? "";
