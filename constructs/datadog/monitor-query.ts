import Big from "big.js";
import { parseDatadogMonitorQuery } from "../../languages/datadog/monitor-parser";
import { type DatadogMonitorQuery, logMonitorQuery, metricMonitorQuery } from "../../languages/datadog/monitor-query";
import { windowSeconds } from "../../languages/datadog/window";
import type { CompareCondition, DefiniteCondition } from "../../model/definite-condition";
import type { Expression } from "../../model/expression";
import { plain } from "../../model/quantity";
import { fail, never, ok, type Result } from "../../model/result";
import { absentQuery } from "./absent";
import { anomalyQuery } from "./anomaly";
import { compileDatadog, compileGrowth } from "./compile";
import { evaluation, ownWindow, refusesToKeep, windowOf } from "./evaluation";
import { forecastQuery } from "./forecast";
import { logSearch } from "./log-search";
import { queryText } from "./query-text";
import { type Scale, scaledBy, scaleOf } from "./scale";
import type { MonitorQuery, QueryOptions, SimpleCondition } from "./single-query";

interface Compared {
  readonly query: DatadogMonitorQuery;
  readonly scale: Scale;
}

function compared(condition: CompareCondition, options: QueryOptions): Result<Compared> {
  const { expression, comparison, threshold } = condition;
  const scale = scaleOf(expression, threshold);
  const shared = { comparator: comparison, threshold: scale.write(threshold) };
  if (expression.kind === "forecast") {
    const query = forecastQuery(expression, condition, options);
    return query.ok ? ok({ query: query.value, scale }) : query;
  }
  if (expression.kind === "log-count") return comparedLogs(condition, expression, options);
  const judged = evaluation(condition, options);
  const own = ownWindow(expression);
  if (!judged.ok) return judged;
  if (!own.ok) return own;
  const { aggregate, window, grown } = judged.value;
  const compiled =
    grown && expression.kind === "rate"
      ? compileGrowth(expression, options.scope)
      : compileDatadog(expression, options.scope);
  if (!compiled.ok) return compiled;
  const span = new Big(windowSeconds(window));
  // A rate is the growth per second, and an increase over a longer time is brought back to its own.
  const [times, by] = grown
    ? [scale.factor, span]
    : expression.kind === "increase"
      ? [scale.factor.times(own.value), span]
      : [scale.factor, new Big(1)];
  return ok({
    query: metricMonitorQuery({ ...shared, aggregate, window, expression: scaledBy(compiled.value, times, by) }),
    scale,
  });
}

/** Logs are counted over the longer of the window and the duration; so many more of them may be counted over a longer time. */
function comparedLogs(
  { comparison, threshold }: CompareCondition,
  logs: Extract<Expression, { kind: "log-count" }>,
  options: QueryOptions,
): Result<Compared> {
  const own = ownWindow(logs);
  const kept = refusesToKeep(options);
  if (!own.ok) return own;
  if (!kept.ok) return kept;
  if (own.value === 0) return fail("a window of no time holds no log events");
  const window = windowOf(Math.max(options.forSeconds, own.value));
  const more = new Big(windowSeconds(window)).div(own.value);
  const scale: Scale = { factor: new Big(1), write: ({ value }) => plain(value.times(more).round(6)), suffix: "" };
  return ok({
    query: logMonitorQuery({
      search: logSearch(logs.filter, options.scope),
      window,
      comparator: comparison,
      threshold: scale.write(threshold),
    }),
    scale,
  });
}

function compareQuery(condition: CompareCondition, options: QueryOptions): Result<MonitorQuery> {
  const result = compared(condition, options);
  if (!result.ok) return result;
  const { query, scale } = result.value;
  const text = queryText(query);
  if (!text.ok) return text;
  const { recovery } = options;
  return ok({
    kind: query.kind,
    text: text.value,
    critical: query.threshold,
    ...(recovery === undefined ? {} : { recovery: scale.write(recovery) }),
    alertsOnSilence: false,
    value: { kind: "measured", suffix: scale.suffix },
  });
}

/** A query as the user wrote it: its own number is the threshold. */
function rawQuery(
  { language, text }: Extract<DefiniteCondition, { kind: "raw" }>,
  options: QueryOptions,
): Result<MonitorQuery> {
  if (language !== "datadog") return fail("a condition in PromQL can be evaluated by prometheus only");
  const kept = refusesToKeep(options);
  if (!kept.ok) return kept;
  const parsed = parseDatadogMonitorQuery(text);
  if (!parsed.ok)
    return fail(parsed.diagnostics.map(({ message, offset }) => `${message} (at character ${offset + 1})`).join(" "));
  const { kind, threshold } = parsed.value;
  return ok({ kind, text, critical: threshold, alertsOnSilence: false, value: { kind: "measured", suffix: "" } });
}

/** The query of one monitor with its thresholds, or why Datadog cannot say it. */
export function monitorQuery(condition: SimpleCondition, options: QueryOptions): Result<MonitorQuery> {
  switch (condition.kind) {
    case "compare":
      return compareQuery(condition, options);
    case "absent":
      return absentQuery(condition, options);
    case "anomaly":
      return anomalyQuery(condition, options);
    case "raw":
      return rawQuery(condition, options);
    default:
      return never(condition);
  }
}
