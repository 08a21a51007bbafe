import { never } from "./result";

/** Which log events are meant, over the fields of the log contract; every log system renders it. */
export type LogFilter =
  | { readonly kind: "equals"; readonly field: string; readonly value: string | number }
  | { readonly kind: "one-of"; readonly field: string; readonly values: readonly (string | number)[] }
  | { readonly kind: "above" | "at-least" | "below"; readonly field: string; readonly value: number }
  | { readonly kind: "exists"; readonly field: string }
  | { readonly kind: "and" | "or"; readonly filters: readonly LogFilter[] }
  | { readonly kind: "not"; readonly filter: LogFilter };

/** The fields that a filter reads, in order of appearance, each once. */
export function fieldsOf(filter: LogFilter): readonly string[] {
  switch (filter.kind) {
    case "equals":
    case "one-of":
    case "above":
    case "at-least":
    case "below":
    case "exists":
      return [filter.field];
    case "and":
    case "or":
      return [...new Set(filter.filters.flatMap(fieldsOf))];
    case "not":
      return fieldsOf(filter.filter);
    default:
      return never(filter);
  }
}

/** Events that pass every filter. */
export const allOf = (...filters: readonly LogFilter[]): LogFilter => ({ kind: "and", filters });

/** Events that pass any filter. */
export const anyOf = (...filters: readonly LogFilter[]): LogFilter => ({ kind: "or", filters });

/** Events that do not pass the filter. */
export const not = (filter: LogFilter): LogFilter => ({ kind: "not", filter });
