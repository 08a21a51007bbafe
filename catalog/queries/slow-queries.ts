import type { SavedQuery } from "../../model/saved-query";
import { insights } from "../../model/saved-query";

/** Slow enough that somebody waited, and as slow as PostgreSQL begins to log. */
const limits = { "1 s": 1000, "500 ms": 500 } as const;
type Limit = keyof typeof limits;

/** Slow queries as the service that asked saw them, waiting for a connection and the network included. */
const asked = (limit: Limit): SavedQuery =>
  insights(
    `Slow queries over ${limit}`,
    `fields @timestamp, duration_ms, query, request_id
| filter ispresent(query) and duration_ms > ${limits[limit]}
| sort duration_ms desc
| limit 100`,
  );

/**
 * Slow queries as PostgreSQL itself logged them: lines of text, `duration: 1234.567 ms  statement: SELECT …`, or `execute` and a
 * name for a prepared statement. There is no field to filter by until `parse` has made one.
 */
const served = (limit: Limit): SavedQuery =>
  insights(
    `Slow queries over ${limit}`,
    `fields @timestamp, @message
| parse @message /duration: (?<duration_ms>[0-9.]+) ms +(statement|execute [^:]*): (?<query>.*)/
| filter duration_ms > ${limits[limit]}
| sort duration_ms desc
| display @timestamp, duration_ms, query
| limit 100`,
  );

/** For a service that uses a database. */
export const slowQueries: readonly SavedQuery[] = [asked("1 s"), asked("500 ms")];

/** For the database itself. */
export const slowStatements: readonly SavedQuery[] = [served("1 s"), served("500 ms")];
