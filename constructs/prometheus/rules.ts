import { formatDuration } from "../../languages/promql/durations";
import type { NoData } from "../../model/alert";
import { type AlertRule, labelsOfRule } from "../../model/alert-rule";
import type { ServiceEstate } from "../../model/estate";
import { memoized } from "../../model/memoized";
import { checked, fail, never, ok, type Result } from "../../model/result";
import { compileCondition } from "./compile-condition";
import { ampLimits } from "./limits";
import { budgetRecordings, objectiveRecordings } from "./objective-rules";
import type { PrometheusRule, PrometheusRuleGroup } from "./rule-group";
import { literalTemplate, templateOf } from "./template";

/**
 * How often rules are evaluated: 30 seconds, the most often that AMP does it and half of its default of a minute, so that a `for`
 * of one minute rests on three evaluations. Source: AMP user guide, "Create a rules file".
 */
export const evaluationInterval = formatDuration(ampLimits.evaluationIntervalSeconds);

/**
 * Why Prometheus cannot do what an alert wants without data. It resolves an alert whose expression yields nothing, be it below
 * the threshold or gone: that is `ok`. `keep_firing_for` would hold back a true recovery as well, and `absent()` has neither the
 * labels nor the value that the alert's text names, so neither stands in for the others.
 */
function noDataProblem(noData: NoData): string | undefined {
  switch (noData) {
    case "ok":
      return undefined;
    case "keep":
      return `Prometheus cannot keep an alert firing whose data is gone (noData: "keep"); leave noData out, or evaluate the alert with datadog (evaluator: "datadog")`;
    case "alert":
      return `Prometheus cannot fire an alert on a threshold for missing data (noData: "alert"); leave noData out and add an alert on absent(metric), or evaluate the alert with datadog (evaluator: "datadog")`;
    default:
      return never(noData);
  }
}

/**
 * Characters that do not survive a rule file: no YAML may hold control characters or half a character, Prometheus' YAML reader
 * takes YAML 1.1's line breaks for the ends of lines, and its PromQL lexer takes U+FFFD for bytes that are no text.
 * Sources: YAML 1.2, 5.1 "Character Set"; YAML 1.1, 5.4 "Line Break Characters"; loading such files into Prometheus 2.42.
 */
const unwritable = /[\x7f-\x9f\u2028\u2029\ufeff\ufffd-\uffff\p{Surrogate}]/u;

function unwritableProblem({ alert, expr, annotations }: PrometheusRule): string | undefined {
  const [character] = unwritable.exec([alert, expr, ...Object.values(annotations)].join("\n")) ?? [];
  if (character === undefined) return undefined;
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return `a text of the alert holds the character U+${code}, which does not survive a rule file; type it anew without`;
}

/**
 * An alert as a Prometheus rule. `recovery` has no counterpart: the rule resolves where its condition ends.
 * Errors, all in one sentence: those of `compileCondition`, a `noData` that Prometheus does not know, and a character that
 * a rule file cannot hold.
 */
export const prometheusRule = memoized((rule: AlertRule): Result<PrometheusRule> => {
  const expr = compileCondition(rule.condition, { service: rule.service, recorded: true });
  const noData = noDataProblem(rule.noData);
  if (!expr.ok) return noData === undefined ? expr : fail(`${expr.error}; ${noData}`);
  const { name, forSeconds, keepFiringSeconds, summary, description, runbook, dashboard } = rule;
  const rendered: PrometheusRule = {
    alert: name,
    expr: expr.value,
    ...(forSeconds === 0 ? {} : { for: formatDuration(forSeconds) }),
    ...(keepFiringSeconds === 0 ? {} : { keep_firing_for: formatDuration(keepFiringSeconds) }),
    labels: labelsOfRule(rule),
    annotations: {
      summary: templateOf(summary, rule),
      ...(description === undefined ? {} : { description: templateOf(description, rule) }),
      runbook_url: literalTemplate(runbook),
      dashboard_url: literalTemplate(dashboard),
    },
  };
  const problems = [noData, unwritableProblem(rendered)].filter((problem) => problem !== undefined);
  return problems.length === 0 ? ok(rendered) : fail(problems.join("; "));
});

/** How often budgets are recorded: nobody acts on them within minutes, and their windows are long. */
const budgetInterval = "5m";

/**
 * The rules of a service that Prometheus evaluates: in a group named by the service what is recorded of its objectives and then its
 * alerts, in another its error budgets; none without any.
 * @throws Error on what `prometheusRule` refuses; the checks report it first.
 */
export function prometheusRules(estate: ServiceEstate): readonly PrometheusRuleGroup[] {
  const { name } = estate.service;
  const alerts = estate.alerts
    .filter(({ evaluator }) => evaluator === "prometheus")
    .map((alert) => checked(prometheusRule(alert)));
  const groups: readonly PrometheusRuleGroup[] = [
    { name, interval: evaluationInterval, rules: [...objectiveRecordings(estate), ...alerts] },
    { name: `${name}-error-budgets`, interval: budgetInterval, rules: budgetRecordings(estate) },
  ];
  return groups.filter(({ rules }) => rules.length > 0);
}
