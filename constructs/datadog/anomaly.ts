import Big from "big.js";
import { DATADOG_LIMITS } from "../../languages/datadog/limits";
import { functionCall, namedArgument, numberLiteral, textArgument } from "../../languages/datadog/metric-expression";
import { metricMonitorQuery } from "../../languages/datadog/monitor-query";
import type { AnomalyDirection } from "../../model/condition";
import type { DefiniteCondition } from "../../model/definite-condition";
import { parseDuration } from "../../model/duration";
import { plain } from "../../model/quantity";
import { fail, ok, type Result } from "../../model/result";
import { compileDatadog } from "./compile";
import { ownWindow, refusesToKeep, tidyWindowOf } from "./evaluation";
import { queryText } from "./query-text";
import type { MonitorQuery, QueryOptions } from "./single-query";

const directions = { above: "above", below: "below", either: "both" } as const satisfies Record<
  AnomalyDirection,
  string
>;

/** The season that a baseline is long enough for: a week knows its days, a day its hours. */
function seasonOf(seconds: number): "hourly" | "daily" | "weekly" {
  if (seconds >= 604_800) return "weekly";
  return seconds >= 86_400 ? "daily" : "hourly";
}

/** Points that are looked at for anomalies: as few as let each count for little, and more than the five that are required. */
const pointsOfWindow = 15;

/** How much of the graph around the anomaly a notification shows (Anomaly Monitor, "API", `query_window`). */
const shownWindows = 5;

/**
 * An anomaly as Datadog finds it: every point of the duration outside the usual. `robust` is the algorithm that stays with its
 * baseline for as long as an anomaly lasts, as the mean of a week does; `agile` and `basic` would take a lasting anomaly for the new
 * normal within the hour. It knows seasons besides, which a mean does not.
 * Source: Datadog documentation, Anomaly Monitor, "Anomaly detection algorithms" and "API".
 */
export function anomalyQuery(
  { expression, deviations, direction, baseline }: Extract<DefiniteCondition, { kind: "anomaly" }>,
  options: QueryOptions,
): Result<MonitorQuery> {
  if (!(Number.isFinite(deviations) && deviations > 0)) return fail(`${deviations} standard deviations are none`);
  const compiled = compileDatadog(expression, options.scope);
  if (!compiled.ok) return compiled;
  const own = ownWindow(expression);
  if (!own.ok) return own;
  const usual = parseDuration(baseline);
  if (!usual.ok) return usual;
  const { anomalyWindowMinimumSeconds: least, anomalyWindowMaximumSeconds: most } = DATADOG_LIMITS;
  const seconds = Math.ceil(Math.max(least, options.forSeconds, own.value) / 60) * 60;
  if (seconds > most) return fail("Datadog looks for anomalies over two weeks at the most; shorten for, or the window");
  // It recovers when a whole window was usual, which is as long as it may be kept firing.
  if (options.keepFiringSeconds > seconds) {
    const kept = refusesToKeep(options);
    if (!kept.ok) return kept;
  }
  const window = `last_${tidyWindowOf(seconds)}`;
  const shown = Math.min(shownWindows * seconds, DATADOG_LIMITS.metricWindowMaximumSeconds);
  const text = queryText(
    metricMonitorQuery({
      aggregate: "avg",
      window: tidyWindowOf(shown),
      comparator: ">=",
      threshold: "1",
      expression: functionCall(
        "anomalies",
        compiled.value,
        textArgument("robust"),
        numberLiteral(plain(new Big(deviations))),
        namedArgument("direction", { kind: "text", value: directions[direction] }),
        namedArgument("alert_window", { kind: "text", value: window }),
        namedArgument("interval", { kind: "number", text: String(Math.ceil(seconds / pointsOfWindow / 60) * 60) }),
        namedArgument("count_default_zero", { kind: "text", value: "true" }),
        namedArgument("seasonality", { kind: "text", value: seasonOf(usual.value) }),
      ),
    }),
  );
  if (!text.ok) return text;
  return ok({
    kind: "metric",
    text: text.value,
    critical: "1",
    recovery: "0",
    thresholdWindows: { trigger: window, recovery: window },
    alertsOnSilence: false,
    // What an anomaly monitor tells is the share of the window that is unusual, and not what was measured.
    value: { kind: "words", text: "an unusual value" },
  });
}
