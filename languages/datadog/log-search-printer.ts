import { isSpace } from "./cursor";
import type { DatadogLogSearch, PatternPart, SearchText, SearchValue } from "./log-search";

/**
 * The canonical text of a log search, which `parseDatadogLogSearch` reads back as the same tree: a space for AND, `-` for
 * the exclusion of one term, special characters of words escaped, those of phrases quoted.
 */
export function printDatadogLogSearch(search: DatadogLogSearch): string {
  switch (search.kind) {
    case "all":
      return "*";
    case "text":
      return printText(search.value, true);
    case "match":
      return `${printField(search.field)}:${printValue(search.value, false)}`;
    case "cidr":
      return `CIDR(${printField(search.field)},${search.blocks.join(",")})`;
    case "not":
      return isTerm(search.search) ? `-${printDatadogLogSearch(search.search)}` : `NOT ${inParentheses(search.search)}`;
    case "and":
      return search.searches
        .map((each) => (each.kind === "or" ? printOr(each.searches, true) : printDatadogLogSearch(each)))
        .join(" ");
    case "or":
      return printOr(search.searches, false);
  }
}

/** Whether a minus may stand before it: one term, or the alternatives of one field. */
function isTerm(search: DatadogLogSearch): boolean {
  switch (search.kind) {
    case "all":
    case "text":
    case "match":
      return true;
    case "or":
      return commonField(search.searches) !== undefined;
    case "cidr":
    case "not":
    case "and":
      return false;
  }
}

function inParentheses(search: DatadogLogSearch): string {
  const compound = search.kind === "and" || search.kind === "or";
  return compound ? `(${printDatadogLogSearch(search)})` : printDatadogLogSearch(search);
}

/** `env:(prod OR test)` where every alternative is of one field, else each alternative by itself. */
function printOr(searches: readonly DatadogLogSearch[], parentheses: boolean): string {
  const field = commonField(searches);
  if (field !== undefined) {
    const values = searches.flatMap((each) => (each.kind === "match" ? [printValue(each.value, true)] : []));
    return `${printField(field)}:(${values.join(" OR ")})`;
  }
  const text = searches.map((each) => (each.kind === "and" ? inParentheses(each) : printDatadogLogSearch(each)));
  return parentheses ? `(${text.join(" OR ")})` : text.join(" OR ");
}

function commonField(searches: readonly DatadogLogSearch[]): string | undefined {
  const fields = new Set(
    searches.map((each) => (each.kind === "match" && isText(each.value) ? each.field : undefined)),
  );
  const [field] = fields;
  return fields.size === 1 ? field : undefined;
}

const isText = (value: SearchValue) => value.kind !== "compare" && value.kind !== "range";

function printValue(value: SearchValue, free: boolean): string {
  switch (value.kind) {
    case "compare":
      return `${value.comparator}${escapeBound(value.value)}`;
    case "range": {
      const bounds = `${escapeBound(value.from)} TO ${escapeBound(value.to)}`;
      return value.inclusive ? `[${bounds}]` : `{${bounds}}`;
    }
    default:
      return printText(value, free);
  }
}

function printText(text: SearchText, free: boolean): string {
  switch (text.kind) {
    case "word":
      return escapeWord(text.text, free);
    case "phrase":
      return `"${text.text.replace(/["\\]/g, "\\$&")}"`;
    case "pattern":
      return text.parts.map((part, index) => printPart(part, index === 0 && free, index === 0)).join("");
  }
}

function printPart(part: PatternPart, free: boolean, first: boolean): string {
  switch (part.kind) {
    case "any":
      return "*";
    case "one":
      return "?";
    case "literal":
      return escapeCharacters(part.text, free, first);
  }
}

/** A field's name; its `@`, `#` or lone `*` is no special character there. */
function printField(field: string): string {
  if (field === "*") {
    return field;
  }
  const sigil = /^[@#]/.exec(field)?.[0] ?? "";
  return sigil + escapeCharacters(field.slice(sigil.length), false, sigil === "");
}

function escapeWord(text: string, free: boolean): string {
  if (text === "") {
    return '""';
  }
  return /^(AND|OR|NOT)$/.test(text) ? `\\${text}` : escapeCharacters(text, free, true);
}

/** Characters that always need an escape (Log Search Syntax: Escape special characters and spaces). */
const SPECIAL = new Set('+=&|><!(){}[]^"“”~*?:\\#');

/**
 * Escapes special characters. A minus is special only where a term starts, since it means exclusion there, and `@` only
 * where free text starts; elsewhere both are left alone, as Datadog's own interface leaves them.
 */
function escapeCharacters(text: string, free: boolean, starts: boolean): string {
  let escaped = "";
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    const first = at === 0 && starts && (char === "-" || (free && char === "@"));
    escaped += first || SPECIAL.has(char) || isSpace(char) ? `\\${char}` : char;
  }
  return escaped;
}

/** A bound ends at a space or a bracket; an equals sign would join a comparator before it. */
function escapeBound(text: string): string {
  return text.replace(/[\s()[\]{}\\=]/g, "\\$&");
}
