import type { AlertRule } from "../../model/alert-rule";
import { isLogical } from "../../model/condition";
import type { ServiceEstate } from "../../model/estate";
import { memoized } from "../../model/memoized";
import { fail, never, ok, type Result } from "../../model/result";
import type { Severity } from "../../model/severity";
import { type AlarmLogMetrics, alarmLogMetrics } from "./alarm-log-metrics";
import { alarmName } from "./alarm-name";
import { alarmDescription } from "./alarm-text";
import { alarmsOf, type Decision, decide } from "./decision";
import { alarmLimits, alarmTextProblem } from "./limits";
import { type MetricAlarm, metricAlarm } from "./metric-alarm";
import { type MetricFilter, metricFilter } from "./metric-filter";

/** A metric alarm that tells nobody by itself: a composite alarm reads it. */
export interface ChildAlarm {
  readonly name: string;
  readonly alarm: MetricAlarm;
}

/** What decides an alert: one metric alarm, or a rule over several. */
export type AlarmBody =
  | { readonly kind: "metric"; readonly alarm: MetricAlarm }
  | { readonly kind: "composite"; readonly rule: string; readonly children: readonly ChildAlarm[] };

/** An alert as CloudWatch evaluates it. */
export interface CloudwatchAlarm {
  readonly name: string;
  readonly description: string;
  /** Decides who is told. */
  readonly severity: Severity;
  readonly body: AlarmBody;
  /** Metric filters that count the log events which it alone counts. */
  readonly metricFilters: readonly MetricFilter[];
}

type Needed = Pick<ServiceEstate, "service" | "environment">;

/** Why CloudWatch cannot do what an alert wants beside its condition. */
function ruleProblem({ condition, noData, route, severity }: AlertRule): string | undefined {
  if (route.urgency === undefined) {
    return `CloudWatch reaches people through PagerDuty, which is not told of ${severity}; raise its severity, or evaluate the alert elsewhere`;
  }
  if (noData !== "ok" && (isLogical(condition) || condition.kind === "burn-rate")) {
    return `of a condition that is put together CloudWatch cannot tell whose data is gone (noData: "${noData}"); leave noData out and add an alert on the absence itself`;
  }
  return undefined;
}

/**
 * Goes on firing after the condition has ended: of a condition that fires at its first point, any of the last points suffices. One
 * that must hold for several points has no such form.
 */
function keptFiring(alarm: MetricAlarm, keepFiringSeconds: number): Result<MetricAlarm> {
  if (keepFiringSeconds === 0) return ok(alarm);
  if (alarm.evaluationPeriods > 1) {
    return fail(
      `CloudWatch keeps an alarm firing only where it fires at its first point (keepFiringFor with a longer "for"); leave one of them out, or evaluate the alert with prometheus (evaluator: "prometheus")`,
    );
  }
  return metricAlarm(alarm, {
    evaluationPeriods: 1 + Math.ceil(keepFiringSeconds / alarm.period),
    datapointsToAlarm: 1,
  });
}

/** The rule of a composite alarm. Source: CloudWatch API reference, PutCompositeAlarm, `AlarmRule`. */
function ruleText(decision: Decision, nameOf: (alarm: MetricAlarm) => string): string {
  const part = (of: Decision): string =>
    of.kind === "and" || of.kind === "or" ? `(${ruleText(of, nameOf)})` : ruleText(of, nameOf);
  switch (decision.kind) {
    case "alarm":
      return `ALARM("${nameOf(decision.alarm)}")`;
    case "not":
      return `NOT ${part(decision.of)}`;
    case "and":
    case "or":
      return `${part(decision.left)} ${decision.kind.toUpperCase()} ${part(decision.right)}`;
    default:
      return never(decision);
  }
}

const keyOf = (alarm: MetricAlarm): string => JSON.stringify(alarm);

function composite(decision: Decision, name: string): Result<AlarmBody> {
  const distinct = new Map(alarmsOf(decision).map((alarm) => [keyOf(alarm), alarm]));
  const children = [...distinct.values()].map((alarm, index) => ({ name: `${name} / ${index + 1}`, alarm }));
  if (children.length > alarmLimits.childrenPerComposite) {
    return fail(
      `it is put together of ${children.length} conditions, and CloudWatch accepts ${alarmLimits.childrenPerComposite}; divide the alert`,
    );
  }
  const names = new Map(children.map((child) => [keyOf(child.alarm), child.name]));
  const rule = ruleText(decision, (alarm) => names.get(keyOf(alarm)) ?? "");
  if (rule.length > alarmLimits.ruleLength) {
    return fail(
      `its rule is ${rule.length} characters long, and CloudWatch accepts ${alarmLimits.ruleLength}; divide the alert`,
    );
  }
  return ok({ kind: "composite", rule, children });
}

function bodyOf(rule: AlertRule, scope: Needed, { nameOf }: AlarmLogMetrics): Result<AlarmBody> {
  const { condition, forSeconds, keepFiringSeconds, noData } = rule;
  const decision = decide(condition, "every", { ...scope, logMetricName: nameOf, noData, forSeconds });
  if (!decision.ok) return decision;
  if (decision.value.kind === "alarm") {
    const alarm = keptFiring(decision.value.alarm, keepFiringSeconds);
    return alarm.ok ? ok({ kind: "metric", alarm: alarm.value }) : alarm;
  }
  return keepFiringSeconds === 0
    ? composite(decision.value, alarmName(rule))
    : fail(
        `CloudWatch cannot keep an alarm firing that is put together of others (keepFiringFor); leave it out, or evaluate the alert with prometheus (evaluator: "prometheus")`,
      );
}

function alarmOf(rule: AlertRule, scope: Needed): Result<CloudwatchAlarm> {
  const logMetrics = alarmLogMetrics(rule, scope.service);
  const filters = logMetrics.own.map((metric) => metricFilter(metric, scope));
  const refused = filters.find((filter) => !filter.ok);
  const name = alarmName(rule);
  const description = alarmDescription(rule);
  const body = bodyOf(rule, scope, logMetrics);
  const childNames = body.ok && body.value.kind === "composite" ? body.value.children.map((child) => child.name) : [];
  const longest = [name, ...childNames].reduce((long, other) => (other.length > long.length ? other : long));
  const problems = [
    ruleProblem(rule),
    body.ok ? undefined : body.error,
    refused?.ok === false ? refused.error : undefined,
    alarmTextProblem(longest, description),
  ].filter((problem) => problem !== undefined);
  if (!body.ok || problems.length > 0) return fail(problems.join("; "));
  return ok({
    name,
    description,
    severity: rule.severity,
    body: body.value,
    metricFilters: filters.flatMap((filter) => (filter.ok ? [filter.value] : [])),
  });
}

const alarms = memoized((service: Needed) => memoized((rule: AlertRule) => alarmOf(rule, service)));

/**
 * An alert as a CloudWatch alarm: a metric alarm, or a composite alarm over metric alarms that tell nobody. `recovery` has no
 * counterpart: the alarm resolves where its condition ends.
 * Errors, all in one sentence: those of `decide`, what CloudWatch does not know of missing data and of going on firing, a severity
 * that reaches nobody, a log filter without a pattern, and texts that are too long.
 */
export const cloudwatchAlarm = (rule: AlertRule, service: Needed): Result<CloudwatchAlarm> => alarms(service)(rule);
