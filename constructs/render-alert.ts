import type { AlertRule } from "../model/alert-rule";
import { type Evaluator, evaluators } from "../model/environment";
import type { ServiceEstate } from "../model/estate";
import { never, type Result } from "../model/result";
import { cloudwatchAlarm } from "./cloudwatch/alarm";
import { datadogMonitor } from "./datadog/monitor";
import { grafanaAlertRule } from "./grafana/alert-rule";
import { prometheusRule } from "./prometheus/rules";

/** An alert in the language of the backend that evaluates it, or why that cannot say it. */
export function renderAlert(rule: AlertRule, estate: ServiceEstate): Result<unknown> {
  switch (rule.evaluator) {
    case "prometheus":
      return prometheusRule(rule);
    case "datadog":
      return datadogMonitor(rule);
    case "grafana":
      return grafanaAlertRule(rule, estate);
    case "cloudwatch":
      return cloudwatchAlarm(rule, estate);
    default:
      return never(rule.evaluator);
  }
}

/** Every backend that can evaluate an alert. */
export const evaluatorsOf = (rule: AlertRule, estate: ServiceEstate): readonly Evaluator[] =>
  evaluators.filter((evaluator) => renderAlert({ ...rule, evaluator }, estate).ok);
