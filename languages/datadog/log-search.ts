/**
 * A search over logs (Datadog documentation: Log Search Syntax).
 *
 * Values built with the functions here are in normal form: a conjunction holds no conjunction, a negation no negation, a
 * pattern at least one wildcard.
 */
export type DatadogLogSearch =
  /** `*`: every log. */
  | { readonly kind: "all" }
  /** Free text, searched for in the message. */
  | { readonly kind: "text"; readonly value: SearchText }
  /** `field:value`; see {@link matchField} for how fields are named. */
  | { readonly kind: "match"; readonly field: string; readonly value: SearchValue }
  /** `CIDR(@network.client.ip,10.0.0.0/8)`: an address in any of the blocks. */
  | { readonly kind: "cidr"; readonly field: string; readonly blocks: readonly string[] }
  | { readonly kind: "not"; readonly search: DatadogLogSearch }
  | { readonly kind: "and" | "or"; readonly searches: readonly DatadogLogSearch[] };

/** Text to be found. */
export type SearchText =
  /** One word, written without quotes, its special characters escaped; `text` has no escapes. */
  | { readonly kind: "word"; readonly text: string }
  /** A sequence of words in quotes; wildcards mean nothing in it. */
  | { readonly kind: "phrase"; readonly text: string }
  /** Text with wildcards. */
  | { readonly kind: "pattern"; readonly parts: readonly PatternPart[] };

/** A piece of a pattern: text as it is, `*` (any characters) or `?` (one character). */
export type PatternPart = { readonly kind: "literal"; readonly text: string } | { readonly kind: "any" | "one" };

/** What a field may be compared with. Numbers are exact texts, for no digit may be lost. */
export type SearchValue =
  | SearchText
  | { readonly kind: "compare"; readonly comparator: SearchComparator; readonly value: string }
  /** `[400 TO 499]`, or with braces when the bounds are outside; `*` is an open bound. */
  | { readonly kind: "range"; readonly from: string; readonly to: string; readonly inclusive: boolean };

/** Numerical operators (Log Search Syntax: Numerical values). Longest first, as a reader must try them. */
export const SEARCH_COMPARATORS = [">=", "<=", ">", "<"] as const;
/** One of {@link SEARCH_COMPARATORS}. */
export type SearchComparator = (typeof SEARCH_COMPARATORS)[number];

/** Wildcard for any characters. */
export const anyText: PatternPart = { kind: "any" };
/** Wildcard for one character. */
export const oneCharacter: PatternPart = { kind: "one" };

/** Every log: `*`. */
export const everyLog: DatadogLogSearch = { kind: "all" };

/** One word, whatever characters it has. An empty one can only be written as an empty phrase. */
export const word = (text: string): SearchText => (text === "" ? phrase("") : { kind: "word", text });

/** A sequence of words, in quotes. */
export const phrase = (text: string): SearchText => ({ kind: "phrase", text });

/**
 * A value exactly as it is: a word where that needs no escape, else in quotes. The two find the same in an attribute
 * (Log Search Syntax: Attributes search, note 3).
 */
export const exactly = (text: string): SearchText =>
  /^[\p{L}\p{N}_./][\p{L}\p{N}_./-]*$/u.test(text) && !/^(AND|OR|NOT)$/.test(text) ? word(text) : phrase(text);

/** Text and wildcards in turn, such as `pattern("web-", anyText)`; without any wildcard it is a word. */
export function pattern(...parts: readonly (string | PatternPart)[]): SearchText {
  const joined: PatternPart[] = [];
  let pending = "";
  const flush = () => {
    if (pending !== "") {
      joined.push({ kind: "literal", text: pending });
      pending = "";
    }
  };
  for (const part of parts) {
    if (typeof part === "string") {
      pending += part;
    } else if (part.kind === "literal") {
      pending += part.text;
    } else {
      flush();
      joined.push(part);
    }
  }
  if (joined.length === 0) {
    return word(pending);
  }
  flush();
  return { kind: "pattern", parts: joined };
}

/** Any value at all: the field exists. */
export const anyValue: SearchText = { kind: "pattern", parts: [anyText] };

/** A number above, at or below another; both exact, as text. */
export const compareTo = (comparator: SearchComparator, value: string): SearchValue => ({
  kind: "compare",
  comparator,
  value,
});

/** From one number to another, both belonging to it unless told; `*` is an open bound. */
export const between = (from: string, to: string, inclusive = true): SearchValue => ({
  kind: "range",
  from,
  to,
  inclusive,
});

/** Free text in the message; any text at all is every log. */
export const freeText = (value: SearchText): DatadogLogSearch =>
  isAnyText(value) ? everyLog : { kind: "text", value };

/**
 * A field with a value. A field is named `@path` for an attribute, plainly for a reserved attribute (`service`) or a tag
 * (`env`), `#name` for a calculated field and `*` for all attributes at once; it is written without escapes.
 */
export const matchField = (field: string, value: SearchValue): DatadogLogSearch =>
  field === "*" && isAnyText(value) ? everyLog : { kind: "match", field, value };

/** Logs that have a field, whatever its value. */
export const hasField = (field: string): DatadogLogSearch => matchField(field, anyValue);

/** Logs whose address is in any of the blocks (Log Search Syntax: Search using CIDR notation). */
export const inCidr = (field: string, ...blocks: readonly [string, ...string[]]): DatadogLogSearch => ({
  kind: "cidr",
  field,
  blocks,
});

/** Logs that a search does not find. */
export const excluding = (search: DatadogLogSearch): DatadogLogSearch =>
  search.kind === "not" ? search.search : { kind: "not", search };

/** Logs that every search finds; of none, every log. */
export function allSearches(...searches: readonly DatadogLogSearch[]): DatadogLogSearch {
  const flat = searches
    .flatMap((each) => (each.kind === "and" ? each.searches : [each]))
    .filter((each) => each.kind !== "all");
  const [only] = flat;
  if (only === undefined) {
    return everyLog;
  }
  return flat.length === 1 ? only : { kind: "and", searches: flat };
}

/** Logs that any of the searches finds. */
export function anySearch(first: DatadogLogSearch, ...rest: readonly DatadogLogSearch[]): DatadogLogSearch {
  const flat = [first, ...rest].flatMap((each) => (each.kind === "or" ? each.searches : [each]));
  return flat.length === 1 ? first : { kind: "or", searches: flat };
}

function isAnyText(value: SearchValue): boolean {
  return value.kind === "pattern" && value.parts.length > 0 && value.parts.every((part) => part.kind === "any");
}
