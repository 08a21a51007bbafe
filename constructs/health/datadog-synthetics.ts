import { parseDuration } from "../../model/duration";
import type { ServiceEstate } from "../../model/estate";
import { type DefiniteHealth, healthAlertName, probeOf, tellingOf } from "../../model/health";
import { checked } from "../../model/result";
import { severities } from "../../model/severity";
import { handlesOf } from "../datadog/message";
import { healthSchema } from "./schema";

/** An HTTP test of Datadog. */
export interface SyntheticTest {
  readonly name: string;
  readonly url: string;
  readonly locations: readonly string[];
  readonly everySeconds: number;
  readonly timeoutSeconds: number;
  /** How many locations must fail before it counts. */
  readonly locationsFailed: number;
  readonly message: string;
  readonly priority: number;
  readonly tags: readonly string[];
  /** The contract, which the body is held against. */
  readonly schema: string;
}

/** One location of three may have trouble of its own; of one or two, one is all there is to go by. */
const locationsFailed = (locations: number): number => (locations >= 3 ? 2 : 1);

const messageOf = (health: DefiniteHealth, team: string): string => {
  const { environment, runbook, url } = health;
  const { severity, route } = tellingOf(health, "datadog-synthetics");
  const { meaning, response } = severities[severity];
  return [
    `${url} does not answer as its contract says, or says that the service is unhealthy`,
    "",
    `${severity} (${meaning}), response: ${response}. Owner: ${team}.`,
    `Runbook: ${runbook}`,
    "",
    handlesOf({ environment, route }),
  ].join("\n");
};

/** What Datadog asks of a service; undefined where it does not ask. */
export function syntheticTest({ health, team, tags, service }: ServiceEstate): SyntheticTest | undefined {
  const probe = health === undefined ? undefined : probeOf(health, "datadog-synthetics");
  if (health === undefined || probe === undefined) return undefined;
  const { environment } = health;
  const { severity } = tellingOf(health, probe.kind);
  return {
    name: `[${environment}] ${service.name}: ${healthAlertName}`,
    url: health.url,
    locations: [...new Set(probe.locations)].sort(),
    everySeconds: checked(parseDuration(probe.every)),
    timeoutSeconds: health.timeoutSeconds,
    locationsFailed: locationsFailed(probe.locations.length),
    message: messageOf(health, team.name),
    priority: severities[severity].datadogPriority,
    // PagerDuty's orchestration reads service and severity from the tags.
    tags: [
      `env:${environment}`,
      `service:${tags["service"] ?? service.name}`,
      `severity:${severity}`,
      `team:${team.name}`,
      `tier:${service.tier}`,
    ],
    schema: JSON.stringify(healthSchema(health)),
  };
}
