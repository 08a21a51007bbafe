/**
 * What reads the events of a log group, masked: also while they come, as the runbooks' commands do. Each is about log groups, `GetLogEvents`
 * about their streams (Service Authorization Reference, Amazon CloudWatch Logs, "Actions defined by").
 */
export const logGroupReading: readonly string[] = [
  "logs:DescribeLogStreams",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:GetLogGroupFields",
  "logs:GetLogRecord",
  "logs:GetQueryResults",
  "logs:StartLiveTail",
  "logs:StartQuery",
];

/**
 * What goes on with queries and live tails that were begun. They know no single log group (Service Authorization Reference, "Actions,
 * resources, and condition keys for Amazon CloudWatch Logs").
 */
export const logQueryReading: readonly string[] = [
  "logs:DescribeQueries",
  "logs:DescribeQueryDefinitions",
  "logs:StopLiveTail",
  "logs:StopQuery",
];
