import type { AlertRule } from "../../model/alert-rule";
import { leavesOf } from "../../model/definite-condition";
import type { Expression } from "../../model/expression";
import type { LogFilter } from "../../model/log-filter";
import { type LogMetric, logMetric } from "../../model/log-metric";
import { never } from "../../model/result";
import type { Service } from "../../model/service";

function filtersOf(expression: Expression): readonly LogFilter[] {
  switch (expression.kind) {
    case "log-count":
      return [expression.filter];
    case "ratio":
      return [...filtersOf(expression.numerator), ...filtersOf(expression.denominator)];
    case "complement":
    case "time-share":
      return filtersOf(expression.of);
    case "value":
    case "rate":
    case "increase":
    case "quantile":
    case "fraction":
    case "forecast":
      return [];
    default:
      return never(expression);
  }
}

const keyOf = (filter: LogFilter): string => JSON.stringify(filter);

/** The log metrics that an alert counts by, and those of them that only it has. */
export interface AlarmLogMetrics {
  readonly nameOf: (filter: LogFilter) => string;
  /** Named by the alert, in CamelCase, where the service's own are in kebab-case. */
  readonly own: readonly LogMetric[];
}

/**
 * CloudWatch cannot count log events in an alarm, only read a metric that a metric filter counts them into. A log metric of the
 * service with the very same filter serves; any other filter becomes a metric of the alert's own.
 */
export function alarmLogMetrics(
  { name, condition }: Pick<AlertRule, "name" | "condition">,
  { logMetrics }: Pick<Service, "logMetrics">,
): AlarmLogMetrics {
  const expressions = leavesOf(condition).flatMap((leaf) => ("expression" in leaf ? [leaf.expression] : []));
  const filters = new Map(expressions.flatMap(filtersOf).map((filter) => [keyOf(filter), filter]));
  const shared = new Map(
    logMetrics.filter(({ by = [] }) => by.length === 0).map((metric) => [keyOf(metric.filter), metric.name]),
  );
  const own = [...filters.values()]
    .filter((filter) => !shared.has(keyOf(filter)))
    .map((filter, index) => logMetric(index === 0 ? name : `${name}-${index + 1}`, { filter }));
  const names = new Map([...shared, ...own.map((metric) => [keyOf(metric.filter), metric.name] as const)]);
  return { nameOf: (filter) => names.get(keyOf(filter)) ?? name, own };
}
