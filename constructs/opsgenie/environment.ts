import { Construct } from "constructs";
import type { EnvironmentEstate } from "../../model/estate";
import { ApiIntegration } from "../../providers/opsgenie/api-integration";
import { Heartbeat } from "../../providers/opsgenie/heartbeat";
import { literal } from "../terraform/literal";
import { heartbeatMinutes, heartbeatName } from "./api";

export interface OpsgenieEnvironmentOptions {
  /** Identifier of the team that hears of a heart that has stopped, known only when it is deployed. */
  readonly supportId: string;
}

/**
 * The way of an environment's alerts into Opsgenie: an API integration that takes the responders which an alert names, and a heartbeat
 * that calls when Prometheus, or anything on its way, has fallen silent.
 */
export class OpsgenieEnvironment extends Construct {
  /** Key (sensitive token) of the integration. */
  readonly apiKey: string;

  constructor(
    scope: Construct,
    id: string,
    { environment: { name } }: EnvironmentEstate,
    { supportId }: OpsgenieEnvironmentOptions,
  ) {
    super(scope, id);
    this.apiKey = new ApiIntegration(this, "integration", {
      name: literal(`${name} Alertmanager`),
      type: "API",
      enabled: true,
      // Of no team, so that each alert may name its own.
      ignoreRespondersFromPayload: false,
      allowWriteAccess: true,
      suppressNotifications: false,
    }).apiKey;
    new Heartbeat(this, "watchdog", {
      name: literal(heartbeatName(name)),
      description: literal(`Alerts of ${name} are evaluated, and reach Opsgenie`),
      interval: heartbeatMinutes,
      intervalUnit: "minutes",
      enabled: true,
      ownerTeamId: supportId,
      alertMessage: literal(`Nothing of Prometheus in ${name} has come through for ${heartbeatMinutes} minutes`),
      alertPriority: "P1",
      alertTags: [literal(name)],
    });
  }
}
