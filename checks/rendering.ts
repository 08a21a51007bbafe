import { cloudwatchAlarm } from "../constructs/cloudwatch/alarm";
import { metricFilterCountProblem } from "../constructs/cloudwatch/metric-filter";
import { datadogMonitor } from "../constructs/datadog/monitor";
import { routingRules } from "../constructs/pagerduty/orchestration";
import { prometheusRule } from "../constructs/prometheus/rules";
import type { AlertRule } from "../model/alert-rule";
import type { Catalog } from "../model/catalog";
import type { EnvironmentEstate, ServiceEstate } from "../model/estate";
import type { Finding } from "../model/finding";
import { fail, never, type Result } from "../model/result";
import { errorRule, finding, inRule, inService, type Rule } from "./rule";

const inexpressible = errorRule(
  "alert/inexpressible",
  "An alert that its evaluator cannot say would be no alert at all.",
);
const tooMany = errorRule("pagerduty/too-many-services", "Alerts beyond what PagerDuty can route reach nobody.");
const tooManyFilters = errorRule(
  "cloudwatch/too-many-metric-filters",
  "CloudWatch Logs refuses the metric filter of an alarm in the middle of a deployment.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [inexpressible, tooMany, tooManyFilters];

/** An alert in the language of the backend that evaluates it. */
function render(rule: AlertRule, service: ServiceEstate): Result<unknown> {
  switch (rule.evaluator) {
    case "prometheus":
      return prometheusRule(rule);
    case "datadog":
      return datadogMonitor(rule);
    case "cloudwatch":
      return cloudwatchAlarm(rule, service);
    case "grafana":
      return fail(`${rule.evaluator} cannot evaluate alerts yet`);
    default:
      return never(rule.evaluator);
  }
}

/** Metric filters that a service's alarms bring, beyond what its log group takes. */
function checkMetricFilters(estate: ServiceEstate): readonly Finding[] {
  const ofAlarms = estate.alerts
    .filter(({ evaluator }) => evaluator === "cloudwatch")
    .map((rule) => cloudwatchAlarm(rule, estate))
    .reduce((count, alarm) => count + (alarm.ok ? alarm.value.metricFilters.length : 0), 0);
  const problem = ofAlarms === 0 ? undefined : metricFilterCountProblem(estate, ofAlarms);
  return problem === undefined
    ? []
    : [
        finding(
          tooManyFilters,
          inService(estate.service, "alerts"),
          problem,
          "let alerts count by a log metric of the service, or evaluate some elsewhere",
        ),
      ];
}

/** Alerts that the backend that evaluates them cannot express. */
export function checkRendering(estate: EnvironmentEstate, { file }: Catalog): readonly Finding[] {
  const routed = routingRules(estate);
  return [
    ...(routed.ok ? [] : [finding(tooMany, { file, field: "services" }, routed.error, "divide the environment")]),
    ...estate.services.flatMap(checkMetricFilters),
    ...estate.services.flatMap((serviceEstate) =>
      serviceEstate.alerts.flatMap((rule) => {
        const { service } = serviceEstate;
        const rendered = render(rule, serviceEstate);
        return rendered.ok
          ? []
          : [
              finding(
                inexpressible,
                inRule(service, rule.name, "when"),
                rendered.error,
                "change the condition, or who evaluates it",
              ),
            ];
      }),
    ),
  ];
}
