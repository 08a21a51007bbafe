import type { LogFilter } from "./log-filter";
import type { MetricUnit } from "./metric";
import type { Redaction } from "./redaction";

/** Whether a field says something of a person; what does is redacted or kept short. */
export type Pii = "none" | "pseudonymous" | "personal";

export interface LogFieldDefinition {
  readonly name: string;
  readonly type: "string" | "number" | "boolean" | "timestamp";
  readonly description: string;
  /** Present in every event of the service. Default: false. */
  readonly required: boolean;
  readonly unit?: MetricUnit;
  /** The only values, where they are known. */
  readonly values?: readonly string[];
  readonly pii: Pii;
  /** What becomes of it before anybody reads it. Default: by its class (model/redaction.ts). */
  readonly redact?: Redaction;
  /** Why a personal field is kept as it is (`redact: "keep"`). */
  readonly reason?: string;
}

export interface LogFieldOptions {
  readonly description: string;
  readonly required?: boolean;
  readonly pii?: Pii;
  readonly redact?: Redaction;
  readonly reason?: string;
}

/** A text field, and the filters that can be built on it. `V` is its closed set of values, where it has one. */
export interface TextField<V extends string = string> {
  readonly definition: LogFieldDefinition;
  equals(value: V): LogFilter;
  oneOf(...values: readonly V[]): LogFilter;
  exists(): LogFilter;
}

/** A number field, and the filters that can be built on it. Thresholds are in the field's own unit. */
export interface NumberField {
  readonly definition: LogFieldDefinition;
  equals(value: number): LogFilter;
  above(value: number): LogFilter;
  atLeast(value: number): LogFilter;
  below(value: number): LogFilter;
  exists(): LogFilter;
}

export type LogField = TextField | NumberField;

type Definition = Omit<LogFieldDefinition, "name">;
const withDefaults = ({ required = false, pii = "none", ...rest }: LogFieldOptions): Omit<Definition, "type"> => ({
  ...rest,
  required,
  pii,
});

const textField = <V extends string>(name: string, definition: Definition): TextField<V> => ({
  definition: { ...definition, name },
  equals: (value) => ({ kind: "equals", field: name, value }),
  oneOf: (...values) => ({ kind: "one-of", field: name, values }),
  exists: () => ({ kind: "exists", field: name }),
});

/** A field of any text. */
export const text = (name: string, options: LogFieldOptions): TextField =>
  textField(name, { type: "string", ...withDefaults(options) });

/** A field of one of a few values. */
export const choice = <const V extends string>(
  name: string,
  values: readonly V[],
  options: LogFieldOptions,
): TextField<V> => textField<V>(name, { type: "string", values, ...withDefaults(options) });

/** An instant, as RFC 3339 text. */
export const timestamp = (name: string, options: LogFieldOptions): TextField =>
  textField(name, { type: "timestamp", ...withDefaults(options) });

/** A number, with its unit where it has one. */
export const number = (name: string, options: LogFieldOptions & { readonly unit?: MetricUnit }): NumberField => {
  const { unit, ...rest } = options;
  const filter =
    (kind: "equals" | "above" | "at-least" | "below") =>
    (value: number): LogFilter => ({ kind, field: name, value });
  return {
    definition: { name, type: "number", ...withDefaults(rest), ...(unit === undefined ? {} : { unit }) },
    equals: filter("equals"),
    above: filter("above"),
    atLeast: filter("at-least"),
    below: filter("below"),
    exists: () => ({ kind: "exists", field: name }),
  };
};
