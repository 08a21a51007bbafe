import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { SyntheticsTest } from "@cdktf/provider-datadog/lib/synthetics-test";
import { Construct } from "constructs";
import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import type { Severity } from "../../model/severity";
import { SyntheticMonitoringCheck } from "../../providers/grafana/synthetic-monitoring-check";
import { literal, literals } from "../terraform/literal";
import { Canaries } from "./canary/canaries";
import { canaryOf, tellingPlaces } from "./canary/canary";
import { type SyntheticTest, syntheticTest } from "./datadog-synthetics";
import { type SyntheticCheck, syntheticCheck } from "./grafana-synthetics";
import { onHealthCheck, type Route53Check, route53Check, route53MetricsRegion } from "./route53";
import { alarmTopics } from "./topics";

export interface HealthProbesOptions {
  /** Routing key of the environment's PagerDuty event orchestration, known only when it is deployed. */
  readonly routingKey: string | undefined;
  /** ARNs (tokens) of the topics of alarms that the environment has in its own region, by severity. */
  readonly topics: ReadonlyMap<Severity, string>;
}

/**
 * Who asks the health endpoints of an environment from outside: Route 53 and canaries with their alarms, Datadog and Grafana. The blackbox exporter is
 * asked by Prometheus and needs no resource; Sentry's checks belong to its projects.
 *
 * Route 53 counts in Northern Virginia alone, so that its alarms and the topics that they tell are there, whatever region the
 * environment is in: each names that region, and the provider stays the environment's.
 */
export class HealthProbes extends Construct {
  constructor(scope: Construct, id: string, estate: EnvironmentEstate, options: HealthProbesOptions) {
    super(scope, id);
    const checks = estate.services.flatMap((service) => {
      const check = service.health === undefined ? undefined : route53Check(service.health);
      return check === undefined ? [] : [{ service, check }];
    });
    const asked = estate.services.flatMap((service) => {
      const canary = canaryOf(service);
      return canary === undefined ? [] : [{ service, canary }];
    });
    const places = [
      ...checks.map(({ check }) => ({ region: route53MetricsRegion, severity: check.alarm.severity })),
      ...asked.flatMap(({ canary }) => tellingPlaces(canary)),
    ];
    const topicOf = alarmTopics(this, places, { ...options, environment: estate.environment });
    for (const service of estate.services) {
      const within = new Construct(this, service.service.name);
      const found = checks.find(({ service: of }) => of === service);
      if (found !== undefined) {
        const { severity } = found.check.alarm;
        addRoute53(within, found.check, service, topicOf({ region: route53MetricsRegion, severity }));
      }
      const test = syntheticTest(service);
      if (test !== undefined) addDatadog(within, test);
      const check = service.health === undefined ? undefined : syntheticCheck(service.health);
      if (check !== undefined) addGrafana(within, check, service.tags);
    }
    // The underscore keeps the id apart from the services', whose names stand beside it and are in kebab-case.
    if (asked.length > 0) new Canaries(this, "cloudwatch_synthetics", estate.environment, asked, topicOf);
  }
}

function addRoute53(scope: Construct, check: Route53Check, { tags }: ServiceEstate, topic: string | undefined): void {
  const { type, host, port, path, searchString, intervalSeconds, failureThreshold, regions, alarm } = check;
  const healthCheck = new Route53HealthCheck(scope, "route53", {
    type,
    fqdn: literal(host),
    port,
    resourcePath: literal(path),
    searchString: literal(searchString),
    requestInterval: intervalSeconds,
    failureThreshold,
    regions: [...regions],
    measureLatency: true,
    // The name that the console shows is a tag.
    tags: literals({ ...tags, Name: alarm.name }),
  });
  const told = topic === undefined ? [] : [topic];
  new CloudwatchMetricAlarm(scope, "route53-alarm", {
    ...onHealthCheck(healthCheck.id),
    alarmName: literal(alarm.name),
    alarmDescription: literal(alarm.description),
    alarmActions: told,
    okActions: told,
    tags: literals({ ...tags, severity: alarm.severity.toLowerCase() }),
  });
}

function addDatadog(scope: Construct, test: SyntheticTest): void {
  new SyntheticsTest(scope, "datadog", {
    type: "api",
    subtype: "http",
    status: "live",
    name: literal(test.name),
    message: literal(test.message),
    locations: [...test.locations],
    tags: test.tags.map(literal),
    requestDefinition: { method: "GET", url: literal(test.url), timeout: test.timeoutSeconds },
    requestHeaders: { Accept: "application/json" },
    assertion: [
      { type: "statusCode", operator: "is", target: "200" },
      { type: "responseTime", operator: "lessThan", target: String(test.timeoutSeconds * 1000) },
      {
        type: "body",
        operator: "validatesJSONSchema",
        targetjsonschema: { jsonschema: literal(test.schema), metaschema: "draft-07" },
      },
      {
        type: "body",
        operator: "validatesJSONPath",
        targetjsonpath: { jsonpath: "$.status", operator: "isNot", targetvalue: "unhealthy" },
      },
    ],
    optionsList: {
      tickEvery: test.everySeconds,
      minLocationFailed: test.locationsFailed,
      // A lost packet is asked again before it counts.
      retry: { count: 1, interval: 1000 },
      monitorName: literal(test.name),
      monitorPriority: test.priority,
      followRedirects: false,
    },
  });
}

function addGrafana(scope: Construct, check: SyntheticCheck, tags: Readonly<Record<string, string>>): void {
  new SyntheticMonitoringCheck(scope, "grafana", {
    job: literal(check.job),
    target: literal(check.target),
    probes: [...check.probes],
    frequency: check.everyMs,
    timeout: check.timeoutMs,
    labels: literals(tags),
    // Grafana's own rules on its checks; its notification policies tell the team by the labels.
    alertSensitivity: "medium",
    settings: {
      http: {
        method: "GET",
        headers: ["Accept: application/json"],
        noFollowRedirects: true,
        validStatusCodes: [200],
        failIfNotSsl: check.encrypted,
        failIfBodyNotMatchesRegexp: [literal(check.bodyRegex)],
      },
    },
  });
}
