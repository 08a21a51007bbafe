import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { alertmanagerConfig } from "../../constructs/alertmanager/config";
import { rulesYaml } from "../../constructs/prometheus/rule-yaml";
import { prometheusRules } from "../../constructs/prometheus/rules";
import type { ScrapeJob } from "../../constructs/prometheus/scrape-job";
import { serverConfig } from "../../constructs/prometheus/server-config";
import { launchFlags } from "../../constructs/prometheus/server-files";
import type { EnvironmentEstate } from "../../model/estate";
import { checked } from "../../model/result";
import { scaledGroups, shortest } from "../../simulator/time-scale";
import { type Server, startPrometheus, startServer } from "../servers/prometheus";
import { localConfig, unpackedAlertmanager } from "./local-alertmanager";

/** How many times faster than usual the clock of the rules goes: an hour takes a minute. */
export const factor = 60;

export interface Monitored {
  readonly estate: EnvironmentEstate;
  /** A folder of one's own. */
  readonly folder: string;
  /** Where each job's page is: the service's, or its exporter's. */
  readonly targets: Readonly<Record<string, string>>;
  /** Where pages go. */
  readonly sink: string;
}

/**
 * Starts an Alertmanager with the deployed routes, and the sink in the place of its receivers.
 * @throws Error with its log, when it does not get ready.
 */
export function startLocalAlertmanager(path: string, { estate, folder, sink }: Monitored): Promise<Server> {
  const home = join(folder, "alertmanager");
  mkdirSync(home, { recursive: true });
  const config = join(home, "alertmanager.yaml");
  writeFileSync(config, localConfig(checked(alertmanagerConfig(estate)), { sink, folder: home }));
  const program = unpackedAlertmanager(path, home);
  const args = [`--config.file=${config}`, `--storage.path=${join(home, "data")}`, "--cluster.listen-address="];
  return startServer(program, args, dirname(program));
}

/** The deployed rules of a service, on the fast clock. */
function rulesIn(folder: string, estate: EnvironmentEstate): readonly string[] {
  return estate.services.map((service) => {
    const path = join(folder, `${service.service.name}.rules.yaml`);
    writeFileSync(path, rulesYaml(scaledGroups(prometheusRules(service), factor)));
    return path;
  });
}

/** Seconds between two scrapes of a postgres exporter: one whose server is away asks again after a second before it says so. */
const patience = 2;

/** A deployed job at this machine's addresses, on the fast clock. What it keeps of a page, and how much it takes, stays as it is. */
function localJob(
  { dns_sd_configs: _dns, ec2_sd_configs: _ec2, scrape_interval: _interval, ...job }: ScrapeJob,
  target: string,
  ofDatabase: boolean,
) {
  const every = `${ofDatabase ? patience : shortest}s`;
  return {
    ...job,
    scrape_interval: every,
    scrape_timeout: every,
    static_configs: [{ targets: [new URL(target).host] }],
  };
}

/**
 * Starts a Prometheus with the deployed scrape jobs, which evaluates the deployed rules on a fast clock and tells Alertmanager.
 * @throws Error with its log, when it does not get ready.
 */
export function startMonitoring(
  path: string,
  { estate, folder, targets }: Monitored,
  alertmanager: string,
): Promise<Server> {
  const deployed = serverConfig(estate, "server");
  const databases = estate.services.filter(({ service }) => service.runtime.kind === "rds-instance");
  const config = {
    ...deployed,
    global: { ...deployed.global, evaluation_interval: `${shortest}s` },
    rule_files: rulesIn(folder, estate),
    alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanager).host] }] }] },
    scrape_configs: deployed.scrape_configs.flatMap((job) => {
      const target = targets[job.job_name];
      const ofDatabase = databases.some(({ service }) => service.name === job.job_name);
      return target === undefined ? [] : [localJob(job, target, ofDatabase)];
    }),
  };
  const file = join(folder, "prometheus.yml");
  // Prometheus reads YAML 1.1, where `on` and `0o7` are not what they are in 1.2.
  writeFileSync(file, stringify(config, { version: "1.1" }));
  return startPrometheus(path, file, join(folder, "prometheus"), [
    ...launchFlags(estate),
    `--query.lookback-delta=${Math.max(5, Math.round(300 / factor))}s`,
    // An alert is told again, and its end, as soon as it is known.
    "--rules.alert.resend-delay=1s",
  ]);
}
