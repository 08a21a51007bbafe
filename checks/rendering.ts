import { datadogMonitor } from "../constructs/datadog/monitor";
import { grafanaAlertRule } from "../constructs/grafana/alert-rule";
import { routingRules } from "../constructs/pagerduty/orchestration";
import { prometheusRule } from "../constructs/prometheus/rules";
import type { AlertRule } from "../model/alert-rule";
import type { Catalog } from "../model/catalog";
import type { EnvironmentEstate, ServiceEstate } from "../model/estate";
import type { Finding } from "../model/finding";
import { fail, never, type Result } from "../model/result";
import { errorRule, finding, inRule, type Rule } from "./rule";

const inexpressible = errorRule(
  "alert/inexpressible",
  "An alert that its evaluator cannot say would be no alert at all.",
);
const tooMany = errorRule("pagerduty/too-many-services", "Alerts beyond what PagerDuty can route reach nobody.");

/** Every rule of this family. */
export const rules: readonly Rule[] = [inexpressible, tooMany];

/** An alert in the language of the backend that evaluates it. */
function render(rule: AlertRule, service: ServiceEstate): Result<unknown> {
  switch (rule.evaluator) {
    case "prometheus":
      return prometheusRule(rule);
    case "datadog":
      return datadogMonitor(rule);
    case "grafana":
      return grafanaAlertRule(rule, service);
    case "cloudwatch":
      return fail(`${rule.evaluator} cannot evaluate alerts yet`);
    default:
      return never(rule.evaluator);
  }
}

/** Alerts that the backend that evaluates them cannot express. */
export function checkRendering(estate: EnvironmentEstate, { file }: Catalog): readonly Finding[] {
  const routed = routingRules(estate);
  return [
    ...(routed.ok ? [] : [finding(tooMany, { file, field: "services" }, routed.error, "divide the environment")]),
    ...estate.services.flatMap((inEnvironment) =>
      inEnvironment.alerts.flatMap((rule) => {
        const rendered = render(rule, inEnvironment);
        return rendered.ok
          ? []
          : [
              finding(
                inexpressible,
                inRule(inEnvironment.service, rule.name, "when"),
                rendered.error,
                "change the condition, or who evaluates it",
              ),
            ];
      }),
    ),
  ];
}
