import { insights } from "../../model/saved-query";

/** The level stands in the line, after its prefix: `…:[1234]:ERROR:  deadlock detected`. */
export const postgresErrors = insights(
  "Errors of the last hour",
  `fields @timestamp, @message
| filter @message like /(ERROR|FATAL|PANIC):/
| sort @timestamp desc
| limit 100`,
);

/** Which statements and locks wait for each other, from `log_lock_waits`. */
export const lockWaits = insights(
  "Deadlocks and lock waits",
  `fields @timestamp, @message
| filter @message like /deadlock detected|still waiting for/
| sort @timestamp desc
| limit 100`,
);
