import { panel } from "../../model/dashboard";
import { gauge, telemetry } from "../../model/telemetry";

/** A metric of the environment's delivery stream, in CloudWatch alone. */
const ofStream = (name: string, statistic: "Sum" | "Maximum") =>
  ({
    prometheus: false,
    cloudwatch: {
      namespace: "AWS/Firehose",
      name,
      statistic,
      dimensions: { DeliveryStreamName: "{environment}-log-archive" },
      period: "5m",
    },
  }) as const;

const age = gauge("log_archive_oldest_age", {
  help: "Age of the oldest record that Firehose holds: whatever is older is in the bucket",
  unit: "seconds",
  ...ofStream("DeliveryToS3.DataFreshness", "Maximum"),
});
const received = gauge("log_archive_records", {
  help: "Records that Firehose took within five minutes, each of many events",
  unit: "events",
  ...ofStream("IncomingRecords", "Sum"),
});
const throttled = gauge("log_archive_throttled_records", {
  help: "Records that Firehose refused within five minutes, as they came faster than its quota",
  unit: "events",
  ...ofStream("ThrottledRecords", "Sum"),
});

/**
 * The way of log events to the archive, as CloudWatch sees it: one delivery stream for each environment that has an archive.
 * Source: Amazon Data Firehose Developer Guide, "Monitor Amazon Data Firehose with CloudWatch metrics" and "Implement best practices with
 * CloudWatch alarms".
 */
export const logArchive = telemetry("log-archive", {
  metrics: { age, received, throttled },
  indicators: {
    archive_age: age.max(),
    archive_records: received.sum(),
    archive_throttled: throttled.sum(),
  },
  panels: {
    overview: [panel("archive-age", "Oldest event on its way to the archive", { age: age.max() })],
    errors: [panel("archive-throttled", "Records that the archive's stream refused", { refused: throttled.sum() })],
    performance: [panel("archive-records", "Records on their way to the archive", { taken: received.sum() })],
  },
});
