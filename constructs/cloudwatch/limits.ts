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

/**
 * What CloudWatch accepts of alarms; none of it can be raised by a request.
 * Sources: CloudWatch API reference, PutMetricAlarm (`Period`, `AlarmDescription`), PutCompositeAlarm (`AlarmRule`), MetricAlarm,
 * MetricDataQuery; CloudWatch user guide, Alarms, "Limits".
 */
export const alarmLimits = {
  /** MetricAlarm, `AlarmName`. */
  nameLength: 255,
  /** MetricAlarm, `AlarmDescription`. */
  descriptionLength: 1024,
  /** MetricDataQuery: metrics that an expression of one alarm may read. */
  metrics: 10,
  /** Terraform AWS provider, `aws_cloudwatch_metric_alarm`, `metric_query.expression`; CloudWatch itself takes 2,048. */
  expressionLength: 1024,
  /** PutMetricAlarm, `Period`: seconds below a minute, of metrics that are stored with a resolution of a second. */
  highResolutionPeriods: [10, 20, 30],
  /** PutMetricAlarm, `Period`: seconds that all periods together may last where one is shorter than `longPeriodSeconds`. */
  evaluationSeconds: 86_400,
  /** PutMetricAlarm, `Period`: seconds that all periods together may last otherwise. */
  longEvaluationSeconds: 604_800,
  longPeriodSeconds: 3600,
  /** PutCompositeAlarm: alarms that one rule may name. */
  childrenPerComposite: 100,
  /** PutCompositeAlarm, `AlarmRule`. */
  ruleLength: 10_240,
  /** CloudWatch user guide, "Using CloudWatch anomaly detection": seconds that a model learns from. */
  anomalyTrainingSeconds: 1_209_600,
} as const;

/** What is wrong with the seconds of an alarm's period, or undefined. */
export function alarmPeriodProblem(seconds: number): string | undefined {
  const { highResolutionPeriods, longEvaluationSeconds } = alarmLimits;
  if (highResolutionPeriods.some((accepted) => accepted === seconds)) return undefined;
  if (seconds > 0 && seconds % 60 === 0 && seconds <= longEvaluationSeconds) return undefined;
  return `${seconds} seconds are no period of a CloudWatch alarm: write whole minutes, at most seven days`;
}

/** What is wrong with the time that an alarm looks back over, or undefined. */
export function evaluationProblem(period: number, evaluationPeriods: number): string | undefined {
  const { evaluationSeconds, longEvaluationSeconds, longPeriodSeconds } = alarmLimits;
  const most = period < longPeriodSeconds ? evaluationSeconds : longEvaluationSeconds;
  return period * evaluationPeriods > most
    ? `a CloudWatch alarm looks back over ${most === evaluationSeconds ? "a day" : "seven days"} at most with points of ${period} seconds, not over ${period * evaluationPeriods} seconds: shorten its times`
    : undefined;
}

/**
 * What is wrong with the name or description of an alarm, or undefined. Source: CloudWatch API reference, PutMetricAlarm,
 * `AlarmName` (no ASCII control characters).
 */
export function alarmTextProblem(name: string, description: string): string | undefined {
  if (/\p{Cc}/u.test(name)) return `"${name}" is not an alarm's name: leave out control characters`;
  if (name.length > alarmLimits.nameLength) return tooLong("name of the alarm", name.length, alarmLimits.nameLength);
  if (description.length > alarmLimits.descriptionLength) {
    return `${tooLong("text of the alarm", description.length, alarmLimits.descriptionLength)}, its summary, description and links together`;
  }
  return undefined;
}
