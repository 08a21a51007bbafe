import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Fault } from "../../model/fault";
import { expositionOf, expositionType } from "../../simulator/exposition";
import type { SimulatedService } from "../../simulator/simulated-service";
import { begun, emissionsAt, stateOf, type Timeline, withFaults } from "../../simulator/timeline";

/** A running exporter. */
export interface Exporter {
  /** Where it is, without a slash at the end. */
  readonly url: string;
  /** Begins a fault. */
  readonly inject: (fault: Fault) => void;
  /** Ends a fault. */
  readonly recover: (fault: Fault) => void;
  /** Names of the faults that are active. */
  readonly active: () => readonly string[];
  /** Stops it, open connections too. */
  readonly stop: () => Promise<void>;
}

export interface ExporterOptions {
  readonly services: readonly SimulatedService[];
  /** Those that can be switched by name, by `PUT` and `DELETE` of `/faults/<name>`. */
  readonly faults: readonly Fault[];
  /** How many times faster than usual the clock of slow faults goes. Default: 1. */
  readonly speed?: number;
  /** Default: any that is free. */
  readonly port?: number;
}

const now = (): number => Date.now() / 1000;

const answer = (response: ServerResponse, status: number, type: string, body: string): void => {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
  response.end(body);
};
const text = (response: ServerResponse, status: number, body: string): void =>
  answer(response, status, "text/plain; charset=utf-8", body);

/** What the exporter is in the middle of. */
class State {
  private timelines: ReadonlyMap<string, Timeline>;
  private faults: readonly Fault[] = [];

  constructor(services: readonly SimulatedService[], speed: number) {
    // An hour ago, so that counters have something to show.
    const from = now() - 3600;
    this.timelines = new Map(services.map((service) => [service.name, begun(service, from, speed)]));
  }

  of(service: string): Timeline | undefined {
    return this.timelines.get(service);
  }

  get active(): readonly Fault[] {
    return this.faults;
  }

  /** Other faults from now on; services that no change touches keep their past as it is. */
  change(faults: readonly Fault[], touched: Fault): void {
    const from = now();
    this.faults = faults;
    this.timelines = new Map(
      [...this.timelines].map(([name, timeline]) => [
        name,
        Object.hasOwn(touched.services, name) ? withFaults(timeline, faults, from) : timeline,
      ]),
    );
  }
}

function metricsPage(response: ServerResponse, timeline: Timeline): void {
  if (stateOf(timeline).reachable) answer(response, 200, expositionType, expositionOf(emissionsAt(timeline, now())));
  else text(response, 503, "a fault keeps this target from answering\n");
}

/** Targets as Prometheus asks for them (Prometheus, Writing HTTP service discovery). */
function targetsPage(response: ServerResponse, timeline: Timeline, address: string): void {
  const group = { targets: [address], labels: { __metrics_path__: `/${timeline.service.name}/metrics` } };
  answer(response, 200, "application/json", JSON.stringify(stateOf(timeline).discovered ? [group] : []));
}

/**
 * Serves `/<service>/metrics` of every service, `/targets/<service>` for Prometheus to find it, and `/faults`, on this machine alone.
 * @throws Error when the port is taken.
 */
export async function startExporter({ services, faults, speed = 1, port = 0 }: ExporterOptions): Promise<Exporter> {
  const state = new State(services, speed);
  const active = (): readonly string[] => state.active.map(({ name }) => name);
  const inject = (fault: Fault): void => {
    if (!active().includes(fault.name)) state.change([...state.active, fault], fault);
  };
  const recover = (fault: Fault): void => {
    if (active().includes(fault.name))
      state.change(
        state.active.filter(({ name }) => name !== fault.name),
        fault,
      );
  };

  function switchFault(response: ServerResponse, method: string, name: string): void {
    const fault = faults.find((known) => known.name === name);
    if (fault === undefined) return text(response, 404, `no such fault; GET /faults lists them\n`);
    if (method === "PUT") inject(fault);
    else if (method === "DELETE") recover(fault);
    else return text(response, 405, "PUT begins a fault, DELETE ends it\n");
    text(response, 200, `active: ${active().join(", ") || "none"}\n`);
  }

  function serve({ url: path = "/", method = "GET", headers }: IncomingMessage, response: ServerResponse): void {
    const [first = "", second] = decodeURIComponent(path.split("?")[0] ?? "")
      .split("/")
      .slice(1);
    if (first === "faults" && second !== undefined) return switchFault(response, method, second);
    if (method !== "GET") return text(response, 405, "only faults can be changed\n");
    if (first === "faults") {
      const lines = faults.map(({ name, reason }) => `${active().includes(name) ? "*" : " "} ${name}: ${reason}\n`);
      return text(response, 200, lines.join(""));
    }
    const timeline = state.of(first === "targets" ? (second ?? "") : first);
    if (timeline !== undefined && first === "targets") return targetsPage(response, timeline, headers.host ?? "");
    if (timeline !== undefined && second === "metrics") return metricsPage(response, timeline);
    if (first === "") return text(response, 200, services.map(({ name }) => `/${name}/metrics\n`).join(""));
    text(response, 404, "there is no such page; GET / lists them\n");
  }

  const server = createServer((request, response) => {
    try {
      serve(request, response);
    } catch {
      text(response, 400, "that is no address of a page here\n");
    }
  });
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", done);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the exporter has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    inject,
    recover,
    active,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
