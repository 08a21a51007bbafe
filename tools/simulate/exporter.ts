import { createServer, type IncomingMessage } from "node:http";
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

/** A page that answers a request. */
type Page = readonly [status: number, type: string, body: string];

const textPage = (status: number, body: string): Page => [status, "text/plain; charset=utf-8", body];

const metricsPage = (timeline: Timeline): Page =>
  stateOf(timeline).reachable
    ? [200, expositionType, expositionOf(emissionsAt(timeline, now()))]
    : textPage(503, "a fault keeps this target from answering\n");

/** Targets as Prometheus asks for them (Prometheus, Writing HTTP service discovery). */
function targetsPage(timeline: Timeline, address: string): Page {
  const group = { targets: [address], labels: { __metrics_path__: `/${timeline.service.name}/metrics` } };
  return [200, "application/json", JSON.stringify(stateOf(timeline).discovered ? [group] : [])];
}

/**
 * Serves `/<service>/metrics` of every service, `/targets/<service>` for Prometheus to find it, and `/faults`, on this machine alone.
 * @throws Error when the port is taken.
 */
export async function startExporter({ services, faults, speed = 1, port = 0 }: ExporterOptions): Promise<Exporter> {
  // An hour ago, so that counters have something to show.
  const began = now() - 3600;
  let timelines: ReadonlyMap<string, Timeline> = new Map(
    services.map((service) => [service.name, begun(service, began, speed)]),
  );
  let current: readonly Fault[] = [];

  /** Other faults from now on; services that the change does not touch keep their past as it is. */
  function change(next: readonly Fault[], touched: Fault): void {
    const from = now();
    current = next;
    timelines = new Map(
      [...timelines].map(([name, timeline]) => [
        name,
        Object.hasOwn(touched.services, name) ? withFaults(timeline, next, from) : timeline,
      ]),
    );
  }
  const isActive = ({ name }: Fault): boolean => current.some((fault) => fault.name === name);
  const inject = (fault: Fault): void => {
    if (!isActive(fault)) change([...current, fault], fault);
  };
  const recover = (fault: Fault): void => {
    if (isActive(fault))
      change(
        current.filter(({ name }) => name !== fault.name),
        fault,
      );
  };

  function faultPage(method: string, name: string): Page {
    const fault = faults.find((known) => known.name === name);
    if (fault === undefined) return textPage(404, "no such fault; GET /faults lists them\n");
    if (method === "PUT") inject(fault);
    else if (method === "DELETE") recover(fault);
    else return textPage(405, "PUT begins a fault, DELETE ends it\n");
    return textPage(200, `active: ${current.map((active) => active.name).join(", ") || "none"}\n`);
  }

  function pageOf({ url: path = "/", method = "GET", headers }: IncomingMessage): Page {
    const parts = decodeURIComponent(path.split("?")[0] ?? "").split("/");
    const [, first = "", second] = parts;
    if (first === "faults" && second !== undefined) return faultPage(method, second);
    if (method !== "GET") return textPage(405, "only faults can be changed\n");
    if (first === "faults")
      return textPage(
        200,
        faults.map((fault) => `${isActive(fault) ? "*" : " "} ${fault.name}: ${fault.reason}\n`).join(""),
      );
    if (first === "") return textPage(200, services.map(({ name }) => `/${name}/metrics\n`).join(""));
    const timeline = timelines.get(first === "targets" ? (second ?? "") : first);
    if (timeline !== undefined && first === "targets") return targetsPage(timeline, headers.host ?? "");
    if (timeline !== undefined && second === "metrics") return metricsPage(timeline);
    return textPage(404, "there is no such page; GET / lists them\n");
  }

  const server = createServer((request, response) => {
    let page: Page;
    try {
      page = pageOf(request);
    } catch {
      // decodeURIComponent refuses what is no address.
      page = textPage(400, "that is no address of a page here\n");
    }
    const [status, type, body] = page;
    response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
    response.end(body);
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
    active: () => current.map(({ name }) => name),
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
