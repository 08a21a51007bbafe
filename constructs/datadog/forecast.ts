import { DATADOG_LIMITS } from "../../languages/datadog/limits";
import { functionCall, namedArgument, numberLiteral, textArgument } from "../../languages/datadog/metric-expression";
import { type MetricMonitorQuery, metricMonitorQuery } from "../../languages/datadog/monitor-query";
import { isUpper } from "../../model/comparison";
import type { CompareCondition } from "../../model/definite-condition";
import { parseDuration } from "../../model/duration";
import type { Expression } from "../../model/expression";
import { fail, ok, type Result } from "../../model/result";
import { selectionQuery } from "./compile";
import { refusesToKeep, tidyWindowOf } from "./evaluation";
import { scaled, scaleOf } from "./scale";
import type { QueryOptions } from "./single-query";

/** Points that a line is drawn through: enough that one of them cannot tilt it. */
const pointsOfHistory = 60;

/**
 * A forecast as Datadog makes it. The line is the straight one through the whole history (model `simple`), which is as long as the
 * expression's window, or the duration where that is longer. The edge of its bounds is compared, hence the least width that there
 * is; and the furthest point on the way there, so that a gauge that is beyond the threshold already is told as well. Datadog's forecasts
 * compare with `>=` and `<=` alone, which for a forecast differs by nothing.
 * Source: Datadog documentation, Forecasts Monitor, "Algorithms" and "API".
 */
export function forecastQuery(
  forecast: Extract<Expression, { kind: "forecast" }>,
  { comparison, threshold }: CompareCondition,
  options: QueryOptions,
): Result<MetricMonitorQuery> {
  const { of, aggregation, by } = forecast;
  const kept = refusesToKeep(options);
  if (!kept.ok) return kept;
  if (aggregation === "count") return fail("Datadog cannot count the series of a metric");
  const ahead = parseDuration(forecast.ahead);
  const history = parseDuration(forecast.window);
  if (!ahead.ok) return ahead;
  if (!history.ok) return history;
  if (ahead.value < DATADOG_LIMITS.forecastWindowMinimumSeconds) {
    return fail(
      `Datadog forecasts 12 hours ahead at the least, and not ${forecast.ahead}; look further ahead, or evaluate the alert with prometheus (evaluator: "prometheus")`,
    );
  }
  const metric = selectionQuery(of, aggregation, by, options.scope);
  if (!metric.ok) return metric;
  const scale = scaleOf(forecast, threshold);
  const seconds = Math.max(history.value, options.forSeconds);
  const interval = Math.max(60, Math.ceil(seconds / pointsOfHistory / 60) * 60);
  const upper = isUpper(comparison);
  return ok(
    metricMonitorQuery({
      aggregate: upper ? "max" : "min",
      frame: "next",
      window: tidyWindowOf(ahead.value),
      comparator: upper ? ">=" : "<=",
      threshold: scale.write(threshold),
      expression: functionCall(
        "forecast",
        scaled(metric.value, scale.factor),
        textArgument("linear"),
        numberLiteral("1"),
        namedArgument("interval", { kind: "number", text: String(interval) }),
        namedArgument("history", { kind: "text", value: tidyWindowOf(seconds) }),
        namedArgument("model", { kind: "text", value: "simple" }),
      ),
    }),
  );
}
