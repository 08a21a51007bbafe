import { insights } from "../../model/saved-query";

/** Redis marks what is wrong with `#`: `1:M 05 Jan 2026 10:00:00.000 # WARNING …`. */
export const redisWarnings = insights(
  "Warnings of the last hour",
  `fields @timestamp, @logStream, @message
| filter @message like /^\\d+:[XCSM] .* # /
| sort @timestamp desc
| limit 100`,
);
