import { arithmetic, type MetricExpression, numberLiteral } from "../../languages/datadog/metric-expression";
import { parseDatadogMonitorQuery } from "../../languages/datadog/monitor-parser";
import { checkedMonitorQuery } from "../../languages/datadog/monitor-printer";
import {
  type DatadogMonitorQuery,
  logMonitorQuery,
  metricMonitorQuery,
  type TimeAggregate,
} from "../../languages/datadog/monitor-query";
import type { Window } from "../../languages/datadog/window";
import type { AlertRule } from "../../model/alert-rule";
import type { CompareCondition, DefiniteCondition } from "../../model/definite-condition";
import { parseDuration } from "../../model/duration";
import { dimensionOf, type Expression, selectionsOf } from "../../model/expression";
import { metricUnits } from "../../model/metric";
import { plain, type Quantity, secondsPer } from "../../model/quantity";
import { checked, fail, never, ok, type Result } from "../../model/result";
import { compileDatadog, type DatadogScope, readsCounts } from "./compile";
import { logSearch } from "./log-search";

/** A monitor's query with the numbers that must agree with it; all of them come from one threshold. */
export interface MonitorQuery {
  readonly kind: "metric" | "log";
  readonly text: string;
  /** The number in the query, to the letter. */
  readonly critical: string;
  /** In the unit of `critical`. Absent where the alert has none. */
  readonly recovery?: string;
  /** What `{{value}}` is followed by in a message. */
  readonly suffix: string;
}

/** How a condition's numbers are said to Datadog: what the left side is multiplied by, how a threshold is written, and its unit. */
interface Scale {
  readonly factor: string;
  readonly write: (quantity: Quantity) => string;
  readonly suffix: string;
}

/**
 * Ratios are said in percent, as people read them, and frequencies per the time of the threshold; everything else in the unit in
 * which Datadog holds the metric.
 */
function scaleOf(expression: Expression, threshold: Quantity): Scale {
  const dimension = dimensionOf(expression);
  const [selection] = selectionsOf(expression);
  const unit = selection?.metric.datadog?.unit ?? selection?.metric.unit;
  const held = unit === undefined ? undefined : metricUnits[unit];
  switch (dimension) {
    case "ratio": {
      const inPercent = expression.kind === "value" && unit === "percent";
      return { factor: inPercent ? "1" : "100", write: ({ value }) => plain(value.times(100)), suffix: "%" };
    }
    case "frequency":
    case "throughput": {
      const per = threshold.per ?? "second";
      const noun = dimension === "throughput" ? " bytes" : "";
      return { factor: String(secondsPer[per]), write: ({ value }) => plain(value), suffix: `${noun} per ${per}` };
    }
    case "time":
    case "information": {
      const factor = held?.factor ?? "1";
      return {
        factor: "1",
        write: ({ value }) => plain(value.div(factor)),
        suffix: unit === undefined ? "" : ` ${unit}`,
      };
    }
    case "count":
      return { factor: "1", write: ({ value }) => plain(value), suffix: "" };
    default:
      return never(dimension);
  }
}

const scaled = (expression: MetricExpression, factor: string): MetricExpression =>
  factor === "1" ? expression : arithmetic(expression, "*", numberLiteral(factor));

/** Longest window that an expression looks back over; 0 for a gauge. */
function ownWindow(expression: Expression): number {
  switch (expression.kind) {
    case "value":
      return 0;
    case "rate":
    case "increase":
    case "quantile":
    case "fraction":
    case "forecast":
    case "time-share":
    case "log-count":
      return checked(parseDuration(expression.window));
    case "ratio":
      return Math.max(ownWindow(expression.numerator), ownWindow(expression.denominator));
    case "complement":
      return ownWindow(expression.of);
    default:
      return never(expression);
  }
}

/** Datadog's windows are whole minutes, at least one. */
const windowOf = (seconds: number): Window => `${Math.max(1, Math.ceil(seconds / 60))}m`;

/**
 * Datadog has no "for": a condition is judged over one window. Counts are summed, and quantiles taken, over the longer of the
 * expression's window and the duration. A gauge or a rate must be beyond the threshold at every point of the duration, so its
 * least (or, below a threshold, greatest) point is compared.
 */
function evaluation(
  { expression, comparison }: CompareCondition,
  forSeconds: number,
): { readonly aggregate: TimeAggregate; readonly window: Window } {
  const whole = windowOf(Math.max(forSeconds, ownWindow(expression)));
  if (readsCounts(expression)) return { aggregate: "sum", window: whole };
  if (expression.kind === "quantile") return { aggregate: "percentile", window: whole };
  const beyond = comparison === ">" || comparison === ">=" ? "min" : "max";
  return { aggregate: beyond, window: forSeconds === 0 ? whole : windowOf(forSeconds) };
}

function compareQuery(
  condition: CompareCondition,
  { forSeconds }: AlertRule,
  scope: DatadogScope,
): Result<{ readonly query: DatadogMonitorQuery; readonly scale: Scale }> {
  const { expression, comparison, threshold } = condition;
  const scale = scaleOf(expression, threshold);
  const shared = { comparator: comparison, threshold: scale.write(threshold) };
  if (expression.kind === "log-count") {
    const window = windowOf(Math.max(forSeconds, ownWindow(expression)));
    return ok({ query: logMonitorQuery({ ...shared, search: logSearch(expression.filter, scope), window }), scale });
  }
  const compiled = compileDatadog(expression, scope);
  if (!compiled.ok) return compiled;
  return ok({
    query: metricMonitorQuery({
      ...shared,
      ...evaluation(condition, forSeconds),
      expression: scaled(compiled.value, scale.factor),
    }),
    scale,
  });
}

/** The query of an alert that Datadog evaluates, with its thresholds, or why Datadog cannot say it. */
export function monitorQuery(rule: AlertRule): Result<MonitorQuery> {
  const { condition, recovery, service, environment } = rule;
  if (condition.kind === "raw") return rawQuery(condition);
  if (condition.kind !== "compare") return fail(`Datadog cannot evaluate "${condition.kind}" yet`);
  const compared = compareQuery(condition, rule, { service, environment });
  if (!compared.ok) return compared;
  const { query, scale } = compared.value;
  const text = checkedMonitorQuery(query);
  if (!text.ok) return fail(text.diagnostics.map(({ message }) => message).join(" "));
  return ok({
    kind: query.kind,
    text: text.value,
    critical: query.threshold,
    ...(recovery === undefined ? {} : { recovery: scale.write(recovery) }),
    suffix: scale.suffix,
  });
}

/** A query as the user wrote it: its own number is the threshold. */
function rawQuery({ language, text }: Extract<DefiniteCondition, { kind: "raw" }>): Result<MonitorQuery> {
  if (language !== "datadog") return fail("a condition in PromQL can be evaluated by prometheus only");
  const parsed = parseDatadogMonitorQuery(text);
  if (!parsed.ok)
    return fail(parsed.diagnostics.map(({ message, offset }) => `${message} (at character ${offset + 1})`).join(" "));
  return ok({ kind: parsed.value.kind, text, critical: parsed.value.threshold, suffix: "" });
}
