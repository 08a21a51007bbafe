import { recordedWindow } from "../constructs/prometheus/recorded-objective";
import type { PrometheusRule, PrometheusRuleGroup, RecordingRule } from "../constructs/prometheus/rule-group";
import { prometheusRules } from "../constructs/prometheus/rules";
import { parseDuration } from "../languages/promql/durations";
import { parsePromql } from "../languages/promql/parse";
import { operands, type PromqlExpr } from "../languages/promql/query";
import type { EnvironmentEstate, ServiceEstate } from "../model/estate";
import { recordedSeries } from "../model/recorded-series";

/** How long an alert may take to see what is wrong and to be sure of it, for it to be waited for: an hour to look at, and twenty minutes. */
export const longestReach = 80 * 60;

/** How long an alert looks back, and how long it waits then, in seconds. */
export interface Reach {
  readonly window: number;
  readonly for: number;
  readonly keeps: number;
}

const recordedNames: ReadonlySet<string> = new Set(Object.values(recordedSeries));

/** Seconds that an expression looks back over; what is recorded looks back over its own window. */
function windowOf(expr: PromqlExpr): number {
  const own = expr.kind === "selector" ? (expr.selector.rangeSeconds ?? 0) : 0;
  const recorded =
    expr.kind === "selector" && recordedNames.has(expr.selector.metric ?? "")
      ? (parseDuration(recordedWindow) ?? 0)
      : 0;
  const below = Math.max(0, ...operands(expr).map(windowOf));
  return own + recorded + below + (expr.kind === "subquery" ? (expr.rangeSeconds ?? 0) : 0);
}

/** How far an alert reaches back and forth in time. */
export function reachOf({ expr, for: holds = "0s", keep_firing_for: keeps = "0s" }: PrometheusRule): Reach {
  const parsed = parsePromql(expr);
  return {
    window: parsed.ok ? windowOf(parsed.value.expr) : 0,
    for: parseDuration(holds) ?? 0,
    keeps: parseDuration(keeps) ?? 0,
  };
}

/** Names of the series that an expression reads, and of those that what is recorded of them reads; any where a pattern names them. */
function seriesRead(expr: string, recordings: readonly RecordingRule[]): ReadonlySet<string> | "any" {
  const parsed = parsePromql(expr);
  if (!parsed.ok) return "any";
  const names = new Set<string>();
  for (const { metric } of parsed.value.selectors) {
    if (metric === undefined) return "any";
    names.add(metric);
    // What is recorded is not read by what records it.
    const others = recordings.filter(({ record }) => record !== metric);
    for (const { record, expr: recorded } of recordings) {
      const below = record === metric ? seriesRead(recorded, others) : [];
      if (below === "any") return "any";
      for (const name of below) names.add(name);
    }
  }
  return names;
}

/** An alert that is always true: it proves that the way to people is open. */
export const isWatchdog = ({ expr }: PrometheusRule): boolean => {
  const parsed = parsePromql(expr);
  return parsed.ok && parsed.value.selectors.length === 0;
};

/** An alert as the live proof has it. */
export interface LiveRule {
  readonly service: string;
  readonly rule: PrometheusRule;
  readonly reach: Reach;
  /** Names of the series that it reads, those that what is recorded for it reads among them. */
  readonly reads: ReadonlySet<string> | "any";
}

/** The rules of a service that can be waited for, and the alerts that cannot. */
export interface LiveService {
  readonly service: string;
  /** As they are deployed, without those that cannot be waited for. */
  readonly groups: readonly PrometheusRuleGroup[];
  readonly rules: readonly LiveRule[];
  readonly tooLong: readonly LiveRule[];
}

const isTooLong = ({ window, for: holds }: Reach): boolean => window + holds > longestReach;

function liveService(estate: ServiceEstate): LiveService {
  const service = estate.service.name;
  const groups = prometheusRules(estate);
  const all = groups.flatMap((group) => group.rules);
  const recordings = all.flatMap((rule) => ("record" in rule ? [rule] : []));
  const rules = all.flatMap((rule): readonly LiveRule[] =>
    "alert" in rule ? [{ service, rule, reach: reachOf(rule), reads: seriesRead(rule.expr, recordings) }] : [],
  );
  const tooLong = rules.filter(({ reach }) => isTooLong(reach));
  const left = new Set(tooLong.map(({ rule }) => rule.alert));
  return {
    service,
    groups: groups.map((group) => ({
      ...group,
      rules: group.rules.filter((rule) => "record" in rule || !left.has(rule.alert)),
    })),
    rules: rules.filter(({ reach }) => !isTooLong(reach)),
    tooLong,
  };
}

/** The services of an environment whose alerts Prometheus evaluates, for a live proof. */
export const liveServices = ({ services }: EnvironmentEstate): readonly LiveService[] =>
  services.map(liveService).filter(({ groups }) => groups.length > 0);
