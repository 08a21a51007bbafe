import type { ServiceEstate } from "./estate";
import type { LogFieldDefinition } from "./log-field";
import { type DefiniteLogging, loggingOf } from "./logging";
import { type Redaction, redactionOf } from "./redaction";
import { logFieldsOf } from "./service";

/** What every log event of a service is in one environment: what every log system is configured from. */
export interface LogContract {
  readonly service: string;
  readonly environment: string;
  /** Sorted by name; each name once. */
  readonly fields: readonly LogFieldDefinition[];
  /** Fields that are not stored as they were logged, sorted by name. */
  readonly redactions: readonly { readonly field: string; readonly redaction: Exclude<Redaction, "keep"> }[];
  readonly logging: DefiniteLogging;
}

/** The log contract of a service; none of a service that declares no log fields (its events are text, such as a database's). */
export function logContractOf({ service, environment }: ServiceEstate): LogContract | undefined {
  const byName = new Map(logFieldsOf(service).map((field) => [field.name, field]));
  if (byName.size === 0) return undefined;
  const fields = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    service: service.name,
    environment: environment.name,
    fields,
    redactions: fields.flatMap((field) => {
      const redaction = redactionOf(field);
      return redaction === "keep" ? [] : [{ field: field.name, redaction }];
    }),
    logging: loggingOf(service.logging, environment),
  };
}

/** The fields that every structured event has: who says what, when and how bad it is. */
export const structuredFields = ["timestamp", "level", "service", "message"] as const;

/**
 * Whether a service's events are JSON, one to a line, and not lines of text that a query takes fields out of: whether it declares when it
 * happened and what, as fields.
 */
export const isStructured = (fields: readonly LogFieldDefinition[]): boolean =>
  fields.some(({ name }) => name === "message" || name === "timestamp");
