import { IntegrationPagerdutyServiceObject } from "@cdktf/provider-datadog/lib/integration-pagerduty-service-object";
import { Monitor } from "@cdktf/provider-datadog/lib/monitor";
import { Construct } from "constructs";
import type { AlertRule } from "../../model/alert-rule";
import type { EnvironmentEstate } from "../../model/estate";
import { checked } from "../../model/result";
import { literal } from "../terraform/literal";
import { datadogMonitor } from "./monitor";
import { pagerDutyServiceName } from "./pagerduty-handle";

export interface DatadogMonitorsOptions {
  /** Routing key of the environment's PagerDuty event orchestration, known only when it is deployed. */
  readonly routingKey: string;
}

function addMonitor(scope: Construct, rule: AlertRule): void {
  const { name, type, query, message, critical, criticalRecovery, priority, onMissingData, tags } = checked(
    datadogMonitor(rule),
  );
  new Monitor(scope, rule.name, {
    name: literal(name),
    type,
    query: literal(query),
    message: literal(message),
    monitorThresholds: { critical, ...(criticalRecovery === undefined ? {} : { criticalRecovery }) },
    priority,
    onMissingData,
    // Sparse counts never fill a window; waiting for it would keep the monitor silent.
    requireFullWindow: false,
    // Who gets it is said in the message alone, so that a tag cannot add anybody.
    includeTags: false,
    tags: [...tags],
  });
}

/** A Datadog monitor for each alert that Datadog evaluates, and the way from there to PagerDuty. */
export class DatadogMonitors extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { environment, services }: EnvironmentEstate,
    { routingKey }: DatadogMonitorsOptions,
  ) {
    super(scope, id);
    const rules = services.map(({ service, alerts }) => ({
      service: service.name,
      alerts: alerts.filter(({ evaluator }) => evaluator === "datadog"),
    }));
    if (rules.some(({ alerts }) => alerts.some(({ route }) => route.urgency !== undefined))) {
      new IntegrationPagerdutyServiceObject(this, "pagerduty", {
        serviceName: pagerDutyServiceName(environment.name),
        serviceKey: routingKey,
      });
    }
    for (const { service, alerts } of rules) {
      if (alerts.length === 0) continue;
      const inService = new Construct(this, service);
      for (const rule of alerts) addMonitor(inService, rule);
    }
  }
}
