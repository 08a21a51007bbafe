import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Catalog } from "../../model/catalog";
import type { Environment } from "../../model/environment";
import { estateOf } from "../../model/estate";
import type { Fault } from "../../model/fault";
import { expectedOf, type FaultOutcome, type LiveOutcome } from "../../simulator/fault-outcome";
import { type FaultPlan, faultPlan } from "../../simulator/fault-plan";
import { type LiveService, liveServices } from "../../simulator/live-rules";
import { simulatedServices } from "../../simulator/simulated-service";
import { type Lane, nameOf, type Prepared, settled, startLane } from "./lane";
import type { SeenAlert } from "./prometheus-api";

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
  /** Aborted: no fault is begun any more, and those that are under way are left. */
  readonly interrupt?: AbortSignal;
  /** Told when a fault has been tried. */
  readonly onOutcome?: (outcome: FaultOutcome) => void;
}

export interface LiveReport extends LiveOutcome {
  readonly services: readonly LiveService[];
  readonly seconds: number;
}

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

const ofFault = (alerts: readonly SeenAlert[], { services }: Fault): readonly SeenAlert[] =>
  alerts.filter(({ labels }) => Object.hasOwn(services, labels["service"] ?? ""));

/** Makes a fault happen, looks who says so, ends it, and looks who stops. */
async function tryFault(
  { fault, holdSeconds, resolveSeconds }: FaultPlan,
  lane: Lane,
  interrupt: AbortSignal | undefined,
): Promise<FaultOutcome> {
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
    if (performance.now() > (all ? end : latest) || interrupt?.aborted === true) break;
  }
  lane.exporter.recover(fault);
  const over = performance.now() + 2 * resolveSeconds * 1000;
  let still = await look();
  while (still.length > 0 && performance.now() < over && interrupt?.aborted !== true) {
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
  interrupt: AbortSignal | undefined,
  onOutcome: (outcome: FaultOutcome) => void,
): Promise<readonly FaultOutcome[]> {
  const outcomes: FaultOutcome[] = [];
  const running = new Set<Promise<void>>();
  while (left.length > 0 || running.size > 0) {
    if (interrupt?.aborted === true) left.length = 0;
    const next = left.findIndex(({ fault }) => Object.keys(fault.services).every((service) => !lane.busy.has(service)));
    const plan = next < 0 ? undefined : left.splice(next, 1)[0];
    if (plan === undefined) {
      if (running.size > 0) await Promise.race(running);
      continue;
    }
    const touched = Object.keys(plan.fault.services);
    for (const service of touched) lane.busy.add(service);
    const run: Promise<void> = tryFault(plan, lane, interrupt).then((outcome) => {
      for (const service of touched) lane.busy.delete(service);
      outcomes.push(outcome);
      running.delete(run);
      onOutcome(outcome);
    });
    running.add(run);
  }
  return outcomes;
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
    interrupt,
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
    const outcomes = await Promise.all(lanes.map((lane) => work(lane, plans, interrupt, onOutcome)));
    return {
      environment: environment.name,
      outcomes: outcomes.flat(),
      strays: unique(lanes.flatMap(({ strays }) => [...strays])),
      services,
      seconds: Math.round((performance.now() - started) / 1000),
    };
  } finally {
    await Promise.all(lanes.map(({ stop }) => stop()));
  }
}
