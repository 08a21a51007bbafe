import { checkDatadogNames } from "../../languages/datadog/names";
import type { NoData } from "../../model/alert";
import { type AlertRule, labelsOfRule } from "../../model/alert-rule";
import { memoized } from "../../model/memoized";
import { fail, ok, type Result } from "../../model/result";
import { severities } from "../../model/severity";
import { monitorMessage } from "./message";
import { monitorQuery } from "./monitor-query";

/** A Datadog monitor, as its API has it. */
export interface DatadogMonitor {
  readonly name: string;
  readonly type: "query alert" | "log alert";
  readonly query: string;
  readonly message: string;
  readonly critical: string;
  readonly criticalRecovery?: string;
  /** 1, the highest, to 5. */
  readonly priority: string;
  readonly onMissingData: "default" | "resolve" | "show_and_notify_no_data";
  readonly tags: readonly string[];
}

/**
 * What Datadog does when data stops (Monitors API, `on_missing_data`). `default` counts no events as zero and keeps a gauge's
 * last state, which is right for logs and for `keep`.
 */
function onMissingData(noData: NoData, kind: "metric" | "log"): DatadogMonitor["onMissingData"] {
  if (noData === "alert") return "show_and_notify_no_data";
  return noData === "keep" || kind === "log" ? "default" : "resolve";
}

/** The estate's labels as Datadog's unified service tags have them (`env`, not `environment`), and the severity by its own name. */
function tagsOf(rule: AlertRule): readonly string[] {
  const { environment, severity: _word, ...labels } = labelsOfRule(rule);
  return Object.entries({ env: environment, ...labels, severity: rule.severity.toLowerCase() })
    .map(([key, value]) => `${key}:${value}`)
    .sort();
}

/** An alert as a Datadog monitor, or why Datadog cannot evaluate it. */
export const datadogMonitor = memoized((rule: AlertRule): Result<DatadogMonitor> => {
  const query = monitorQuery(rule);
  if (!query.ok) return query;
  const { kind, text, critical, recovery, suffix } = query.value;
  const tags = tagsOf(rule);
  const problems = checkDatadogNames({ metrics: [], tags, tagKeys: [] });
  if (problems.length > 0) return fail(problems.map(({ message }) => message).join(" "));
  return ok({
    name: `[${rule.environment}] ${rule.service}: ${rule.name}`,
    type: kind === "log" ? "log alert" : "query alert",
    query: text,
    message: monitorMessage(rule, suffix),
    critical,
    ...(recovery === undefined ? {} : { criticalRecovery: recovery }),
    priority: String(severities[rule.severity].datadogPriority),
    onMissingData: onMissingData(rule.noData, kind),
    tags,
  });
});
