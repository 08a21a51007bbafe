import type { LogContract } from "../../model/log-contract";
import type { LogFieldDefinition } from "../../model/log-field";
import { type MetricUnit, metricUnits } from "../../model/metric";
import { type Redaction, redactionOf } from "../../model/redaction";
import { fail, never, ok, type Result } from "../../model/result";

/** How one field is indexed. */
export type FieldMapping =
  | { readonly type: "keyword"; readonly ignore_above: number }
  | { readonly type: "match_only_text" | "double" | "long" | "boolean" | "date" | "ip" }
  | { readonly type: "alias"; readonly path: string };

/**
 * Characters beyond which a keyword is kept but not indexed. Lucene refuses a term of more than 32,766 bytes, and with it the whole event; nobody searches for an
 * identifier of more than these. Source: Elasticsearch guide, "ignore_above".
 */
const ignoreAbove = 1024;

const keyword = { type: "keyword", ignore_above: ignoreAbove } as const;

/** Fields that hold sentences, to be searched by their words; all other texts are searched whole. */
const wordy = /^(message|error|error_message|error_details|description|traceback|stack_trace|exc_info|query)$/;

/** Whether a field holds what somebody wrote, in any words. */
export const isWordy = ({ name, type, values }: LogFieldDefinition): boolean =>
  type === "string" && values === undefined && wordy.test(name);

/** Identifiers that programs make. A run of digits in one may look like a card's number, and what joins the events of a trace must not be changed. */
const made: readonly string[] = ["trace_id", "span_id", "parent_id", "request_id", "correlation_id"];

/** Texts that may hold anything: neither one of a few values, nor made by a program, nor redacted whole. */
export const freeTextsOf = ({ fields }: Pick<LogContract, "fields">): readonly LogFieldDefinition[] =>
  fields.filter(
    (field) =>
      field.type === "string" &&
      field.values === undefined &&
      !made.includes(field.name) &&
      redactionOf(field) === "keep",
  );

const isAddress = ({ name }: LogFieldDefinition): boolean => /^(ip|.*_ip)$/.test(name);

/** The instant of the event: what becomes `@timestamp`. */
export const eventTimeOf = ({ fields }: Pick<LogContract, "fields">): LogFieldDefinition | undefined =>
  fields.find(({ type, required }) => type === "timestamp" && required);

/** What is hidden is a text, whatever it was. */
const holdsText = (redaction: Redaction): boolean => redaction === "mask" || redaction === "hash";

const whole = (unit: MetricUnit): boolean =>
  unit === "bytes" || (metricUnits[unit].dimension === "count" && unit !== "dollars" && unit !== "credits");

function mappingOf(field: LogFieldDefinition): FieldMapping {
  const { type, unit } = field;
  if (isWordy(field)) return { type: "match_only_text" };
  if (holdsText(redactionOf(field))) return keyword;
  switch (type) {
    case "string":
      return isAddress(field) ? { type: "ip" } : keyword;
    case "number":
      // What is counted is whole, and so are bytes; a time, a share or an amount of money is not.
      return unit !== undefined && whole(unit) ? { type: "long" } : { type: "double" };
    case "boolean":
      return { type: "boolean" };
    case "timestamp":
      return { type: "date" };
    default:
      return never(type);
  }
}

/** Set on an event that the ingest pipeline could not take as it was: the step that failed. */
export const failureField = "ingest_failure";

const own: Readonly<Record<string, FieldMapping>> = {
  "@timestamp": { type: "date" },
  [failureField]: keyword,
};

const typeOf = (mapping: FieldMapping): string => (mapping.type === "alias" ? "timestamp of the event" : mapping.type);

/**
 * One mapping for the fields of all services, so that a query over all of them finds each name in one type. What is not declared is not indexed: no service can
 * make the mapping grow. An error where two services mean different types by one name.
 */
export function mappingsOf(contracts: readonly LogContract[]): Result<Readonly<Record<string, FieldMapping>>> {
  const found = new Map<string, { readonly mapping: FieldMapping; readonly service: string }>();
  for (const contract of contracts) {
    const time = eventTimeOf(contract);
    for (const field of contract.fields) {
      if (redactionOf(field) === "drop" || Object.hasOwn(own, field.name)) continue;
      const mapping: FieldMapping = field === time ? { type: "alias", path: "@timestamp" } : mappingOf(field);
      const before = found.get(field.name);
      if (before !== undefined && before.mapping.type !== mapping.type) {
        return fail(
          `${field.name} is a ${typeOf(before.mapping)} in ${before.service}, and a ${typeOf(mapping)} in ${contract.service}: Elasticsearch searches both under one name`,
        );
      }
      found.set(field.name, { mapping, service: before?.service ?? contract.service });
    }
  }
  const declared = [...found].map(([name, { mapping }]): readonly [string, FieldMapping] => [name, mapping]);
  return ok(Object.fromEntries([...Object.entries(own), ...declared.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))]));
}
