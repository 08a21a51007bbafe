import type { EnvironmentEstate } from "../../model/estate";

/** Where events lie in the bucket: one folder for each service and day, so that a question reads what it is about and no more. */
export const eventsPrefix = "events/service=!{partitionKeyFromQuery:service}/day=!{timestamp:yyyy-MM-dd}/";

/** What could not be delivered, by what went wrong. */
export const errorsPrefix = "errors/!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/";

/** The service of events whose log group no service owns: what CloudWatch sends to try the way out. */
export const unknownService = "unknown";

/**
 * jq that yields the partition of a record. CloudWatch sends many events of one log group in one record, which says the group's name and
 * not the service's; so the catalog says which is whose.
 */
export function partitionQuery({ services }: EnvironmentEstate): string {
  const owners = Object.fromEntries(services.map(({ logGroup, service }) => [logGroup.name, service.name]));
  return `{service:(${JSON.stringify(owners)}[.logGroup // ""] // ${JSON.stringify(unknownService)})}`;
}

/** One step of what Firehose does with a record. */
export interface Processor {
  readonly type: "Decompression" | "MetadataExtraction" | "AppendDelimiterToRecord";
  readonly parameters: readonly { readonly parameterName: string; readonly parameterValue: string }[];
}

/**
 * Subscriptions send records of many events, compressed. They are decompressed, and a folder is found by their log group; each becomes a
 * line. The events are not taken out of their record (`CloudWatchLogProcessing`): a line of text would no longer say which log group and
 * stream it came from, and one that is no JSON could be given no folder. The table reads them out of it instead.
 * Sources: Amazon Data Firehose Developer Guide, "Decompress CloudWatch Logs", "Understand partitioning keys"; Amazon Data Firehose API
 * reference, ProcessorParameter.
 */
export const processors = (estate: EnvironmentEstate): readonly Processor[] => [
  { type: "Decompression", parameters: [{ parameterName: "CompressionFormat", parameterValue: "GZIP" }] },
  {
    type: "MetadataExtraction",
    parameters: [
      { parameterName: "JsonParsingEngine", parameterValue: "JQ-1.6" },
      { parameterName: "MetadataExtractionQuery", parameterValue: partitionQuery(estate) },
    ],
  },
  { type: "AppendDelimiterToRecord", parameters: [{ parameterName: "Delimiter", parameterValue: "\\n" }] },
];

/**
 * When an object is written: at 128 MiB, or after five minutes. Objects below 64 MiB are refused with partitions; many small ones
 * cost more in requests and in Glacier, which does not take those below 128 KiB, than in storage.
 */
export const buffering = { mebibytes: 128, seconds: 300 } as const;
