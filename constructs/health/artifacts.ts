import type { Artifact } from "../../model/artifact";
import type { EnvironmentEstate } from "../../model/estate";
import { asksForPages, blackboxHealth, blackboxTargets, blackboxYaml } from "./blackbox";
import { healthSchemaText } from "./schema";

/** The contract of every health endpoint, and what an environment's blackbox exporter and Prometheus need to ask them. */
export function healthArtifacts(estate: EnvironmentEstate): readonly Artifact[] {
  const asked = blackboxHealth(estate);
  return [
    ...estate.services.flatMap(({ health }) =>
      health === undefined ? [] : [{ path: `health/${health.service}.schema.json`, content: healthSchemaText(health) }],
    ),
    ...(asked.length === 0
      ? []
      : [
          { path: "health/blackbox.yml", content: blackboxYaml(asked, asksForPages(estate)) },
          { path: "health/blackbox-targets.json", content: blackboxTargets(asked) },
        ]),
  ];
}
