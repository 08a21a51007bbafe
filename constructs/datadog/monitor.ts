import type { CompositeQuery } from "../../languages/datadog/composite-query";
import { checkDatadogNames } from "../../languages/datadog/names";
import type { BurnRateQuery } from "../../languages/datadog/slo-query";
import type { NoData } from "../../model/alert";
import { type AlertRule, labelsOfRule } from "../../model/alert-rule";
import { type BurnRateCondition, expandBurnRate, primaryComparison } from "../../model/definite-condition";
import { memoized } from "../../model/memoized";
import { fail, never, ok, type Result } from "../../model/result";
import { severities } from "../../model/severity";
import { composition } from "./composition";
import { refusesToKeep } from "./evaluation";
import { monitorMessage, partMessage } from "./message";
import { monitorQuery } from "./monitor-query";
import type { MonitorQuery, QueryOptions, SimpleCondition } from "./single-query";
import { burnRateMonitor, type DatadogSlo } from "./slo";

interface Monitor {
  readonly name: string;
  readonly message: string;
  /** 1, the highest, to 5; none of a monitor that tells nobody. */
  readonly priority?: string;
  readonly tags: readonly string[];
}

/** A monitor with a query of its own. */
export interface QueryMonitor extends Monitor {
  readonly type: "query alert" | "log alert";
  readonly query: string;
  readonly critical: string;
  readonly criticalRecovery?: string;
  /** Of an anomaly monitor: how long it looks for anomalies, and for their absence. */
  readonly thresholdWindows?: { readonly trigger: string; readonly recovery: string };
  readonly evaluationDelaySeconds?: number;
  readonly onMissingData: "default" | "resolve" | "show_and_notify_no_data";
}

/** A monitor that others are put together to. */
export interface CompositeMonitor extends Monitor {
  readonly type: "composite";
  /** Over the ids of `parts`: Datadog's own are known only when they exist. */
  readonly query: CompositeQuery;
  readonly parts: readonly { readonly id: string; readonly monitor: QueryMonitor }[];
  readonly notifyNoData: boolean;
}

/** A monitor of how fast an objective's budget is spent. */
export interface SloMonitor extends Monitor {
  readonly type: "slo alert";
  readonly query: Omit<BurnRateQuery, "slo">;
  readonly slo: DatadogSlo;
}

/** A Datadog monitor, as its API has it, with all that has to exist beside it. */
export type DatadogMonitor = QueryMonitor | CompositeMonitor | SloMonitor;

/**
 * What Datadog does when data stops (Monitors API, `on_missing_data`). `default` counts no events as zero and keeps a gauge's
 * last state, which is right for logs and for `keep`.
 */
function onMissingData(noData: NoData, { kind, alertsOnSilence }: MonitorQuery): QueryMonitor["onMissingData"] {
  if (noData === "alert" || alertsOnSilence) return "show_and_notify_no_data";
  return noData === "keep" || kind === "log" ? "default" : "resolve";
}

/** The estate's labels as Datadog's unified service tags have them (`env`, not `environment`), and the severity by its own name. */
function tagsOf(rule: AlertRule): readonly string[] {
  const { environment, severity: _word, ...labels } = labelsOfRule(rule);
  return Object.entries({ env: environment, ...labels, severity: rule.severity.toLowerCase() })
    .map(([key, value]) => `${key}:${value}`)
    .sort();
}

/** Tags of what tells nobody: how bad something is belongs to the alert. */
const untold = (rule: AlertRule): readonly string[] => tagsOf(rule).filter((tag) => !tag.startsWith("severity:"));

const nameOf = ({ environment, service, name }: AlertRule): string => `[${environment}] ${service}: ${name}`;

/** What a query and its options make of a monitor. */
function queryMonitor(query: MonitorQuery, noData: NoData, monitor: Monitor): QueryMonitor {
  const { kind, text, critical, recovery, thresholdWindows, evaluationDelaySeconds } = query;
  return {
    ...monitor,
    type: kind === "log" ? "log alert" : "query alert",
    query: text,
    critical,
    ...(recovery === undefined ? {} : { criticalRecovery: recovery }),
    ...(thresholdWindows === undefined ? {} : { thresholdWindows }),
    ...(evaluationDelaySeconds === undefined ? {} : { evaluationDelaySeconds }),
    onMissingData: onMissingData(noData, query),
  };
}

/** What the monitor that tells people has, whatever its type. */
const telling = (rule: AlertRule, message: string): Monitor => ({
  name: nameOf(rule),
  message,
  priority: String(severities[rule.severity].datadogPriority),
  tags: tagsOf(rule),
});

const optionsOf = ({ forSeconds, keepFiringSeconds, service, environment, recovery }: AlertRule): QueryOptions => ({
  forSeconds,
  keepFiringSeconds,
  atAnyTime: false,
  scope: { service, environment },
  recovery,
});

function simpleMonitor(condition: SimpleCondition, rule: AlertRule): Result<DatadogMonitor> {
  const primary = primaryComparison(condition) !== undefined;
  const query = monitorQuery(condition, { ...optionsOf(rule), recovery: primary ? rule.recovery : undefined });
  return query.ok
    ? ok(queryMonitor(query.value, rule.noData, telling(rule, monitorMessage(rule, query.value.value, "value"))))
    : query;
}

function compositeMonitor(rule: AlertRule): Result<DatadogMonitor> {
  const kept = refusesToKeep(rule);
  if (!kept.ok) return kept;
  const composed = composition(rule.condition, { ...optionsOf(rule), tellsSilence: rule.noData === "alert" });
  if (!composed.ok) return composed;
  const { expression, parts } = composed.value;
  const [first] = parts;
  const whole = nameOf(rule);
  return ok({
    ...telling(rule, monitorMessage(rule, first?.query.value ?? { kind: "measured", suffix: "" }, "a.value")),
    type: "composite",
    query: expression,
    notifyNoData: rule.noData === "alert" || parts.some(({ query }) => query.alertsOnSilence),
    parts: parts.map(({ id, title, query, heard }) => {
      // A side that excuses is no excuse while it has no data.
      const noData = rule.noData === "alert" && !heard ? "ok" : rule.noData;
      const tags = untold(rule);
      return {
        id,
        monitor: queryMonitor(query, noData, { name: `${whole} (${title})`, message: partMessage(whole), tags }),
      };
    }),
  });
}

/** A burn rate by Datadog's own monitor; where it has none, by two monitors over the two windows. */
function burnRate(condition: BurnRateCondition, rule: AlertRule): Result<DatadogMonitor> {
  const kept = refusesToKeep(rule);
  if (!kept.ok) return kept;
  if (rule.noData === "alert") {
    return fail(
      `a burn-rate monitor of Datadog does not tell of missing data (noData: "alert"); leave noData out, and add an alert on the absence`,
    );
  }
  const native = burnRateMonitor(condition, rule.forSeconds, { ...optionsOf(rule), tags: untold(rule) });
  if (!native.ok) {
    const composite = compositeMonitor(rule);
    return composite.ok || composite.error === native.error ? composite : fail(`${native.error}; ${composite.error}`);
  }
  // The value of such a monitor is a multiple of the budget, and not the share that the text is about.
  const { left } = expandBurnRate(condition);
  const threshold = primaryComparison(left)?.threshold.text ?? "";
  const message = monitorMessage(rule, { kind: "words", text: `more than ${threshold}` }, "value");
  const { query, slo } = native.value;
  return ok({ ...telling(rule, message), type: "slo alert", query, slo });
}

function render(rule: AlertRule): Result<DatadogMonitor> {
  const { condition } = rule;
  switch (condition.kind) {
    case "compare":
    case "absent":
    case "anomaly":
    case "raw":
      return simpleMonitor(condition, rule);
    case "burn-rate":
      return burnRate(condition, rule);
    case "outside":
    case "and":
    case "or":
    case "unless":
      return compositeMonitor(rule);
    default:
      return never(condition);
  }
}

/** An alert as a Datadog monitor with its parts, or why Datadog cannot evaluate it. */
export const datadogMonitor = memoized((rule: AlertRule): Result<DatadogMonitor> => {
  const monitor = render(rule);
  if (!monitor.ok) return monitor;
  const problems = checkDatadogNames({ metrics: [], tags: tagsOf(rule), tagKeys: [] });
  return problems.length > 0 ? fail(problems.map(({ message }) => message).join(" ")) : monitor;
});
