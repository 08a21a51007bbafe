/**
 * Fields that CloudWatch itself generates, whatever a service logs: the system fields of every event, the ones it finds in
 * Lambda's platform lines, and the default field indexes that begin with @.
 * Source: CloudWatch Logs Insights, "Supported logs and discovered fields" and "Field index syntax and quotas".
 */
export const DISCOVERED_FIELDS: ReadonlySet<string> = new Set([
  "@message",
  "@timestamp",
  "@ingestionTime",
  "@logStream",
  "@log",
  "@entity",
  "@requestId",
  "@type",
  "@duration",
  "@billedDuration",
  "@initDuration",
  "@memorySize",
  "@maxMemoryUsed",
  "@xrayTraceId",
  "@xraySegmentId",
  "@aws.account",
  "@aws.region",
  "@source.log",
  "@data_source_name",
  "@data_source_type",
  "@data_format",
]);

/** Beginnings of generated fields whose rest depends on the resource: its entity and its tags. */
export const DISCOVERED_PREFIXES: readonly string[] = ["@entity.", "@aws.tag."];
