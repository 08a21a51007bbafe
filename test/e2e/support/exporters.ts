import { afterAll, describe } from "@jest/globals";
import { postgresFolder } from "../../../tools/servers/databases";
import { debianProgram } from "../../../tools/servers/debian";
import type { Server } from "../../../tools/servers/prometheus";
import { onPath } from "./path";
import { startServer } from "./server";

/** Takes any free port, of Prometheus' own programs. */
export const anyPort = "--web.listen-address=127.0.0.1:0";

/** What a server answers below a path. */
export const page = async ({ url }: Server, path = "/metrics"): Promise<string> => (await fetch(url + path)).text();

const servers: Server[] = [];

/** Starts a server that is stopped after the tests of the file. */
export const started = async (
  command: readonly string[],
  options: Parameters<typeof startServer>[1],
): Promise<Server> => {
  const server = await startServer(command, options);
  servers.push(server);
  return server;
};
afterAll(async () => {
  await Promise.all(servers.map(({ stop }) => stop()));
});

/** Programs of Debian and of this machine; undefined where one cannot be had. */
export const programs = {
  prometheus: debianProgram({ program: "prometheus", package: "prometheus" }),
  alertmanager: debianProgram({ program: "prometheus-alertmanager", package: "prometheus-alertmanager" }),
  nodeExporter: debianProgram({ program: "prometheus-node-exporter", package: "prometheus-node-exporter" }),
  blackboxExporter: debianProgram({ program: "prometheus-blackbox-exporter", package: "prometheus-blackbox-exporter" }),
  postgresExporter: debianProgram({ program: "prometheus-postgres-exporter", package: "prometheus-postgres-exporter" }),
  redisExporter: debianProgram({ program: "prometheus-redis-exporter", package: "prometheus-redis-exporter" }),
  pushgateway: debianProgram({ program: "prometheus-pushgateway", package: "prometheus-pushgateway" }),
  victoriaMetrics: debianProgram({ program: "victoria-metrics", package: "victoria-metrics" }),
  redis: debianProgram({ program: "redis-check-rdb", package: "redis-tools", release: "bookworm" }),
  postgres: postgresFolder(),
  openssl: onPath("openssl"),
  unshare: onPath("unshare"),
};
/** A suite that runs where its programs can be had, and otherwise says which could not. */
export function suite(title: string, needs: readonly (keyof typeof programs)[], body: () => void): void {
  const missing = needs.filter((name) => programs[name] === undefined);
  const named = `${title}${missing.map((name) => ` (not run: no ${name})`).join("")}`;
  (missing.length === 0 ? describe : describe.skip)(named, body);
}
