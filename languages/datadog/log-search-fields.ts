import type { DatadogLogSearch } from "./log-search";

/** Attributes that every log has a place for, searched without `@` (Log Management: Attributes and Aliasing). */
export const RESERVED_LOG_ATTRIBUTES = ["host", "source", "status", "service", "trace_id", "message"] as const;

/** What a search reads, each once, in order of appearance. */
export interface LogSearchFields {
  /** Paths without `@`, such as `http.status_code`. */
  readonly attributes: readonly string[];
  /** Those of {@link RESERVED_LOG_ATTRIBUTES} that it names; free text is a search of `message`. */
  readonly reserved: readonly string[];
  /** Keys of tags, such as `env`. */
  readonly tags: readonly string[];
  /** Names of calculated fields, without `#`. */
  readonly calculated: readonly string[];
}

/** One field with one value that is searched for, as it is written apart from escapes. */
export interface LogSearchMatch {
  readonly field: string;
  /** The text of a word or phrase; undefined for a pattern, a comparison or a range. */
  readonly value: string | undefined;
  /** Whether logs with it are left out. */
  readonly excluded: boolean;
}

/** The attributes, reserved attributes, tags and calculated fields that a search reads. */
export function logSearchFields(search: DatadogLogSearch): LogSearchFields {
  const fields = [...new Set(fieldsOf(search))];
  const starting = (sigil: string) =>
    fields.flatMap((field) => (field.startsWith(sigil) ? [field.slice(sigil.length)] : []));
  const plain = fields.filter((field) => !/^[@#*]/.test(field));
  return {
    attributes: starting("@"),
    reserved: plain.filter(isReserved),
    tags: plain.filter((field) => !isReserved(field)),
    calculated: starting("#"),
  };
}

const isReserved = (field: string) => RESERVED_LOG_ATTRIBUTES.some((reserved) => reserved === field);

function fieldsOf(search: DatadogLogSearch): readonly string[] {
  switch (search.kind) {
    case "all":
      return [];
    case "text":
      return ["message"];
    case "match":
    case "cidr":
      return [search.field];
    case "not":
      return fieldsOf(search.search);
    case "and":
    case "or":
      return search.searches.flatMap(fieldsOf);
  }
}

/** Every `field:value` of a search, in order of appearance. */
export function logSearchMatches(search: DatadogLogSearch, excluded = false): readonly LogSearchMatch[] {
  switch (search.kind) {
    case "all":
    case "text":
    case "cidr":
      return [];
    case "match": {
      const { field, value } = search;
      return [{ field, value: value.kind === "word" || value.kind === "phrase" ? value.text : undefined, excluded }];
    }
    case "not":
      return logSearchMatches(search.search, !excluded);
    case "and":
    case "or":
      return search.searches.flatMap((each) => logSearchMatches(each, excluded));
  }
}
