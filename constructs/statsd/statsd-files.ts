import type { Artifact } from "../../model/artifact";
import type { EnvironmentEstate } from "../../model/estate";
import { yamlFile } from "../yaml-file";
import { agentSettings, exporterPort } from "./agent";
import { statsdMappings, statsdMetrics } from "./exporter-mapping";

/** For each service that counts by StatsD: the settings of its Datadog agent, and the mapping of its StatsD exporter. */
export const statsdArtifacts = (estate: EnvironmentEstate): readonly Artifact[] =>
  estate.services.flatMap((each) => {
    const { name } = each.service;
    const metrics = statsdMetrics(each.service);
    if (metrics.length === 0) return [];
    const of = `${name} in ${estate.environment.name}, generated from the catalog`;
    return [
      { path: `statsd/${name}/datadog.yaml`, content: yamlFile(`The Datadog agent of ${of}.`, agentSettings(each)) },
      {
        path: `statsd/${name}/statsd-mapping.yml`,
        content: yamlFile(
          `The StatsD exporter of ${of}: statsd_exporter --statsd.mapping-config=statsd-mapping.yml --statsd.listen-udp=127.0.0.1:${exporterPort} --statsd.listen-tcp=`,
          statsdMappings(metrics),
        ),
      },
    ];
  });
