import type { Span } from "../../../languages/insights/expression";

/** A query and the places that are marked in it by « and »; an empty pair marks a place where something is missing. */
export interface Marked {
  readonly text: string;
  readonly places: readonly Span[];
}

/** Takes the marks out of a query, so that a test shows what a diagnostic points at. */
export function marked(query: string): Marked {
  const [first = "", ...rest] = query.split("«");
  let text = first;
  const places: Span[] = [];
  for (const part of rest) {
    const [inside = "", behind = ""] = part.split("»");
    places.push({ offset: text.length, length: inside.length });
    text += inside + behind;
  }
  return { text, places };
}
