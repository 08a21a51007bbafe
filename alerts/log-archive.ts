import { pack, type Rows } from "./pack";

/**
 * The archive of log events, by what CloudWatch says of the stream that fills it. Firehose keeps what it cannot deliver for a day
 * (Amazon Data Firehose Developer Guide, "Troubleshoot errors": 24 hours for Direct PUT).
 */
export const logArchiveRows = {
  nearlyLost: {
    alert: "LogArchiveNearlyLosesEvents",
    indicator: "archive_age",
    dimension: "time",
    comparison: ">",
    threshold: "12h",
    for: "15m",
    severity: "SEV-2",
    evaluator: "cloudwatch",
    summary: "The oldest event on its way to the archive is {value} old",
    why: "After a day Firehose drops what it could not deliver. Half of it is left, less than a night and its morning.",
  },
  late: {
    alert: "LogArchiveLate",
    indicator: "archive_age",
    dimension: "time",
    comparison: ">",
    threshold: "1h",
    for: "15m",
    severity: "SEV-3",
    evaluator: "cloudwatch",
    summary: "The oldest event on its way to the archive is {value} old",
    why: "An object is written after five minutes, and half of them more with partitions. An hour is a bucket, a key or a role that refuses.",
  },
  nothing: {
    alert: "LogArchiveReceivesNothing",
    indicator: "archive_records",
    dimension: "count",
    comparison: "<",
    threshold: "1",
    for: "30m",
    severity: "SEV-3",
    evaluator: "cloudwatch",
    noData: "alert",
    summary: "No log event was sent to the archive for half an hour",
    why: "All subscriptions have one role and one stream, and fail together; what they refuse is not sent again. CloudWatch still has the events, to be exported by hand.",
  },
  throttled: {
    alert: "LogArchiveThrottled",
    indicator: "archive_throttled",
    dimension: "count",
    comparison: ">",
    threshold: "0",
    for: "30m",
    severity: "SEV-3",
    evaluator: "cloudwatch",
    summary: "The archive's stream refused {value} records within five minutes",
    why: "Subscriptions try again for a day. A burst is caught up with; half an hour of refusals is a quota that is too small.",
  },
} as const satisfies Rows;

/** Needs `logArchive`, and an environment that has an archive. */
export const logArchiveDelivery = pack(logArchiveRows);
