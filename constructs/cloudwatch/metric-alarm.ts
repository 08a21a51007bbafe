import type Big from "big.js";
import type { NoData } from "../../model/alert";
import type { Comparison } from "../../model/comparison";
import type { AnomalyDirection } from "../../model/condition";
import { plain } from "../../model/quantity";
import { fail, ok, type Result } from "../../model/result";
import { alarmLimits, evaluationProblem } from "./limits";
import { type AlarmQuery, type Maths, queriesOf } from "./maths";

/** What a datapoint without data counts as. Source: CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data". */
export type MissingData = "notBreaching" | "ignore" | "breaching";

/**
 * What missing data means. CloudWatch's own default (`missing`) would leave the alarm in INSUFFICIENT_DATA, which neither fires nor
 * resolves anything in PagerDuty.
 */
export const missingData: Readonly<Record<NoData, MissingData>> = {
  ok: "notBreaching",
  keep: "ignore",
  alert: "breaching",
};

/** Source: CloudWatch API reference, PutMetricAlarm, `ComparisonOperator`. */
export type ComparisonOperator =
  | "GreaterThanThreshold"
  | "GreaterThanOrEqualToThreshold"
  | "LessThanThreshold"
  | "LessThanOrEqualToThreshold"
  | "GreaterThanUpperThreshold"
  | "LessThanLowerThreshold"
  | "LessThanLowerOrGreaterThanUpperThreshold";

export const comparisonOperators: Readonly<Record<Comparison, ComparisonOperator>> = {
  ">": "GreaterThanThreshold",
  ">=": "GreaterThanOrEqualToThreshold",
  "<": "LessThanThreshold",
  "<=": "LessThanOrEqualToThreshold",
};

const bandOperators: Readonly<Record<AnomalyDirection, ComparisonOperator>> = {
  above: "GreaterThanUpperThreshold",
  below: "LessThanLowerThreshold",
  either: "LessThanLowerOrGreaterThanUpperThreshold",
};

/** What an alarm holds against what. */
export interface Watch {
  /** The last one that is no band is what is watched. */
  readonly queries: readonly AlarmQuery[];
  /** Seconds. */
  readonly period: number;
  readonly operator: ComparisonOperator;
  /** A number, or the query that is an anomaly's band. */
  readonly threshold:
    | { readonly kind: "number"; readonly value: number }
    | { readonly kind: "band"; readonly id: string };
  readonly missing: MissingData;
}

/** How many of how many last points must be beyond the threshold. */
export interface Evaluation {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
}

/** A CloudWatch metric alarm, without a name or anybody to tell. */
export interface MetricAlarm extends Watch, Evaluation {}

function queryProblem(queries: readonly AlarmQuery[]): string | undefined {
  const metrics = queries.filter(({ kind }) => kind === "metric").length;
  if (metrics > alarmLimits.metrics) {
    return `it reads ${metrics} metrics, and a CloudWatch alarm reads ${alarmLimits.metrics} at most; divide the alert`;
  }
  const longest = Math.max(0, ...queries.map((query) => (query.kind === "expression" ? query.expression.length : 0)));
  return longest > alarmLimits.expressionLength
    ? `its metric maths is ${longest} characters long, and ${alarmLimits.expressionLength} are accepted; divide the alert`
    : undefined;
}

function checkedWatch(watch: Watch): Result<Watch> {
  const problem = queryProblem(watch.queries);
  return problem === undefined ? ok(watch) : fail(problem);
}

/** Maths held against a limit. */
export function watchNumber(
  maths: Maths,
  comparison: Comparison,
  limit: Big,
  { period, missing }: Pick<Watch, "period" | "missing">,
): Result<Watch> {
  const value = Number(plain(limit));
  if (!Number.isFinite(value)) return fail(`${plain(limit)} is no number that CloudWatch holds`);
  const operator = comparisonOperators[comparison];
  return checkedWatch({ queries: queriesOf(maths), period, operator, threshold: { kind: "number", value }, missing });
}

/** The id of a band among an alarm's queries. */
const bandId = "band";

/** Maths held against the band that CloudWatch learns for it. Source: CloudWatch API, PutMetricAlarm, `ThresholdMetricId`. */
export function watchBand(
  maths: Maths,
  { deviations, direction }: { readonly deviations: Big; readonly direction: AnomalyDirection },
  { period, missing }: Pick<Watch, "period" | "missing">,
): Result<Watch> {
  const queries = queriesOf(maths);
  const watched = queries.at(-1)?.id ?? "";
  const expression = `ANOMALY_DETECTION_BAND(${watched}, ${plain(deviations)})`;
  return checkedWatch({
    queries: [...queries, { kind: "expression", id: bandId, expression }],
    period,
    operator: bandOperators[direction],
    threshold: { kind: "band", id: bandId },
    missing,
  });
}

/** The watch as an alarm, where CloudWatch looks back that far. */
export function metricAlarm(watch: Watch, evaluation: Evaluation): Result<MetricAlarm> {
  const problem = evaluationProblem(watch.period, evaluation.evaluationPeriods);
  return problem === undefined ? ok({ ...watch, ...evaluation }) : fail(problem);
}
