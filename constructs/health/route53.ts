import { type DefiniteHealth, healthAlertName, probeOf, tellingOf } from "../../model/health";
import type { Severity } from "../../model/severity";
import { severities } from "../../model/severity";
import { alarmName } from "../cloudwatch/alarm-name";
import { searchString } from "./body";

/** Where Route 53 counts, wherever it asks from. Source: Amazon Route 53 Developer Guide, "Monitoring health checks using CloudWatch". */
export const route53MetricsRegion = "us-east-1" as const;

/**
 * What an alarm on a health check watches, where Route 53 counts: the first minute in which it is unhealthy, for whoever asks has asked several
 * times by then. A check that says nothing is no healthy one.
 *
 * @param id of the health check.
 */
export const onHealthCheck = (id: string) =>
  ({
    region: route53MetricsRegion,
    namespace: "AWS/Route53",
    metricName: "HealthCheckStatus",
    dimensions: { HealthCheckId: id },
    statistic: "Minimum",
    period: 60,
    comparisonOperator: "LessThanThreshold",
    threshold: 1,
    evaluationPeriods: 1,
    treatMissingData: "breaching",
  }) as const;

/** A health check of Route 53, and the alarm on it. */
export interface Route53Check {
  readonly type: "HTTPS_STR_MATCH" | "HTTP_STR_MATCH";
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly searchString: string;
  readonly intervalSeconds: number;
  readonly failureThreshold: number;
  readonly regions: readonly string[];
  readonly alarm: { readonly name: string; readonly description: string; readonly severity: Severity };
}

const portOf = ({ port, protocol }: URL): number => (port === "" ? (protocol === "https:" ? 443 : 80) : Number(port));

/** What Route 53 asks of a service; undefined where it does not ask. */
export function route53Check(health: DefiniteHealth): Route53Check | undefined {
  const probe = probeOf(health, "route53");
  if (probe === undefined) return undefined;
  const { service, environment, runbook } = health;
  const { severity } = tellingOf(health, probe.kind);
  const url = new URL(health.url);
  const { meaning, response } = severities[severity];
  return {
    type: url.protocol === "https:" ? "HTTPS_STR_MATCH" : "HTTP_STR_MATCH",
    host: url.hostname,
    port: portOf(url),
    path: url.pathname,
    searchString,
    intervalSeconds: probe.every === "10s" ? 10 : 30,
    // The default of Route 53: a region calls an endpoint unhealthy after three failures.
    failureThreshold: 3,
    regions: [...probe.regions].sort(),
    alarm: {
      name: alarmName({ environment, service, name: healthAlertName }),
      description: [
        `Route 53 cannot reach ${health.url} from most of its regions, or it is unhealthy`,
        "",
        `${severity} (${meaning}), response: ${response}.`,
        `Runbook: ${runbook}`,
      ].join("\n"),
      severity,
    },
  };
}
