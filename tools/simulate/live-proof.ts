import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { rulesYaml } from "../../constructs/prometheus/rule-yaml";
import type { Catalog } from "../../model/catalog";
import type { Environment } from "../../model/environment";
import { estateOf } from "../../model/estate";
import type { Fault } from "../../model/fault";
import { type FaultPlan, faultPlan, slack } from "../../simulator/fault-plan";
import { isWatchdog, type LiveService, liveServices } from "../../simulator/live-rules";
import { scrapeConfig } from "../../simulator/scrape-config";
import { type SimulatedService, simulatedServices } from "../../simulator/simulated-service";
import { scaledGroups, shortest } from "../../simulator/time-scale";
import { eventually, type Server, startPrometheus } from "../servers/prometheus";
import { type Exporter, startExporter } from "./exporter";
import { alertsOf, rulesOf, type SeenAlert } from "./prometheus-api";

export interface LiveOptions {
  readonly catalog: Catalog;
  readonly environment: Environment;
  /** Path of the program. */
  readonly prometheus: string;
  /** A folder of one's own for its configuration and data. */
  readonly folder: string;
  /** How many times faster than usual the clock goes. Default: 60, so that an hour takes a minute. */
  readonly factor?: number;
  /** How many Prometheus are asked at once, each with its own exporter, so that faults do not wait for each other; each takes a twentieth
   * of a processor and 90 MB. Default: 8. */
  readonly lanes?: number;
  /** Told when a fault has been tried. */
  readonly onOutcome?: (outcome: FaultOutcome) => void;
}

/** What became of one fault. */
export interface FaultOutcome {
  readonly fault: Fault;
  /** Alerts that had to fire and did, as the API told them. */
  readonly fired: readonly SeenAlert[];
  /** `service › alert` of those that had to fire and did not. */
  readonly missed: readonly string[];
  /** `service › alert` of those that fired and had not to. */
  readonly unexpected: readonly string[];
  /** `service › alert` of those that still fired when everything should have been over. */
  readonly unresolved: readonly string[];
  readonly seconds: number;
}

export interface LiveReport {
  readonly outcomes: readonly FaultOutcome[];
  /** `service › alert` of those that fired while nothing was wrong with their service. */
  readonly strays: readonly string[];
  readonly services: readonly LiveService[];
  readonly seconds: number;
}

const nameOf = ({ labels }: SeenAlert): string => `${labels["service"]} › ${labels["alertname"]}`;

/** A Prometheus and the exporter that it scrapes. */
interface Lane {
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
      rules.filter(({ rule }) => isWatchdog(rule)).map(({ rule }) => `${service} › ${rule.alert}`),
    ),
  );

interface Prepared extends Required<Pick<LiveOptions, "factor">> {
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

async function startLane(folder: string, prepared: Prepared): Promise<Lane> {
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

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

const expectedOf = ({ services }: Fault): readonly string[] =>
  Object.entries(services).flatMap(([service, { expects }]) => expects.map((alert) => `${service} › ${alert}`));

const ofFault = (alerts: readonly SeenAlert[], { services }: Fault): readonly SeenAlert[] =>
  alerts.filter(({ labels }) => Object.hasOwn(services, labels["service"] ?? ""));

/** Makes a fault happen, looks who says so, ends it, and looks who stops. */
async function tryFault({ fault, holdSeconds, resolveSeconds }: FaultPlan, lane: Lane): Promise<FaultOutcome> {
  const started = performance.now();
  const seen = new Map<string, SeenAlert>();
  const expected = expectedOf(fault);
  const look = async (): Promise<readonly string[]> => {
    const idle = (service = ""): boolean => !lane.busy.has(service);
    const all = await lane.firing();
    for (const alert of all) if (idle(alert.labels["service"])) lane.strays.add(nameOf(alert));
    const firing = ofFault(all, fault);
    for (const alert of firing) seen.set(nameOf(alert), alert);
    return firing.map(nameOf);
  };
  lane.exporter.inject(fault);
  const end = performance.now() + holdSeconds * 1000;
  // A busy machine gets as long again for what must fire; what must not has had its time.
  const latest = end + holdSeconds * 1000;
  for (;;) {
    await sleep(500);
    await look();
    const all = expected.every((name) => seen.has(name));
    if (performance.now() > (all ? end : latest)) break;
  }
  lane.exporter.recover(fault);
  const over = performance.now() + 2 * resolveSeconds * 1000;
  let still = await look();
  while (still.length > 0 && performance.now() < over) {
    await sleep(500);
    still = await look();
  }
  return {
    fault,
    fired: [...seen.values()].filter((alert) => expected.includes(nameOf(alert))),
    missed: expected.filter((name) => !seen.has(name)),
    unexpected: unique([...seen.keys()].filter((name) => !expected.includes(name))),
    unresolved: unique(still),
    seconds: Math.round((performance.now() - started) / 1000),
  };
}

/** Faults that are left, the longest first, given to the first lane whose services they touch are free. */
async function work(
  lane: Lane,
  left: FaultPlan[],
  onOutcome: (outcome: FaultOutcome) => void,
): Promise<readonly FaultOutcome[]> {
  const outcomes: FaultOutcome[] = [];
  const running = new Set<Promise<void>>();
  while (left.length > 0 || running.size > 0) {
    const next = left.findIndex(({ fault }) => Object.keys(fault.services).every((service) => !lane.busy.has(service)));
    const plan = next < 0 ? undefined : left.splice(next, 1)[0];
    if (plan === undefined) {
      await Promise.race(running);
      continue;
    }
    const touched = Object.keys(plan.fault.services);
    for (const service of touched) lane.busy.add(service);
    const run: Promise<void> = tryFault(plan, lane).then((outcome) => {
      for (const service of touched) lane.busy.delete(service);
      outcomes.push(outcome);
      running.delete(run);
      onOutcome(outcome);
    });
    running.add(run);
  }
  return outcomes;
}

/** Waits until every rule was evaluated without a mistake and nothing fires. */
async function settled({ server, firing }: Lane): Promise<void> {
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

/**
 * Has real Prometheus scrape a simulated environment and evaluate its rules on a fast clock, and makes every fault of the catalog happen: the
 * alerts that it expects must fire, no other may, and all must resolve after its end. Faults run side by side where they touch
 * different services, and on several Prometheus.
 * @throws Error when a Prometheus does not start, or does not come to rest.
 */
export async function proveLive(options: LiveOptions): Promise<LiveReport> {
  const {
    catalog,
    environment,
    prometheus,
    folder,
    factor = 60,
    lanes: count = 8,
    onOutcome = () => undefined,
  } = options;
  const started = performance.now();
  const services = liveServices(estateOf(catalog, environment));
  const { faults } = catalog.simulation;
  const prepared: Prepared = { simulated: simulatedServices(catalog), services, faults, prometheus, factor };
  const plans = faults
    .map((fault) => faultPlan(fault, services, factor))
    .sort((left, right) => right.holdSeconds + right.resolveSeconds - left.holdSeconds - left.resolveSeconds);
  const attempts = await Promise.allSettled(
    Array.from({ length: count }, (_, index) => startLane(join(folder, `lane-${index + 1}`), prepared)),
  );
  const lanes = attempts.flatMap((lane) => (lane.status === "fulfilled" ? [lane.value] : []));
  try {
    const failure = attempts.find((lane) => lane.status === "rejected");
    if (failure !== undefined) throw failure.reason;
    await Promise.all(lanes.map(settled));
    const outcomes = await Promise.all(lanes.map((lane) => work(lane, plans, onOutcome)));
    return {
      outcomes: outcomes.flat(),
      strays: unique(lanes.flatMap(({ strays }) => [...strays])),
      services,
      seconds: Math.round((performance.now() - started) / 1000),
    };
  } finally {
    await Promise.all(lanes.map(({ stop }) => stop()));
  }
}
