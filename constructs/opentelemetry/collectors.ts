import type { EnvironmentEstate } from "../../model/estate";
import { memoized } from "../../model/memoized";
import { tracePipelineOf } from "../../model/trace-pipeline";
import { tracedServices } from "../../model/tracing";
import { yamlFile } from "../yaml-file";
import { agentConfig } from "./agent";
import type { CollectorConfig } from "./components";
import { gatewayConfig } from "./gateway";

/** A collector of an environment, as a value and as the text that it is given. */
export interface Collector {
  readonly role: "agent" | "gateway";
  readonly config: CollectorConfig;
  readonly yaml: string;
}

const collector = (role: Collector["role"], environment: string, config: CollectorConfig): Collector => ({
  role,
  config,
  yaml: yamlFile(`OpenTelemetry collector (${role}) of ${environment}, generated from the catalog.`, config),
});

/** The collectors of an environment: beside each task, and where traces are judged. None where traces are not collected. */
export const collectorsOf = memoized((estate: EnvironmentEstate): readonly Collector[] => {
  const { environment } = estate;
  if (environment.tracing === undefined) return [];
  const pipeline = tracePipelineOf(environment.tracing, environment.name);
  return [
    collector("agent", environment.name, agentConfig(environment.name, pipeline)),
    collector("gateway", environment.name, gatewayConfig(environment, tracedServices(estate), pipeline)),
  ];
});
