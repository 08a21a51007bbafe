import { insights } from "../../model/saved-query";

/** A collector logs its time, its level and its text with tabs between them. */
export const collectorErrors = insights(
  "Errors of the last hour",
  `fields @timestamp, @logStream, @message
| filter @message like /\\t(warn|error|fatal)\\t/
| sort @timestamp desc
| limit 100`,
);
