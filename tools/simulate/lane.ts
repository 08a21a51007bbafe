import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { rulesYaml } from "../../constructs/prometheus/rule-yaml";
import type { Fault } from "../../model/fault";
import { liveName } from "../../simulator/fault-outcome";
import { slack } from "../../simulator/fault-plan";
import { isWatchdog, type LiveService } from "../../simulator/live-rules";
import { scrapeConfig } from "../../simulator/scrape-config";
import type { SimulatedService } from "../../simulator/simulated-service";
import { scaledGroups, shortest } from "../../simulator/time-scale";
import { eventually, type Server, startPrometheus } from "../servers/prometheus";
import { type Exporter, startExporter } from "./exporter";
import { alertsOf, rulesOf, type SeenAlert } from "./prometheus-api";

/** How a firing alert is named. */
export const nameOf = ({ labels }: SeenAlert): string =>
  liveName({ service: labels["service"] ?? "", name: labels["alertname"] ?? "" });

/** A Prometheus and the exporter that it scrapes. */
export interface Lane {
  readonly exporter: Exporter;
  readonly server: Server;
  /** Services that a fault is busy with. */
  readonly busy: Set<string>;
  /** `service › alert` of what fired in a service that no fault was busy with. */
  readonly strays: Set<string>;
  /** What fires now, but for what always does. */
  readonly firing: () => Promise<readonly SeenAlert[]>;
  readonly stop: () => Promise<void>;
}

const watchdogsOf = (services: readonly LiveService[]): ReadonlySet<string> =>
  new Set(
    services.flatMap(({ service, rules }) =>
      rules.filter(({ rule }) => isWatchdog(rule)).map(({ rule }) => liveName({ service, name: rule.alert })),
    ),
  );

/** What every lane is made from. */
export interface Prepared {
  /** How many times faster than usual the clock goes. */
  readonly factor: number;
  readonly simulated: readonly SimulatedService[];
  readonly services: readonly LiveService[];
  readonly faults: readonly Fault[];
  readonly prometheus: string;
}

function writeRules(folder: string, { services, factor }: Prepared): readonly string[] {
  return services.map(({ service, groups }) => {
    const path = join(folder, `${service}.rules.yaml`);
    const what = `# Alert rules of ${service}, on a clock that goes ${factor} times faster than the deployed ones'.\n`;
    writeFileSync(path, what + rulesYaml(scaledGroups(groups, factor)));
    return path;
  });
}

/**
 * Starts an exporter and the Prometheus that scrapes it, in a folder of their own.
 * @throws Error when either does not start.
 */
export async function startLane(folder: string, prepared: Prepared): Promise<Lane> {
  mkdirSync(folder, { recursive: true });
  const { simulated, services, faults, factor } = prepared;
  const exporter = await startExporter({ services: simulated, faults, speed: factor });
  try {
    const config = scrapeConfig({
      exporter: exporter.url,
      services: simulated.map(({ name }) => name),
      ruleFiles: writeRules(folder, prepared),
      scrapeSeconds: shortest,
      evaluationSeconds: shortest,
    });
    const file = join(folder, "prometheus.yml");
    writeFileSync(file, stringify(config));
    // What is not scraped any more is forgotten after five minutes, and so much sooner on a fast clock.
    const lookback = `--query.lookback-delta=${Math.max(5, Math.round(300 / factor))}s`;
    const server = await startPrometheus(prepared.prometheus, file, join(folder, "data"), [lookback]);
    const always = watchdogsOf(services);
    return {
      exporter,
      server,
      busy: new Set(),
      strays: new Set(),
      firing: async () =>
        (await alertsOf(server.url)).filter((alert) => alert.state === "firing" && !always.has(nameOf(alert))),
      stop: async () => {
        await server.stop();
        await exporter.stop();
      },
    };
  } catch (error) {
    await exporter.stop();
    throw error;
  }
}

/**
 * Waits until every rule was evaluated without a mistake and nothing fires.
 * @throws Error when that takes longer than a minute.
 */
export async function settled({ server, firing }: Lane): Promise<void> {
  let instead = "";
  await eventually(
    60,
    async () => {
      const rules = await rulesOf(server.url);
      const ill = rules.filter(({ health }) => health !== "ok");
      const loud = await firing();
      instead = [
        ...ill.map(({ name, lastError }) => `${name}: ${lastError ?? "not evaluated"}`),
        ...loud.map(nameOf),
      ].join(", ");
      return rules.length > 0 && ill.length === 0 && loud.length === 0 ? true : undefined;
    },
    () => instead,
  );
  // Windows that are not full yet say too little.
  await sleep(2 * slack * 1000);
}
