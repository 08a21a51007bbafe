import { archiveDatabase, archiveTable } from "./archive-names";

/** A question to the archive, saved in Athena. */
export interface ArchiveQuery {
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

/** Events, one to a row, of the days that a question is about. */
const events = (environment: string, days: string): string => `FROM "${archiveDatabase(environment)}"."${archiveTable}"
CROSS JOIN UNNEST(logevents) AS event (id, at, message)
WHERE messagetype = 'DATA_MESSAGE'
  AND day >= date_format(current_date - interval '${days}' day, '%Y-%m-%d')`;

/** A field of a structured event; null in lines of text. */
const field = (name: string): string => `json_extract_scalar(message, '$.${name}')`;

const isFailure = `${field("level")} IN ('ERROR', 'CRITICAL')`;

/**
 * What is asked of the past. Times are the days in UTC that Firehose received the events on. `?` is a parameter: Athena's editor asks
 * for it, in quotes; `aws athena start-query-execution` takes it as `--execution-parameters`.
 */
export const archiveQueries = (environment: string): readonly ArchiveQuery[] => [
  {
    name: "Errors by service and day",
    description: "Errors of the last 30 days",
    sql: `SELECT service, day, count(*) AS errors
${events(environment, "30")}
  AND ${isFailure}
GROUP BY service, day
ORDER BY day, errors DESC`,
  },
  {
    name: "Trail of a request",
    description: "Everything that was logged of one request, by any service, in the last 90 days",
    sql: `SELECT from_unixtime(at / 1000.0) AS time, service, ${field("level")} AS level, ${field("message")} AS message, message AS event
${events(environment, "90")}
  AND ${field("request_id")} = ?
ORDER BY at`,
  },
  {
    name: "Activity of a user",
    description: "What happened for one user in the last 90 days",
    sql: `SELECT from_unixtime(at / 1000.0) AS time, service, ${field("message")} AS message, ${field("method")} AS method, ${field("path")} AS path, ${field("status_code")} AS status
${events(environment, "90")}
  AND ${field("user_id")} = ?
ORDER BY at`,
  },
  {
    name: "Errors week over week",
    description: "Errors by type in the last seven days, beside the seven before",
    sql: `SELECT service, ${field("error_type")} AS error_type,
  count_if(day > date_format(current_date - interval '7' day, '%Y-%m-%d')) AS this_week,
  count_if(day <= date_format(current_date - interval '7' day, '%Y-%m-%d')) AS week_before
${events(environment, "13")}
  AND ${isFailure}
GROUP BY 1, 2
ORDER BY this_week DESC, week_before DESC`,
  },
];
