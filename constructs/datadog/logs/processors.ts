import type { LogContract } from "../../../model/log-contract";

/** What a pipeline does to each log, in order. */
export type LogProcessor =
  | { readonly kind: "date" | "status" | "service" | "message" | "trace" | "span"; readonly source: string }
  /** Copies an attribute to Datadog's name for it, beside the field's own, by which the estate's queries find it. */
  | {
      readonly kind: "attribute";
      readonly source: string;
      readonly target: string;
      readonly targetType: "attribute" | "tag";
    }
  | { readonly kind: "arithmetic"; readonly expression: string; readonly target: string };

/**
 * Datadog's names for what fields of the contract say; its facets, error tracking and links from logs to traces read these.
 * Source: Datadog documentation, Standard Attributes; Log Configuration, Processors.
 */
const known: Readonly<Record<string, LogProcessor>> = {
  timestamp: { kind: "date", source: "timestamp" },
  level: { kind: "status", source: "level" },
  service: { kind: "service", source: "service" },
  message: { kind: "message", source: "message" },
  trace_id: { kind: "trace", source: "trace_id" },
  span_id: { kind: "span", source: "span_id" },
  version: { kind: "attribute", source: "version", target: "version", targetType: "tag" },
  name: { kind: "attribute", source: "name", target: "logger.name", targetType: "attribute" },
  error: { kind: "attribute", source: "error", target: "error.message", targetType: "attribute" },
  error_type: { kind: "attribute", source: "error_type", target: "error.kind", targetType: "attribute" },
  traceback: { kind: "attribute", source: "traceback", target: "error.stack", targetType: "attribute" },
  method: { kind: "attribute", source: "method", target: "http.method", targetType: "attribute" },
  path: { kind: "attribute", source: "path", target: "http.url_details.path", targetType: "attribute" },
  status_code: { kind: "attribute", source: "status_code", target: "http.status_code", targetType: "attribute" },
  user_id: { kind: "attribute", source: "user_id", target: "usr.id", targetType: "attribute" },
  // Datadog's `duration` is in nanoseconds.
  duration_ms: { kind: "arithmetic", expression: "duration_ms * 1000000", target: "duration" },
};

/** The processors for the fields that any of the services logs, in the order above. */
export function processors(contracts: readonly LogContract[]): readonly LogProcessor[] {
  const fields = new Set(contracts.flatMap((contract) => contract.fields.map(({ name }) => name)));
  return Object.entries(known).flatMap(([field, processor]) => (fields.has(field) ? [processor] : []));
}
