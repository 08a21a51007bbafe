import type { OpsgenieRegion } from "../../model/pager";

/** Host of an account's API. Source: Opsgenie API documentation, "Domain of API". */
export const opsgenieHost = (region: OpsgenieRegion): string =>
  region === "eu" ? "api.eu.opsgenie.com" : "api.opsgenie.com";

/** Name of the heartbeat that Prometheus' watchdog of an environment keeps alive. */
export const heartbeatName = (environment: string): string => `${environment}-watchdog`;

/** Where the heartbeat is told that all is well. Source: Opsgenie, Heartbeat API, "Ping Heartbeat Request". */
export const heartbeatUrl = (region: OpsgenieRegion, environment: string): string =>
  `https://${opsgenieHost(region)}/v2/heartbeats/${heartbeatName(environment)}/ping`;

/** Minutes without a beat after which Opsgenie calls: two beats of five minutes that are missed. */
export const heartbeatMinutes = 10;
