import { insights } from "../../model/saved-query";

/**
 * By the level, not by the word: `@message like /ERROR/` also finds every event that merely mentions an error, and misses
 * CRITICAL. The hour is the console's default range.
 */
export const recentErrors = insights(
  "Errors of the last hour",
  `fields @timestamp, level, message, error_type, request_id
| filter level in ["ERROR", "CRITICAL"]
| sort @timestamp desc
| limit 100`,
);

/** What fails most. A new release is suspect when a type appears that was not there before. */
export const topErrorTypes = insights(
  "Top error types",
  `filter ispresent(error_type)
| stats count(*) as errors, count_distinct(request_id) as requests, latest(message) as example by error_type
| sort errors desc
| limit 20`,
);

/** Which jobs fail. */
export const failedJobs = insights(
  "Failed jobs by type",
  `filter level in ["ERROR", "CRITICAL"] and ispresent(type)
| stats count(*) as failures, latest(error) as example by type
| sort failures desc
| limit 20`,
);
