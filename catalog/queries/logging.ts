import { insights } from "../../model/saved-query";

/** Fluentd logs JSON, with its level in lower case; what an output refuses stands in `message`. */
export const fluentdErrors = insights(
  "Errors of the last hour",
  `fields @timestamp, @logStream, @message
| filter @message like /"level":"(warn|error|fatal)"/
| sort @timestamp desc
| limit 100`,
);
