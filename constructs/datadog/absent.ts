import { DATADOG_LIMITS } from "../../languages/datadog/limits";
import { functionCall } from "../../languages/datadog/metric-expression";
import { metricMonitorQuery } from "../../languages/datadog/monitor-query";
import type { DefiniteCondition } from "../../model/definite-condition";
import { fail, ok, type Result } from "../../model/result";
import { selectionQuery } from "./compile";
import { refusesToKeep, windowOf } from "./evaluation";
import { queryText } from "./query-text";
import type { MonitorQuery, QueryOptions } from "./single-query";

/** How long a metric that reports every minute or so may be late before it counts as gone; what Prometheus looks back, too. */
const leastSilence = 300;

/** Whether Datadog fetches a metric from a cloud provider, which takes a while. */
const isCrawled = (name: string): boolean => /^(aws|azure|gcp)\./.test(name);

/**
 * The absence of a metric: a monitor that counts its series, is well while there is one, and tells of missing data. That is
 * Datadog's own way to say it, and the state is `No Data`. `default_zero()` would not do: it has no effect on a window without
 * any point. No monitor tells of data that it never had, so that a metric nobody ever sent goes unnoticed.
 * Sources: Datadog documentation, Configure Monitors, "No data"; Functions, Interpolation, "Default zero"; Functions, Count.
 */
export function absentQuery(
  { of }: Extract<DefiniteCondition, { kind: "absent" }>,
  options: QueryOptions,
): Result<MonitorQuery> {
  const kept = refusesToKeep(options);
  if (!kept.ok) return kept;
  if (options.atAnyTime) {
    return fail(
      `Datadog takes missing data for a state of its own, so that it cannot excuse another condition; leave the absence out, or evaluate the alert with prometheus (evaluator: "prometheus")`,
    );
  }
  const metric = selectionQuery(of, of.metric.type === "histogram" ? "count" : "sum", [], options.scope);
  if (!metric.ok) return metric;
  const text = queryText(
    metricMonitorQuery({
      aggregate: "max",
      window: windowOf(Math.max(leastSilence, options.forSeconds)),
      comparator: "<",
      threshold: "1",
      expression: functionCall("count_not_null", metric.value),
    }),
  );
  if (!text.ok) return text;
  return ok({
    kind: "metric",
    text: text.value,
    critical: "1",
    ...(isCrawled(of.metric.datadog?.name ?? "")
      ? { evaluationDelaySeconds: DATADOG_LIMITS.crawledMetricDelaySeconds }
      : {}),
    alertsOnSilence: true,
    value: { kind: "words", text: "no" },
  });
}
