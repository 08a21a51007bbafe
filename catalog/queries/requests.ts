import { insights } from "../../model/saved-query";

/** Sorts by the count's alias: `sort count desc` would sort by a field `count`, which no event has, and so not at all. */
export const errorsByEndpoint = insights(
  "Errors by endpoint",
  `filter status_code >= 500
| stats count(*) as errors by path
| sort errors desc
| limit 50`,
);

/** Which endpoints are slow for half of their callers, and which for a few only. */
export const latencyByEndpoint = insights(
  "Latency by endpoint",
  `filter ispresent(path) and ispresent(duration_ms)
| stats count(*) as requests, pct(duration_ms, 50) as p50, pct(duration_ms, 95) as p95, pct(duration_ms, 99) as p99 by path
| sort p99 desc
| limit 50`,
);

/** Everything that one request logged, in order. Put in the request's id: callers have it as `X-Request-ID`. */
export const requestTrail = insights(
  "One request's trail",
  `fields @timestamp, level, name, message, duration_ms, error
| filter request_id = "12345"
| sort @timestamp asc
| limit 1000`,
);

/** What one user did, and what happened to them. Put in the user's id. */
export const userActivity = insights(
  "One user's activity",
  `fields @timestamp, level, message, method, path, status_code, request_id
| filter user_id = "12345"
| sort @timestamp desc
| limit 200`,
);
