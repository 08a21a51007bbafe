import Big from "big.js";
import type { NoData } from "../../model/alert";
import { type AlertRule, labelsOfRule } from "../../model/alert-rule";
import { isUpper } from "../../model/comparison";
import { type DefiniteCondition, labelsOfCondition } from "../../model/definite-condition";
import type { ServiceEstate } from "../../model/estate";
import type { Expression } from "../../model/expression";
import { grafanaUid } from "../../model/grafana-uid";
import { memoized } from "../../model/memoized";
import type { MetricDefinition } from "../../model/metric";
import { type Per, type Quantity, secondsPer } from "../../model/quantity";
import { fail, never, ok, type Result } from "../../model/result";
import { comparable, compileTerm, map } from "../prometheus/compile";
import { compileCondition } from "../prometheus/compile-condition";
import { literalTemplate, templateOf, type WriteValue } from "../prometheus/template";
import { operand, type Term } from "../prometheus/term";
import {
  type AlertStage,
  cloudwatchStage,
  comparing,
  everySeriesStage,
  latestStage,
  promqlStage,
  stageNames,
  type ThresholdEvaluator,
  thresholdStage,
} from "./alert-stages";
import { plainCloudwatchMetric } from "./cloudwatch-target";
import { durationText } from "./description";
import { limits } from "./limits";

/**
 * A rule that Grafana evaluates, but for where it is told.
 * Source: Grafana documentation, Alerting provisioning HTTP API, "ProvisionedAlertRule".
 */
export interface GrafanaAlertRule {
  readonly uid: string;
  /** Unique in its folder, which holds several services; Grafana makes it the label `alertname`. */
  readonly title: string;
  readonly stages: readonly AlertStage[];
  /** The stage that decides. */
  readonly condition: string;
  readonly for: string;
  /** Absent: it resolves as soon as its condition ends. */
  readonly keepFiringFor?: string;
  readonly noDataState: "OK" | "KeepLast" | "Alerting";
  readonly execErrState: "Error";
  /** Absent: Grafana's default, 2. */
  readonly missingSeriesEvalsToResolve?: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What a condition is to Grafana: stages, and what follows from the form that they have. */
interface Rendered {
  readonly stages: readonly AlertStage[];
  /** As Grafana measures it, for the text. */
  readonly condition: DefiniteCondition;
  /** Whether the query returns a series only while it fires, and not its number all the time. */
  readonly onlyWhileFiring: boolean;
}

/** What PromQL cannot say is told as such: it is the language that Grafana's rules are in, whoever wrote them. */
const asPromql = <T>(compiled: Result<T>): Result<T> =>
  compiled.ok ? compiled : fail(`Grafana would ask Prometheus for it, and ${compiled.error}`);

type Measured = Extract<DefiniteCondition, { kind: "compare" | "outside" }>;

/** A quantity per the time that another one counts over. */
const countedPer = (quantity: Quantity, per: Per | undefined): Quantity =>
  quantity.per === undefined || per === undefined || quantity.per === per
    ? quantity
    : { ...quantity, value: quantity.value.times(secondsPer[per]).div(secondsPer[quantity.per]), per };

const asNumber = (limit: string): number => new Big(limit).toNumber();

/** What fires, and what recovers, as numbers of the expression's own unit: those of `compileCondition`. */
function evaluatorsOf(
  condition: Measured,
  recovery: Quantity | undefined,
  term: Term,
): { readonly left: Term; readonly fires: ThresholdEvaluator; readonly recovers?: ThresholdEvaluator } {
  const { expression } = condition;
  switch (condition.kind) {
    case "compare": {
      const { comparison, threshold } = condition;
      const { left, limit } = comparable(term, expression, threshold);
      const fires = comparing(comparison, asNumber(limit));
      if (recovery === undefined) return { left, fires };
      const back = comparable(term, expression, countedPer(recovery, threshold.per)).limit;
      const upper = isUpper(comparison);
      // A recovery at its threshold is none, and one beyond it (a tenth back from a negative number) would resolve what fires.
      const healthy = upper ? new Big(back).lt(limit) : new Big(back).gt(limit);
      return healthy ? { left, fires, recovers: comparing(upper ? "<=" : ">=", asNumber(back)) } : { left, fires };
    }
    case "outside": {
      const { left, limit: high } = comparable(term, expression, condition.high);
      const low = comparable(term, expression, countedPer(condition.low, condition.high.per)).limit;
      return { left, fires: { type: "outside_range", params: [asNumber(low), asNumber(high)] } };
    }
    default:
      return never(condition);
  }
}

/** The CloudWatch metric that a condition reads, where Prometheus has it not and CloudWatch can be asked for it. */
function cloudwatchMetric({ expression }: Measured): MetricDefinition | undefined {
  const metric = plainCloudwatchMetric(expression);
  return metric?.prometheus === false && metric.undeclared === undefined && metric.cloudwatch !== undefined
    ? metric
    : undefined;
}

/** The expression in the unit in which CloudWatch holds its metric. */
const inUnitOf = (expression: Expression, { cloudwatch, unit }: MetricDefinition): Expression =>
  expression.kind === "value"
    ? { ...expression, of: { ...expression.of, metric: { ...expression.of.metric, unit: cloudwatch?.unit ?? unit } } }
    : expression;

/**
 * A comparison as Grafana has it: the number of every series, and a threshold on it. So the number is known at all times, Grafana
 * can tell a healthy series from a missing one, and a recovery of its own is possible.
 */
function measured(condition: Measured, { recovery }: AlertRule, estate: ServiceEstate): Result<Rendered> {
  const metric = cloudwatchMetric(condition);
  if (metric?.cloudwatch !== undefined) {
    const held: Measured = { ...condition, expression: inUnitOf(condition.expression, metric) };
    const { fires, recovers } = evaluatorsOf(held, recovery, operand(""));
    return map(cloudwatchStage(metric.cloudwatch, estate), (query) => ({
      stages: [query, latestStage, thresholdStage(fires, recovers)],
      condition: held,
      onlyWhileFiring: false,
    }));
  }
  return map(asPromql(compileTerm(condition.expression, { service: estate.service.name })), (term) => {
    const { left, fires, recovers } = evaluatorsOf(condition, recovery, term);
    return {
      stages: [promqlStage(left.text, estate.environment), latestStage, thresholdStage(fires, recovers)],
      condition,
      onlyWhileFiring: false,
    };
  });
}

/**
 * A condition that only PromQL can say, whole: every series that it returns fires. Grafana's own arithmetic would not do for `and` and
 * `unless`, since without any series on one side it has no result at all, where PromQL's `unless` keeps the other.
 */
const whole = (condition: DefiniteCondition, { environment, service }: ServiceEstate): Result<Rendered> =>
  map(asPromql(compileCondition(condition, { service: service.name })), (text) => ({
    stages: [promqlStage(text, environment), latestStage, everySeriesStage],
    condition,
    onlyWhileFiring: true,
  }));

function render(rule: AlertRule, estate: ServiceEstate): Result<Rendered> {
  const { condition } = rule;
  switch (condition.kind) {
    case "compare":
    case "outside":
      return measured(condition, rule, estate);
    case "absent":
    case "anomaly":
    case "burn-rate":
    case "and":
    case "or":
    case "unless":
    case "raw":
      return whole(condition, estate);
    default:
      return never(condition);
  }
}

/** What Grafana calls what an alert wants without data (Grafana documentation, "No data and error states"). */
const noDataStates = {
  ok: "OK",
  keep: "KeepLast",
  // Not its `NoData`, which is an alert of another name, `DatasourceNoData`: the rule's own alert has the runbook.
  alert: "Alerting",
} as const satisfies Readonly<Record<NoData, GrafanaAlertRule["noDataState"]>>;

/** Why Grafana cannot do what an alert wants without data: it notices only a query that returns nothing at all. */
function noDataProblem(noData: NoData, { condition, onlyWhileFiring }: Rendered): string | undefined {
  if (noData === "ok") return undefined;
  if (onlyWhileFiring)
    return `Grafana cannot tell missing data from a condition that is not true (noData: "${noData}"): this one returns nothing in either case; leave noData out, and add an alert on absent(…)`;
  const labels = labelsOfCondition(condition) ?? [];
  return labels.length === 0
    ? undefined
    : `Grafana notices missing data (noData: "${noData}") only when every series is gone, and this condition keeps them apart by ${labels.join(", ")}; leave noData out, or evaluate the alert with datadog (evaluator: "datadog")`;
}

/** Why Grafana cannot keep an alert firing: it does so only for a series that its query still returns. */
const keepFiringProblem = ({ keepFiringSeconds }: AlertRule, { onlyWhileFiring }: Rendered): string | undefined =>
  keepFiringSeconds > 0 && onlyWhileFiring
    ? `Grafana cannot keep this alert firing (keepFiringFor): its condition returns nothing once it has ended; leave keepFiringFor out, or evaluate the alert with prometheus (evaluator: "prometheus")`
    : undefined;

/**
 * The number of the series that fired. Where there is none, as when the data source fails, the template must not fail as well:
 * Grafana would then send its source. Source: Grafana documentation, "Annotation and label template reference".
 */
const writeValue: WriteValue = (format) =>
  `{{ with $values.${stageNames.value} }}{{ .Value | ${format} }}{{ else }}(no value){{ end }}`;

/** `shop: HighErrorRate`: the name alone is not unique among the services of a folder. */
const titleOf = ({ service, name }: AlertRule): string => `${service}: ${name}`;

/**
 * Uid of an alert's rule. A renamed service keeps the one under which its rules were deployed for as long as `renamedFrom` stands:
 * another uid would be another rule, whose `for` begins anew.
 */
export const alertUid = ({ environment, name }: AlertRule, { service }: ServiceEstate): string =>
  grafanaUid(environment, service.renamedFrom ?? service.name, name);

const titleProblem = (title: string): string | undefined =>
  title.length > limits.ruleTitleLength
    ? `"${title}" has ${title.length} characters, and Grafana keeps ${limits.ruleTitleLength} of a rule's title; shorten the alert's name`
    : undefined;

function renderRule(rule: AlertRule, estate: ServiceEstate): Result<GrafanaAlertRule> {
  const rendered = render(rule, estate);
  if (!rendered.ok) return rendered;
  const { stages, condition, onlyWhileFiring } = rendered.value;
  const title = titleOf(rule);
  const problems = [
    noDataProblem(rule.noData, rendered.value),
    keepFiringProblem(rule, rendered.value),
    titleProblem(title),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) return fail(problems.join("; "));

  const { forSeconds, keepFiringSeconds, summary, description, runbook, dashboard } = rule;
  const written = (text: string): string => templateOf(text, { ...rule, condition }, writeValue);
  return ok({
    uid: alertUid(rule, estate),
    title,
    stages,
    condition: stageNames.verdict,
    for: durationText(forSeconds),
    ...(keepFiringSeconds === 0 ? {} : { keepFiringFor: durationText(keepFiringSeconds) }),
    noDataState: noDataStates[rule.noData],
    // An alert of its own (`DatasourceError`), told to the same people: a rule that cannot be evaluated must not be silent, and
    // `Alerting` would claim that its summary is true.
    execErrState: "Error",
    // A series that is gone has recovered, at once as in Prometheus.
    ...(onlyWhileFiring ? { missingSeriesEvalsToResolve: 1 } : {}),
    labels: Object.fromEntries(
      Object.entries(labelsOfRule(rule)).map(([label, value]) => [label, literalTemplate(value)]),
    ),
    annotations: {
      summary: written(summary),
      ...(description === undefined ? {} : { description: written(description) }),
      runbook_url: literalTemplate(runbook),
      dashboard_url: literalTemplate(dashboard),
    },
  });
}

const renderedIn = memoized((estate: ServiceEstate) => memoized((rule: AlertRule) => renderRule(rule, estate)));

/**
 * An alert as a rule that Grafana evaluates (Grafana 12 or newer), in the service and environment that it is of.
 *
 * Comparisons are thresholds on a measured number, with the alert's recovery; while an alert is pending, Grafana takes its recovery
 * for its threshold already. All other conditions are one PromQL query, and fire for what it returns, as in Prometheus.
 * Errors, in one sentence each: those of `compileCondition`; a `noData` or `keepFiringFor` that Grafana cannot do for the
 * condition; a title that is too long.
 */
export const grafanaAlertRule = (rule: AlertRule, estate: ServiceEstate): Result<GrafanaAlertRule> =>
  renderedIn(estate)(rule);
