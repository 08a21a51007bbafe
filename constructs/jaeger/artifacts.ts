import type { Artifact } from "../../model/artifact";
import type { EnvironmentEstate } from "../../model/estate";
import { tracePipelineOf } from "../../model/trace-pipeline";
import { tracedServices } from "../../model/tracing";
import { yamlFile } from "../yaml-file";
import { jaegerConfig, samplingStrategies } from "./config";
import { jaegerUi } from "./ui";

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** `jaeger/jaeger.yaml` and what it tells SDKs, for those who run Jaeger; nothing where traces do not go to it. */
export function jaegerArtifacts(estate: EnvironmentEstate): readonly Artifact[] {
  const { environment } = estate;
  if (environment.tracing?.backends.includes("jaeger") !== true) return [];
  const traced = tracedServices(estate);
  const config = jaegerConfig(environment, traced, tracePipelineOf(environment.tracing, environment.name));
  return [
    {
      path: "jaeger/jaeger.yaml",
      content: yamlFile(`Jaeger of ${environment.name}, generated from the catalog.`, config),
    },
    { path: "jaeger/sampling-strategies.json", content: json(samplingStrategies(traced)) },
    { path: "jaeger/ui.json", content: json(jaegerUi(estate)) },
  ];
}
