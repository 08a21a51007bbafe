import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { alertmanagerConfig } from "../../constructs/alertmanager/config";
import { rulesYaml } from "../../constructs/prometheus/rule-yaml";
import { prometheusRules } from "../../constructs/prometheus/rules";
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
  /** Where each service is, by its name. */
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

/**
 * Starts a Prometheus that scrapes the services, evaluates the deployed rules on a fast clock and tells Alertmanager.
 * @throws Error with its log, when it does not get ready.
 */
export function startMonitoring(
  path: string,
  { estate, folder, targets }: Monitored,
  alertmanager: string,
): Promise<Server> {
  const host = (url: string): string => new URL(url).host;
  const config = {
    global: { scrape_interval: `${shortest}s`, scrape_timeout: `${shortest}s`, evaluation_interval: `${shortest}s` },
    rule_files: rulesIn(folder, estate),
    alerting: { alertmanagers: [{ static_configs: [{ targets: [host(alertmanager)] }] }] },
    scrape_configs: Object.entries(targets).map(([name, url]) => ({
      job_name: name,
      static_configs: [{ targets: [host(url)] }],
    })),
  };
  const file = join(folder, "prometheus.yml");
  writeFileSync(file, stringify(config));
  return startPrometheus(path, file, join(folder, "prometheus"), [
    `--query.lookback-delta=${Math.max(5, Math.round(300 / factor))}s`,
    // An alert is told again, and its end, as soon as it is known.
    "--rules.alert.resend-delay=1s",
  ]);
}
