import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import type { DefiniteLogArchive } from "../../model/log-archive";
import { unknownService } from "./archive-delivery";

/** A column of the archive's table. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/**
 * A line of the archive: the record that CloudWatch sent. Names are in lower case, as Athena has them; the reader of JSON ignores case.
 * Source: Amazon CloudWatch Logs User Guide, "Log group-level subscription filters" (the record's fields).
 */
export const columns: readonly Column[] = [
  { name: "messagetype", type: "string" },
  { name: "owner", type: "string" },
  { name: "loggroup", type: "string" },
  { name: "logstream", type: "string" },
  { name: "subscriptionfilters", type: "array<string>" },
  { name: "logevents", type: "array<struct<id:string,timestamp:bigint,message:string>>" },
];

/** What an object's folder says. */
export const partitions: readonly Column[] = [
  { name: "service", type: "string" },
  { name: "day", type: "string" },
];

/** A renamed service's older events lie under its old name, and are found for as long as `renamedFrom` stands. */
const namesOf = ({ service: { name, renamedFrom } }: ServiceEstate): readonly string[] =>
  renamedFrom === undefined ? [name] : [name, renamedFrom];

/**
 * Partitions are computed from these, so that nobody has to add one each day (and no crawler runs).
 * Source: Amazon Athena User Guide, "Use partition projection with Amazon Athena".
 */
export const projection = (
  { services }: EnvironmentEstate,
  { bucket, keepDays }: DefiniteLogArchive,
): Readonly<Record<string, string>> => ({
  EXTERNAL: "TRUE",
  "projection.enabled": "true",
  "projection.service.type": "enum",
  "projection.service.values": [...new Set([...services.flatMap(namesOf).sort(), unknownService])].join(","),
  "projection.day.type": "date",
  "projection.day.format": "yyyy-MM-dd",
  "projection.day.interval": "1",
  "projection.day.interval.unit": "DAYS",
  "projection.day.range": `NOW-${keepDays}DAYS,NOW`,
  "storage.location.template": `s3://${bucket}/events/service=\${service}/day=\${day}/`,
});
