import type { LogContract } from "../../model/log-contract";
import { logLevels } from "../../model/logging";
import { redactionOf, type SensitivePattern, sensitivePatterns } from "../../model/redaction";
import { never } from "../../model/result";

/** What Fluentd does with each event and no plugin says in parameters. */
export type RecordProgram =
  /** Redacts fields, then whatever looks sensitive in every other text, however deep. It changes the event and yields nothing. */
  | {
      readonly kind: "redact";
      readonly fields: LogContract["redactions"];
      readonly patterns: readonly SensitivePattern[];
      /** Fields that are identifiers, hashes or numbers in text: a card's number is not searched for in a trace's. */
      readonly exact: readonly string[];
    }
  /** Whether an event is kept, `true` or `false`: decided by its trace, else its request, else its time. */
  | { readonly kind: "keep"; readonly percent: Readonly<Record<string, number>> };

/** What a masked field says. */
export const masked = "[redacted]";

/** The variable with the key that fields are hashed with: without a key, an address is found again by trying all of them. */
export const hashKeyVariable = "LOG_HASH_KEY";

/** A text of Ruby: only what is safe between double quotes is left as it is. */
const rubyText = (text: string): string =>
  `"${text.replaceAll(/["\\#]/g, (sign) => `\\${sign}`).replaceAll("\n", "\\n")}"`;

/** A pattern as a literal, which Ruby compiles once and not for each event. */
const rubyPattern = (pattern: string): string => `/${pattern.replaceAll("/", "\\/")}/`;

function fieldStep({ field, redaction }: LogContract["redactions"][number]): string {
  const value = `record[${rubyText(field)}]`;
  switch (redaction) {
    case "drop":
      return `record.delete(${rubyText(field)})`;
    case "mask":
      return `${value} = ${rubyText(masked)} unless ${value}.nil?`;
    case "hash":
      return `${value} = OpenSSL::HMAC.hexdigest("SHA256", ENV.fetch(${rubyText(hashKeyVariable)}), ${value}.to_s) unless ${value}.nil?`;
    default:
      return never(redaction);
  }
}

function redactText({ fields, patterns, exact }: Extract<RecordProgram, { kind: "redact" }>): string {
  const replaced = patterns.map(({ name, pattern }) => `.gsub(${rubyPattern(pattern)}, ${rubyText(`[${name}]`)})`);
  const clean = [
    "clean = lambda { |value| case value",
    `when String then value${replaced.join("")}`,
    "when Hash then value.transform_values(&clean)",
    "when Array then value.map(&clean)",
    "else value end }",
  ].join(" ");
  const skipped = `[${exact.map(rubyText).join(", ")}]`;
  return [
    ...fields.map(fieldStep),
    clean,
    `record.keys.each { |key| record[key] = clean.call(record[key]) unless ${skipped}.include?(key) }`,
    "nil",
  ].join("; ");
}

function keepText(percent: Readonly<Record<string, number>>): string {
  const table = Object.entries(percent).map(([level, kept]) => `${rubyText(level)} => ${kept}`);
  const key = `(record["trace_id"] || record["request_id"] || (time.to_f * 1000).to_i).to_s`;
  return `Zlib.crc32(${key}) % 100 < {${table.join(", ")}}.fetch(record["level"].to_s, 100)`;
}

/**
 * The program as one expression in Ruby over `record` and `time`. The filter takes a value that begins with its only `${` and ends with
 * `}` as code (fluent-plugin-record-modifier, `DynamicExpander`).
 */
export function rubyOf(program: RecordProgram): string {
  switch (program.kind) {
    case "redact":
      return redactText(program);
    case "keep":
      return keepText(program.percent);
    default:
      return never(program);
  }
}

/** A hash is one too: three of a hundred have digits in a row like a card's, and would lose what tells them apart. */
const isExact = (field: LogContract["fields"][number]): boolean =>
  field.type !== "string" || field.values !== undefined || field.name.endsWith("_id") || redactionOf(field) === "hash";

/** What redacts a service's events. */
export const redactProgram = ({ fields, redactions }: LogContract): RecordProgram => ({
  kind: "redact",
  fields: redactions,
  patterns: sensitivePatterns,
  exact: fields.filter(isExact).map(({ name }) => name),
});

/** What redacts events of no contract. */
export const patternsProgram: RecordProgram = { kind: "redact", fields: [], patterns: sensitivePatterns, exact: [] };

/** What samples a service's events; none where all are kept. */
export function keepProgram({ logging: { keepPercent } }: LogContract): RecordProgram | undefined {
  const sampled = logLevels.filter((level) => keepPercent[level] < 100);
  return sampled.length === 0
    ? undefined
    : { kind: "keep", percent: Object.fromEntries(sampled.map((level) => [level, keepPercent[level]])) };
}
