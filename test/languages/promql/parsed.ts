import { parsePromql } from "../../../languages/promql/parse";
import type { PromqlQuery } from "../../../languages/promql/query";

/** The query, or a failure of the test that says what the parser found wrong. */
export function parsed(text: string): PromqlQuery {
  const result = parsePromql(text);
  if (!result.ok) throw new Error(`${text}\n${result.diagnostics.map(({ message }) => message).join("\n")}`);
  return result.value;
}

/** What is wrong with a query, each with the piece of text it points at. */
export function mistakes(
  text: string,
): readonly { readonly at: number; readonly marks: string; readonly says: string }[] {
  const result = parsePromql(text);
  if (result.ok) return [];
  return result.diagnostics.map(({ offset, length, message }) => ({
    at: offset,
    marks: text.slice(offset, offset + length),
    says: message,
  }));
}
