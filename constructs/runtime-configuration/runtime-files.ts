import type { Artifact } from "../../model/artifact";
import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import { memoized } from "../../model/memoized";
import { isConfigured, runtimeVariables } from "../../model/runtime-configuration";
import { ports } from "../opentelemetry/ports";
import { envFile } from "./env-file";

/** Where a service finds the agents beside it: the collector, and Datadog's at its usual port. */
export const agentPorts = { otlp: ports.otlpGrpc, statsd: 8125 } as const;

/** What one service is told at its start. */
export interface RuntimeFile {
  readonly service: ServiceEstate;
  /**
   * Name of the parameter that holds it. A renamed service's keeps the old name for as long as `renamedFrom` stands: under another it would be
   * deleted first, and a task that starts in between would find none.
   */
  readonly parameter: string;
  readonly content: string;
}

/** The configuration of every service of an environment that reads one. */
export const runtimeFiles = memoized((estate: EnvironmentEstate): readonly RuntimeFile[] =>
  estate.services.filter(isConfigured).map((service) => ({
    service,
    parameter: `/estate/${estate.environment.name}/runtime/${service.service.renamedFrom ?? service.service.name}`,
    content: envFile(runtimeVariables(service, agentPorts)),
  })),
);

/** `runtime/<service>.env`: byte for byte what the parameters hold, but for what is known only when it is deployed. */
export const runtimeArtifacts = (estate: EnvironmentEstate): readonly Artifact[] =>
  runtimeFiles(estate).map(({ service, content }) => ({ path: `runtime/${service.service.name}.env`, content }));
