/**
 * What CloudWatch Logs accepts. Lengths are in characters; AWS fixes all of these, none can be raised by a request.
 * Sources: CloudWatch Logs API reference (CreateLogGroup, PutMetricFilter, MetricTransformation, QueryDefinition); CloudWatch
 * API reference (PutMetricData, `Namespace`); AWS CloudFormation reference, AWS::Logs::QueryDefinition.
 */
export const limits = {
  /** CreateLogGroup, `logGroupName`. */
  logGroupNameLength: 512,
  /** PutMetricFilter, `filterPattern`. */
  filterPatternLength: 1024,
  /** PutMetricFilter. */
  metricFiltersPerLogGroup: 100,
  /** MetricTransformation, `dimensions`. */
  dimensionsPerMetricFilter: 3,
  /** MetricTransformation, `metricName` and `metricNamespace`. */
  metricNameLength: 255,
  /** QueryDefinition, `name`. */
  queryNameLength: 255,
  /** QueryDefinition, `queryString`. */
  queryTextLength: 10_000,
} as const;

const tooLong = (what: string, length: number, limit: number): string =>
  `the ${what} is ${length} characters long: shorten it to at most ${limit}`;

/**
 * What is wrong with a log group's name, or undefined.
 * Source: CloudWatch Logs API reference, CreateLogGroup (naming guidelines).
 */
export function logGroupNameProblem(name: string): string | undefined {
  if (name === "") return "the log group has no name: write one, such as /ecs/shop";
  if (!/^[A-Za-z0-9_\-/.#]+$/.test(name)) {
    return `"${name}" is not a log group name: use letters, digits and _ - / . # only`;
  }
  if (name.startsWith("aws/")) return `"${name}" is a name reserved by AWS: do not start it with aws/`;
  if (name.length > limits.logGroupNameLength) {
    return tooLong("name of the log group", name.length, limits.logGroupNameLength);
  }
  return undefined;
}

/**
 * What is wrong with the name or namespace of a metric that a metric filter makes, or undefined; `what` names it in the message.
 * A metric's name is its filter's name too, whose rule is wider. Only printable ASCII is accepted in CloudWatch itself.
 * Sources: CloudWatch Logs API reference, MetricTransformation; CloudWatch API reference, PutMetricData.
 */
export function metricNameProblem(what: string, name: string): string | undefined {
  if (name.trim() === "") return `the ${what} is empty: write one`;
  if (/[:*$]/.test(name)) return `"${name}" is not a ${what}: leave out : * and $`;
  if (!/^[\x20-\x7e]+$/.test(name)) return `"${name}" is not a ${what}: use ASCII characters only`;
  if (name.length > limits.metricNameLength) return tooLong(what, name.length, limits.metricNameLength);
  return undefined;
}

/**
 * What is wrong with the full name of a query definition, its folders included, or undefined.
 * Sources: CloudWatch Logs API reference, QueryDefinition; Terraform AWS provider, `aws_cloudwatch_query_definition` (`name`,
 * which must not start or end with a slash, nor hold a colon or an asterisk).
 */
export function queryNameProblem(name: string): string | undefined {
  if (/[:*]/.test(name)) return `"${name}" is not a query's name: leave out : and *`;
  if (name.split("/").some((part) => part.trim() === "")) {
    return `"${name}" is not a query's name: a part of it, between slashes, is empty`;
  }
  if (name.length > limits.queryNameLength) return tooLong("name of the query", name.length, limits.queryNameLength);
  return undefined;
}

/** What is wrong with the length of a query's text, or undefined. */
export const queryTextLengthProblem = (text: string): string | undefined =>
  text.length > limits.queryTextLength ? tooLong("text of the query", text.length, limits.queryTextLength) : undefined;
