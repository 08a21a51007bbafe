import type { Artifact } from "../../model/artifact";
import type { EnvironmentEstate } from "../../model/estate";
import { memoized } from "../../model/memoized";
import { yamlFile } from "../yaml-file";
import { type ServerRole, serverConfig } from "./server-config";

/** What each file is for, above it. */
const headings: Readonly<Record<ServerRole, string>> = {
  server: "evaluates the rule files beside it and tells Alertmanager",
  collector: "scrapes and writes to the workspace, which evaluates the rules; put the workspace's id into its URL",
};

const configFile = (estate: EnvironmentEstate, role: ServerRole): string =>
  yamlFile(
    `Prometheus of ${estate.environment.name}, generated from the catalog: ${headings[role]}.`,
    serverConfig(estate, role),
  );

/**
 * Flags that the files stand or fall with, one a line: Prometheus reads them itself from `@prometheus.args` on its command line. Paths and
 * addresses are the machine's to say. Prometheus 3 needs the feature no more, and takes the flag.
 */
export const launchFlags = ({ environment }: EnvironmentEstate): readonly string[] => [
  `--storage.tsdb.retention.time=${environment.metricsRetention.serverDays}d`,
  "--enable-feature=expand-external-labels",
];

/** Prometheus' own configuration, beside its rule files: `prometheus.yml` for one that evaluates them, `collector.yml` for one that does not. */
export const serverArtifacts = memoized((estate: EnvironmentEstate): readonly Artifact[] => [
  { path: "prometheus/prometheus.yml", content: configFile(estate, "server") },
  { path: "prometheus/collector.yml", content: configFile(estate, "collector") },
  { path: "prometheus/prometheus.args", content: `${launchFlags(estate).join("\n")}\n` },
]);
