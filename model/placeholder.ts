/** A part of an alert's text: as written, the value that fired, or a label of the series that fired. */
export type TextPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "value" }
  | { readonly kind: "label"; readonly label: string };

/** Splits `"{value} errors at {endpoint}"` into its parts; doubled braces stand for themselves. */
export function partsOf(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(/(?<!\{)\{([a-zA-Z_]\w*)\}(?!\})/g)) {
    if (match.index > end) parts.push({ kind: "text", text: text.slice(end, match.index) });
    const [whole, name = ""] = match;
    parts.push(name === "value" ? { kind: "value" } : { kind: "label", label: name });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ kind: "text", text: text.slice(end) });
  return parts;
}

/** The labels that a text names. */
export const labelsNamed = (text: string): readonly string[] =>
  partsOf(text).flatMap((part) => (part.kind === "label" ? [part.label] : []));
