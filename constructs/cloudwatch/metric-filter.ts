import type { ServiceEstate } from "../../model/estate";
import { fieldsOf } from "../../model/log-filter";
import type { LogMetric } from "../../model/log-metric";
import { fail, ok, type Result } from "../../model/result";
import { logFieldsOf } from "../../model/service";
import { nearest } from "../../model/suggest";
import { filterPattern, selector, selectorProblem } from "./filter-pattern";
import { limits, metricNameProblem } from "./limits";

/** The metric that a metric filter counts into. */
export interface MetricTransformation {
  readonly name: string;
  readonly namespace: string;
  /** What one matching event adds. */
  readonly value: "1";
  readonly unit: "Count";
  /** Reported for a minute with events but no match, so that an alarm sees 0 and not a gap. AWS refuses it beside dimensions. */
  readonly defaultValue?: "0";
  /** Selectors of event fields, by dimension name. */
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** A CloudWatch Logs metric filter. */
export interface MetricFilter {
  /** Unique in its log group. */
  readonly name: string;
  readonly pattern: string;
  readonly transformation: MetricTransformation;
}

/** The namespace of every metric counted from a service's logs: `Estate/<service>`, which cannot clash with AWS' own `AWS/…`. */
export const logMetricNamespace = (service: string): string => `Estate/${service}`;

function fieldProblems(
  part: "filter" | "by",
  fields: readonly string[],
  known: ReadonlySet<string>,
): readonly string[] {
  return fields
    .filter((field) => !known.has(field))
    .map((field) => {
      const near = nearest(field, known);
      const fix = near === undefined ? "declare it in its telemetry" : `did you mean "${near}"?`;
      return `${part}: the service declares no log field "${field}": ${fix}`;
    });
}

/**
 * Dimensions and a default value exclude each other.
 * Source: CloudWatch Logs, "Filter pattern syntax for metric filters", publishing dimensions with metrics.
 */
const series = (by: readonly string[]): Pick<MetricTransformation, "defaultValue" | "dimensions"> =>
  by.length === 0
    ? { defaultValue: "0" }
    : { dimensions: Object.fromEntries(by.map((field) => [field, selector(field)])) };

/**
 * The metric filter that counts a log metric's events, one each, into the metric of the same name (as it is in the catalog, so
 * that one name finds it everywhere) in the service's namespace.
 *
 * Fails, saying all that is wrong and of which part (`name`, `filter`, `by`): on a field that the service does not declare, on
 * more than three dimensions, and on a filter that has no pattern.
 * Sources: CloudWatch Logs API reference, PutMetricFilter and MetricTransformation.
 */
export function metricFilter(metric: LogMetric, { service }: Pick<ServiceEstate, "service">): Result<MetricFilter> {
  const { name, filter, by = [] } = metric;
  const namespace = logMetricNamespace(service.name);
  const known = new Set(logFieldsOf(service).map((field) => field.name));
  const nameProblem =
    metricNameProblem("name of a metric", name) ?? metricNameProblem("namespace of a metric", namespace);
  const pattern = filterPattern(filter);
  const problems = [
    ...(nameProblem === undefined ? [] : [`name: ${nameProblem}`]),
    ...fieldProblems("filter", fieldsOf(filter), known),
    ...(pattern.ok ? [] : [`filter: ${pattern.error}`]),
    ...fieldProblems("by", by, known),
    ...by.flatMap((field) => selectorProblem(field) ?? []).map((problem) => `by: ${problem}`),
    ...(by.length > limits.dimensionsPerMetricFilter
      ? [
          `by: ${by.length} fields, and ${limits.dimensionsPerMetricFilter} are accepted: keep those that an alarm needs`,
        ]
      : []),
  ];
  if (!pattern.ok || problems.length > 0) return fail(problems.join("; "));
  return ok({
    name,
    pattern: pattern.value,
    transformation: { name, namespace, value: "1", unit: "Count", ...series(by) },
  });
}

/** What is wrong with the number of a service's metric filters, all of them on its one log group, or undefined. */
export const metricFilterCountProblem = (
  { service }: Pick<ServiceEstate, "service">,
  /** Filters that only alarms count by. */
  ofAlarms = 0,
): string | undefined =>
  service.logMetrics.length + ofAlarms > limits.metricFiltersPerLogGroup
    ? `${service.logMetrics.length} log metrics${ofAlarms === 0 ? "" : ` and ${ofAlarms} of alarms`}, and a log group takes ${limits.metricFiltersPerLogGroup} metric filters: drop some, or use dimensions`
    : undefined;
