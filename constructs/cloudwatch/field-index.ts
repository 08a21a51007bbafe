import type { ServiceEstate } from "../../model/estate";
import { isStructured, logContractOf } from "../../model/log-contract";

/**
 * Fields whose value is asked for by itself and picks few events out of many: what an index is good for. Levels and methods pick too many.
 * Source: Amazon CloudWatch Logs User Guide, "Create field indexes to improve query performance and reduce costs".
 */
const worthIndexing = [
  "request_id",
  "correlation_id",
  "trace_id",
  "user_id",
  "workspace_id",
  "error_type",
  "security_event",
  "order_id",
  "payment_id",
  "item_id",
] as const;

/** CloudWatch Logs API reference, PutIndexPolicy: fields of one policy. */
export const indexedFieldsLimit = 20;

/** The fields of a service's events that CloudWatch indexes; none where its events are lines of text. */
export function indexedFields(estate: ServiceEstate): readonly string[] {
  const fields = logContractOf(estate)?.fields ?? [];
  if (!isStructured(fields)) return [];
  const names = new Set(fields.map(({ name }) => name));
  return worthIndexing.filter((name) => names.has(name));
}
