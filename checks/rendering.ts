import { isDeepStrictEqual } from "node:util";
import { cloudwatchAlarm } from "../constructs/cloudwatch/alarm";
import { metricFilterCountProblem } from "../constructs/cloudwatch/metric-filter";
import { datadogMonitor } from "../constructs/datadog/monitor";
import type { DatadogSlo } from "../constructs/datadog/slo";
import { routingRules } from "../constructs/pagerduty/orchestration";
import { evaluatorsOf, renderAlert } from "../constructs/render-alert";
import type { AlertRule } from "../model/alert-rule";
import type { Catalog } from "../model/catalog";
import type { EnvironmentEstate, ServiceEstate } from "../model/estate";
import type { Finding } from "../model/finding";
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

/** Who could evaluate the alert instead. */
function fixOf(rule: AlertRule, estate: ServiceEstate): string {
  const able = evaluatorsOf(rule, estate);
  return able.length === 0
    ? "change the condition: no evaluator can say it"
    : `let ${able.join(" or ")} evaluate it (evaluator: "${able[0]}"), or change the condition`;
}

/** Objectives of one name that differ: Datadog keeps one of each name, so that a budget would be another's. */
function unlikeObjectives({ service, alerts }: ServiceEstate): readonly Finding[] {
  const known = new Map<string, DatadogSlo>();
  return alerts
    .filter(({ evaluator }) => evaluator === "datadog")
    .flatMap((rule) => {
      const monitor = datadogMonitor(rule);
      if (!monitor.ok || monitor.value.type !== "slo alert") return [];
      const { slo } = monitor.value;
      const first = known.get(slo.objective) ?? slo;
      known.set(slo.objective, first);
      return isDeepStrictEqual(first, slo)
        ? []
        : [
            finding(
              inexpressible,
              inRule(service, rule.name, "when"),
              `two objectives of the service are named "${slo.objective}", and differ`,
              "give one of them another name",
            ),
          ];
    });
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
    ...estate.services.flatMap(unlikeObjectives),
    ...estate.services.flatMap(checkMetricFilters),
    ...estate.services.flatMap((inEnvironment) =>
      inEnvironment.alerts.flatMap((rule) => {
        const rendered = renderAlert(rule, inEnvironment);
        return rendered.ok
          ? []
          : [
              finding(
                inexpressible,
                inRule(inEnvironment.service, rule.name, "when"),
                rendered.error,
                fixOf(rule, inEnvironment),
              ),
            ];
      }),
    ),
  ];
}
