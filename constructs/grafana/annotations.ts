import { AnnotationQueryBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder, QueryEditorMode } from "@grafana/grafana-foundation-sdk/prometheus";
import type { ServiceEstate } from "../../model/estate";
import { prometheusSource, refTo } from "./data-sources";

/**
 * Marks every graph while an alert of the service fires, from the `ALERTS` series that Prometheus keeps of its own rules (Prometheus
 * documentation, Alerting rules, "Inspecting alerts during runtime"). None where Prometheus evaluates no alert of the service.
 */
export function annotationsOf({ service, environment, alerts }: ServiceEstate): readonly AnnotationQueryBuilder[] {
  if (!alerts.some(({ evaluator }) => evaluator === "prometheus")) return [];
  const source = refTo(prometheusSource(environment));
  const matchers = [
    'alertstate="firing"',
    `environment=${JSON.stringify(environment.name)}`,
    `service=${JSON.stringify(service.name)}`,
  ];
  return [
    new AnnotationQueryBuilder()
      .name("Firing alerts")
      .datasource(source)
      .enable(true)
      .iconColor("red")
      .titleFormat("{{alertname}}")
      .textFormat("{{severity}}")
      .tagKeys("severity")
      .target(
        new DataqueryBuilder()
          .datasource(source)
          .editorMode(QueryEditorMode.Code)
          .expr(`ALERTS{${matchers.join(", ")}}`)
          .interval("1m")
          .refId("Alerts")
          .range(),
      ),
  ];
}
