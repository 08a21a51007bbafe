import type { AwsRegion } from "../../../model/aws";
import { parseDuration } from "../../../model/duration";
import type { Environment } from "../../../model/environment";
import type { ServiceEstate } from "../../../model/estate";
import { healthAlertName, probeOf, tellingOf } from "../../../model/health";
import { checked } from "../../../model/result";
import type { Service } from "../../../model/service";
import { type Severity, severities } from "../../../model/severity";
import { alarmName } from "../../cloudwatch/alarm-name";
import { route53MetricsRegion } from "../route53";

/** An alarm on the canaries of a service. */
export interface CanaryAlarm {
  readonly region: AwsRegion;
  readonly name: string;
  readonly description: string;
  /** Whom it tells; nobody, where the alarm on all regions reads it. */
  readonly severity?: Severity;
}

/** The canaries of one service: the same one in each region, and when somebody is told. */
export interface Canary {
  /** The same in each region. A renamed service's keeps the old one for as long as `renamedFrom` stands: under another it would be another canary. */
  readonly name: string;
  readonly roleName: string;
  readonly regions: readonly AwsRegion[];
  readonly runtime: string;
  /** `rate(5 minutes)`. */
  readonly schedule: string;
  readonly everySeconds: number;
  readonly timeoutSeconds: number;
  /** What the script is told: nothing secret, since whoever sees a canary sees them. */
  readonly variables: Readonly<Record<string, string>>;
  /** One in each region, on the canary there. */
  readonly alarms: readonly CanaryAlarm[];
  /** Where there are several regions: the alarm on all of them, and how many must do well for it to be silent. */
  readonly together?: { readonly healthyRegions: number; readonly alarm: CanaryAlarm };
}

/** Runs in a row that must fail: the second is no lost packet, and no hiccup of the machine that the canary is started on. */
export const failedRuns = 2;

/**
 * Regions that must fail before somebody is told: more than half. One region of several that cannot reach a service is the network between,
 * which nobody here can mend.
 */
const regionsFailed = (regions: number): number => Math.floor(regions / 2) + 1;

/** The bucket of an environment's canaries in a region: names of buckets are the whole world's, and Lambda takes code of its own region. */
export const canaryBucket = ({ account, name }: Pick<Environment, "account" | "name">, region: string): string =>
  `${account}-${name}-canaries-${region}`;

/** Names in AWS of a service's canary and role. */
export function canaryNamesOf(
  environment: string,
  { name, renamedFrom = name }: Pick<Service, "name" | "renamedFrom">,
) {
  const identity = `${environment}-${renamedFrom}`;
  return { name: `${identity}-health`, roleName: `${identity}-canary` };
}

/** `rate(1 minute)`, `rate(5 minutes)`, `rate(1 hour)`. Source: Amazon CloudWatch Synthetics API, CanaryScheduleInput, `Expression`. */
function rate(seconds: number): string {
  if (seconds === 3600) return "rate(1 hour)";
  return seconds === 60 ? "rate(1 minute)" : `rate(${seconds / 60} minutes)`;
}

/** What CloudWatch Synthetics asks of a service; undefined where it does not ask. */
export function canaryOf({ health, service }: ServiceEstate): Canary | undefined {
  const probe = health === undefined ? undefined : probeOf(health, "cloudwatch-synthetics");
  if (health === undefined || probe === undefined) return undefined;
  const { environment, runbook, url } = health;
  const { severity } = tellingOf(health, probe.kind);
  const { meaning, response } = severities[severity];
  const regions = [...new Set(probe.regions)].sort();
  const several = regions.length > 1;
  const everySeconds = checked(parseDuration(probe.every));
  // Route 53 has an alarm of the plain name, and in its region the two would be one.
  const alarm = (who: string) => alarmName({ environment, service: service.name, name: `${healthAlertName} (${who})` });
  const told = (what: string): string =>
    [
      `${what} does not answer as its contract says, or says that the service is unhealthy; or the canaries do not run`,
      "",
      `${severity} (${meaning}), response: ${response}.`,
      `Runbook: ${runbook}`,
    ].join("\n");
  return {
    ...canaryNamesOf(environment, service),
    regions,
    runtime: probe.runtime,
    schedule: rate(everySeconds),
    everySeconds,
    timeoutSeconds: checked(parseDuration(probe.timeout)),
    variables: {
      HEALTH_URL: url,
      HEALTH_TIMEOUT_SECONDS: String(health.timeoutSeconds),
      HEALTH_DEPENDENCIES: health.dependencies.join(","),
    },
    alarms: regions.map((region) => ({
      region,
      name: alarm(`canary of ${region}`),
      ...(several
        ? { description: `What the canary of ${region} sees; the alarm "${alarm("canaries")}" tells of it.` }
        : { description: told(`Asked from ${region}, ${url}`), severity }),
    })),
    ...(several
      ? {
          together: {
            healthyRegions: regions.length - regionsFailed(regions.length) + 1,
            alarm: {
              region: route53MetricsRegion,
              name: alarm("canaries"),
              description: told(`Asked from most of ${regions.join(", ")}, ${url}`),
              severity,
            },
          },
        }
      : {}),
  };
}

/** Where its alarms tell somebody, and how bad it is what they tell of. */
export const tellingPlaces = ({
  alarms,
  together,
}: Canary): readonly { readonly region: AwsRegion; readonly severity: Severity }[] =>
  [...alarms, ...(together === undefined ? [] : [together.alarm])].flatMap(({ region, severity }) =>
    severity === undefined ? [] : [{ region, severity }],
  );
