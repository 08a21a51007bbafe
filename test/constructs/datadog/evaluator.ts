import type { DatadogMonitor } from "../../../constructs/datadog/monitor";
import { type CompositeQuery, monitorsIn } from "../../../languages/datadog/composite-query";
import { functionsIn } from "../../../languages/datadog/function-check";
import type { ArithmeticOperator, MetricExpression, MetricQuery } from "../../../languages/datadog/metric-expression";
import { parseDatadogMetricExpression } from "../../../languages/datadog/metric-parser";
import type { Scope } from "../../../languages/datadog/metric-scope";
import { parseDatadogMonitorQuery } from "../../../languages/datadog/monitor-parser";
import type { MonitorComparator, TimeAggregate } from "../../../languages/datadog/monitor-query";
import { windowSeconds } from "../../../languages/datadog/window";
import { holds, joined, type Samples, type Series } from "./samples";

/** Whether a tag passes a filter; `*` stands for any characters. */
function passes(scope: Scope, tags: Readonly<Record<string, string>>): boolean {
  switch (scope.kind) {
    case "everywhere":
      return true;
    case "tag": {
      // The service and environment are those of the samples.
      if (scope.key === "env" || scope.key === "service") return true;
      const value = tags[scope.key] ?? "";
      return scope.value.endsWith("*") ? value.startsWith(scope.value.slice(0, -1)) : value === scope.value;
    }
    case "not":
      return !passes(scope.scope, tags);
    case "and":
      return scope.scopes.every((each) => passes(each, tags));
    case "or":
      return scope.scopes.some((each) => passes(each, tags));
    case "tag-in":
      return scope.values.includes(tags[scope.key] ?? "");
    case "bare-tag":
    case "variable":
      throw new Error(`a filter by ${scope.kind} is not evaluated`);
  }
}

interface Span {
  /** Minutes, both within. */
  readonly from: number;
  readonly to: number;
}

const seriesOf = ({ metric, scope }: MetricQuery, samples: Samples): readonly Series[] =>
  samples.filter((series) => series.datadog === metric && passes(scope, series.tags));

const minutesOf = ({ from, to }: Span): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

/** One query at one minute, in the unit that Datadog holds. */
function pointOf(query: MetricQuery, samples: Samples, minute: number): number | undefined {
  if (typeof query.aggregator !== "string") throw new Error("threshold queries are not evaluated");
  const points = seriesOf(query, samples).flatMap(({ points: all, heldPerUnit }) => {
    const point = all[minute];
    return point === undefined ? [] : [point * heldPerUnit];
  });
  return joined(query.aggregator, points);
}

function calculated(operator: ArithmeticOperator, left: number, right: number): number | undefined {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? undefined : left / right;
  }
}

/** An expression; counts are summed over the span before anything is computed of them, all else is of its last minute. */
function valueAt(expression: MetricExpression, samples: Samples, span: Span): number | undefined {
  switch (expression.kind) {
    case "number":
      return Number(expression.text);
    case "query":
      return pointOf(expression, samples, span.to);
    case "negate": {
      const value = valueAt(expression.operand, samples, span);
      return value === undefined ? undefined : -value;
    }
    case "arithmetic": {
      const left = valueAt(expression.left, samples, span);
      const right = valueAt(expression.right, samples, span);
      if (left === undefined || right === undefined) return undefined;
      return calculated(expression.operator, left, right);
    }
    case "modifier": {
      const { name, operand } = expression;
      if (operand.kind !== "query") throw new Error(`${name} of what is no query is not evaluated`);
      const counts = minutesOf(span).flatMap((minute) => pointOf(operand, samples, minute) ?? []);
      if (name === "as_count") return joined("sum", counts);
      const point = pointOf(operand, samples, span.to);
      if (name === "as_rate") return point === undefined ? undefined : point / 60;
      throw new Error(`${name} is not evaluated`);
    }
    case "call":
      throw new Error(`${expression.name} is not evaluated`);
  }
}

function overTime(aggregate: TimeAggregate, expression: MetricExpression, samples: Samples, span: Span) {
  if (functionsIn(expression).includes("as_count")) {
    if (aggregate !== "sum") throw new Error(`counts are summed over a window, and not joined by ${aggregate}`);
    return valueAt(expression, samples, span);
  }
  const points = minutesOf(span).flatMap((to) => valueAt(expression, samples, { from: to, to }) ?? []);
  if (aggregate === "percentile") throw new Error("percentiles are not evaluated");
  return joined(aggregate, points);
}

const compares = (comparator: MonitorComparator, value: number, threshold: number): boolean => {
  if (comparator === "==" || comparator === "!=") throw new Error(`${comparator} is not evaluated`);
  return holds(comparator, value, threshold);
};

/** The verdict of a query, as our own parser reads it, at a minute. Without data a monitor is well. */
function queryAlerts(text: string, samples: Samples, minute: number): boolean {
  const parsed = parseDatadogMonitorQuery(text);
  if (!parsed.ok || parsed.value.kind !== "metric") throw new Error(`not a metric monitor: ${text}`);
  const { aggregate, window, expression, comparator, threshold } = parsed.value;
  const span = { from: minute - windowSeconds(window) / 60 + 1, to: minute };
  const value = overTime(aggregate, expression, samples, span);
  return value !== undefined && compares(comparator, value, Number(threshold));
}

function compositeAlerts(query: CompositeQuery, alerting: ReadonlySet<string>): boolean {
  switch (query.kind) {
    case "monitor":
      return alerting.has(query.id);
    case "not":
      return !compositeAlerts(query.of, alerting);
    case "and":
      return compositeAlerts(query.left, alerting) && compositeAlerts(query.right, alerting);
    case "or":
      return compositeAlerts(query.left, alerting) || compositeAlerts(query.right, alerting);
  }
}

function sumOver(text: string, samples: Samples, span: Span): number {
  const parsed = parseDatadogMetricExpression(text);
  if (!parsed.ok) throw new Error(`not an expression: ${text}`);
  return valueAt(parsed.value, samples, span) ?? 0;
}

/** Whether a monitor alerts at a minute: an evaluator of what this product makes of metrics, and no more of Datadog. */
export function alerts(monitor: DatadogMonitor, samples: Samples, minute: number): boolean {
  switch (monitor.type) {
    case "query alert":
      return queryAlerts(monitor.query, samples, minute);
    case "composite": {
      const alerting = monitor.parts.filter((part) => alerts(part.monitor, samples, minute)).map(({ id }) => id);
      if (monitorsIn(monitor.query).length !== monitor.parts.length) throw new Error("parts are missing");
      return compositeAlerts(monitor.query, new Set(alerting));
    }
    case "slo alert": {
      const { sli, target } = monitor.slo;
      if (sli.type !== "metric") throw new Error("time slices are not evaluated");
      return [monitor.query.long, monitor.query.short].every((window) => {
        const span = { from: minute - windowSeconds(window) / 60 + 1, to: minute };
        const all = sumOver(sli.denominator, samples, span);
        const share = all === 0 ? 0 : (all - sumOver(sli.numerator, samples, span)) / all;
        return share / (1 - Number(target) / 100) > Number(monitor.query.threshold);
      });
    }
    case "log alert":
      throw new Error("logs are not evaluated");
  }
}
