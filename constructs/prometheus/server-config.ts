import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import { scrapesOf } from "../../model/service";
import { scrapeSeconds } from "../../model/time-to-page";
import type { Relabelling } from "./relabelling";
import { ruleFiles } from "./rule-file";
import { evaluationInterval } from "./rules";
import { type ScrapeJob, scrapeJobs, type TargetSources, targetSources } from "./scrape-job";
import { weeklySummaryFiles } from "./weekly-summary";

/** Source: Prometheus, Configuration, "<remote_write>"; AMP user guide, "Set up ingestion from a new Prometheus server". */
export interface RemoteWrite {
  readonly name: string;
  readonly url: string;
  readonly sigv4: { readonly region: string };
  readonly queue_config: {
    readonly max_samples_per_send: number;
    readonly max_shards: number;
    readonly capacity: number;
  };
  readonly write_relabel_configs: readonly Relabelling[];
}

/** Prometheus' own configuration. Source: Prometheus, Configuration. */
export interface ServerConfig {
  readonly global: {
    readonly scrape_interval: string;
    readonly scrape_timeout: string;
    readonly evaluation_interval: string;
    readonly external_labels: Readonly<Record<string, string>>;
  };
  readonly rule_files?: readonly string[];
  readonly alerting?: {
    readonly alert_relabel_configs: readonly Relabelling[];
    readonly alertmanagers: readonly (TargetSources & { readonly api_version: "v2" })[];
  };
  readonly scrape_configs: readonly ScrapeJob[];
  readonly remote_write?: readonly RemoteWrite[];
}

/**
 * Who evaluates the rules. One of them only: two that evaluate the same rules call people twice.
 *
 * `server`: Prometheus itself, which tells Alertmanager, for those who run all of it themselves. `collector`: the workspace, which has the
 * rules by Terraform; Prometheus scrapes and writes to it.
 */
export type ServerRole = "server" | "collector";

/** Stands for the workspace's id, which only a deployment knows, in the collector's file. */
export const workspaceIdPlaceholder = "WORKSPACE_ID";

/** Which of two equal servers: the name of its host, which Prometheus fills in (`--enable-feature=expand-external-labels`). */
const replica = "${HOSTNAME}";

/**
 * The labels of a series outside of this server. AMP takes the samples of one of a cluster's replicas, told by these two names.
 * Source: AMP user guide, "Deduplicating high availability metrics sent to Amazon Managed Service for Prometheus".
 */
const externalLabels = (role: ServerRole, environment: string, region: string): Readonly<Record<string, string>> =>
  role === "server"
    ? { environment, region, replica }
    : { cluster: environment, environment, region, __replica__: replica };

const alertmanagersOf = (services: readonly ServiceEstate[]): readonly TargetSources[] =>
  services.flatMap((estate) =>
    scrapesOf(estate.service)
      .filter(({ role }) => role === "alertmanager")
      .map((scrape) => targetSources(scrape, estate)),
  );

const remoteWrite = (region: string): RemoteWrite => ({
  name: "amp",
  url: `https://aps-workspaces.${region}.amazonaws.com/workspaces/${workspaceIdPlaceholder}/api/v1/remote_write`,
  sigv4: { region },
  // As AMP's own guide has it: fewer, larger requests than Prometheus would send.
  queue_config: { max_samples_per_send: 1000, max_shards: 200, capacity: 2500 },
  // What Prometheus writes of every scrape is for who looks after it, and is paid for in the workspace like all else.
  write_relabel_configs: [{ source_labels: ["__name__"], regex: "scrape_.*", action: "drop" }],
});

/** The configuration of an environment's Prometheus. */
export const serverConfig = (estate: EnvironmentEstate, role: ServerRole): ServerConfig => {
  const { environment, services } = estate;
  const alertmanagers = alertmanagersOf(services);
  const rules = [
    ...ruleFiles(estate).map(({ service }) => `${service.service.name}.rules.yaml`),
    ...weeklySummaryFiles(estate).map(({ path }) => path),
  ];
  return {
    global: {
      scrape_interval: `${scrapeSeconds}s`,
      scrape_timeout: `${scrapeSeconds}s`,
      evaluation_interval: evaluationInterval,
      external_labels: externalLabels(role, environment.name, environment.region),
    },
    ...(role === "server"
      ? {
          ...(rules.length === 0 ? {} : { rule_files: rules }),
          ...(alertmanagers.length === 0
            ? {}
            : {
                alerting: {
                  // Both replicas tell of an alert; it is one only if nothing tells them apart.
                  alert_relabel_configs: [{ regex: "replica", action: "labeldrop" as const }],
                  alertmanagers: alertmanagers.map((targets) => ({ api_version: "v2" as const, ...targets })),
                },
              }),
        }
      : {}),
    scrape_configs: services.flatMap(scrapeJobs),
    ...(role === "server" ? {} : { remote_write: [remoteWrite(environment.region)] }),
  };
};
