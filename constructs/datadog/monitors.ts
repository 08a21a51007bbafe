import { IntegrationPagerdutyServiceObject } from "@cdktf/provider-datadog/lib/integration-pagerduty-service-object";
import { Monitor, type MonitorConfig } from "@cdktf/provider-datadog/lib/monitor";
import { Construct } from "constructs";
import { printDatadogCompositeQuery } from "../../languages/datadog/composite-query";
import { printDatadogBurnRateQuery } from "../../languages/datadog/slo-query";
import type { AlertRule } from "../../model/alert-rule";
import type { EnvironmentEstate } from "../../model/estate";
import { probeOf, tellingOf } from "../../model/health";
import { checked, never } from "../../model/result";
import { routingKeyOf } from "../pagerduty/routing-key";
import { literal } from "../terraform/literal";
import { type CompositeMonitor, type DatadogMonitor, datadogMonitor, type QueryMonitor } from "./monitor";
import { objectivesIn } from "./objectives";
import { pagerDutyServiceName } from "./pagerduty-handle";
import type { DatadogSlo } from "./slo";

export interface DatadogMonitorsOptions {
  /** Routing key of the environment's PagerDuty event orchestration, known only when it is deployed; none, where another pager was chosen. */
  readonly routingKey: string | undefined;
}

/** What monitors of all types have. */
const common = ({ name, message, priority, tags }: DatadogMonitor) => ({
  name: literal(name),
  message: literal(message),
  ...(priority === undefined ? {} : { priority }),
  // Who gets it is said in the message alone, so that a tag cannot add anybody.
  includeTags: false,
  tags: [...tags],
});

function queryConfig(monitor: QueryMonitor): MonitorConfig {
  const { type, query, critical, criticalRecovery, thresholdWindows, evaluationDelaySeconds, onMissingData } = monitor;
  return {
    ...common(monitor),
    type,
    query: literal(query),
    monitorThresholds: { critical, ...(criticalRecovery === undefined ? {} : { criticalRecovery }) },
    ...(thresholdWindows === undefined
      ? {}
      : {
          monitorThresholdWindows: {
            triggerWindow: thresholdWindows.trigger,
            recoveryWindow: thresholdWindows.recovery,
          },
        }),
    ...(evaluationDelaySeconds === undefined ? {} : { evaluationDelay: evaluationDelaySeconds }),
    onMissingData,
    // Sparse counts never fill a window; waiting for it would keep the monitor silent.
    requireFullWindow: false,
  };
}

function addComposite(scope: Construct, id: string, monitor: CompositeMonitor): void {
  const parts = new Map(
    monitor.parts.map((part) => [
      part.id,
      new Monitor(scope, `${id}-${part.id}`, {
        ...queryConfig(part.monitor),
        // Terraform may delete a part before it has changed the monitor that it was a part of.
        forceDelete: true,
      }),
    ]),
  );
  new Monitor(scope, id, {
    ...common(monitor),
    type: monitor.type,
    query: printDatadogCompositeQuery(monitor.query, (part) => parts.get(part)?.id ?? ""),
    ...(monitor.notifyNoData ? { notifyNoData: true } : {}),
  });
}

function addMonitor(scope: Construct, rule: AlertRule, sloId: (slo: DatadogSlo) => string): void {
  const monitor = checked(datadogMonitor(rule));
  switch (monitor.type) {
    case "query alert":
    case "log alert":
      new Monitor(scope, rule.name, queryConfig(monitor));
      return;
    case "composite":
      addComposite(scope, rule.name, monitor);
      return;
    case "slo alert":
      new Monitor(scope, rule.name, {
        ...common(monitor),
        type: monitor.type,
        query: printDatadogBurnRateQuery({ ...monitor.query, slo: sloId(monitor.slo) }),
        monitorThresholds: { critical: monitor.query.threshold },
      });
      return;
    default:
      never(monitor);
  }
}

/**
 * A Datadog monitor for each alert that Datadog evaluates, the objectives that they are on, and the way to PagerDuty, which tests of health
 * endpoints take too.
 */
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
    const tests = services.flatMap(({ health }) =>
      health !== undefined && probeOf(health, "datadog-synthetics") !== undefined
        ? [tellingOf(health, "datadog-synthetics")]
        : [],
    );
    const told = [...tests, ...rules.flatMap(({ alerts }) => alerts)];
    if (told.some(({ route }) => route.urgency !== undefined)) {
      new IntegrationPagerdutyServiceObject(this, "pagerduty", {
        serviceName: pagerDutyServiceName(environment.name),
        serviceKey: routingKeyOf(routingKey),
      });
    }
    for (const { service, alerts } of rules) {
      if (alerts.length === 0) continue;
      const inService = new Construct(this, service);
      const sloId = objectivesIn(inService);
      for (const rule of alerts) addMonitor(inService, rule, sloId);
    }
  }
}
