import type { NoData } from "../../model/alert";
import { type AlertRule, labelsOfRule } from "../../model/alert-rule";
import { labelsOfCondition } from "../../model/definite-condition";
import type { ServiceEstate } from "../../model/estate";
import { grafanaUid } from "../../model/grafana-uid";
import { memoized } from "../../model/memoized";
import { fail, ok, type Result } from "../../model/result";
import { literalTemplate, templateOf, type WriteValue } from "../prometheus/template";
import { type RenderedCondition, renderCondition } from "./alert-condition";
import { type AlertStage, stageNames } from "./alert-stages";
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

/** What Grafana calls what an alert wants without data (Grafana documentation, "No data and error states"). */
const noDataStates = {
  ok: "OK",
  keep: "KeepLast",
  // Not its `NoData`, which is an alert of another name, `DatasourceNoData`: the rule's own alert has the runbook.
  alert: "Alerting",
} as const satisfies Readonly<Record<NoData, GrafanaAlertRule["noDataState"]>>;

/** Why Grafana cannot do what an alert wants without data: it notices only a query that returns nothing at all. */
function noDataProblem(noData: NoData, { condition, onlyWhileFiring }: RenderedCondition): string | undefined {
  if (noData === "ok") return undefined;
  if (onlyWhileFiring)
    return `Grafana cannot tell missing data from a condition that is not true (noData: "${noData}"): this one returns nothing in either case; leave noData out, and add an alert on absent(…)`;
  const labels = labelsOfCondition(condition) ?? [];
  return labels.length === 0
    ? undefined
    : `Grafana notices missing data (noData: "${noData}") only when every series is gone, and this condition keeps them apart by ${labels.join(", ")}; leave noData out, or evaluate the alert with datadog (evaluator: "datadog")`;
}

/** Why Grafana cannot keep an alert firing: it does so only for a series that its query still returns. */
const keepFiringProblem = (
  { keepFiringSeconds }: AlertRule,
  { onlyWhileFiring }: RenderedCondition,
): string | undefined =>
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
  const rendered = renderCondition(rule, estate);
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
