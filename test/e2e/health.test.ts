import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { stringify } from "yaml";
import { z } from "zod";
import { endpointHealth } from "../../catalog/telemetry/endpoint-health";
import { httpEndpoint } from "../../catalog/telemetry/http-endpoint";
import { blackboxTargets, blackboxYaml } from "../../constructs/health/blackbox";
import { serverConfig } from "../../constructs/prometheus/server-config";
import { type HealthStatus, health } from "../../model/health";
import { blackbox } from "../../model/probe";
import { healthyProbe, servingProbe } from "../../model/scrape";
import { eventually, type Server } from "../../tools/servers/prometheus";
import { askedHealth } from "../constructs/health/asked";
import { blocks } from "../docs/markdown";
import { exampleEstate, exampleService } from "../support/example";
import { anyPort, page, programs, started, suite } from "./support/exporters";
import { scratchFolder, write } from "./support/folders";
import { loggedAddress } from "./support/server";

/*
 * The modules of health endpoints, run by the real blackbox exporter against an endpoint in each state that it can be in: a
 * module that takes a degraded service for a dead one wakes people for nothing, and one that takes a dead one for alive wakes nobody.
 */

jest.setTimeout(60_000);
const scratch = scratchFolder("health");
const { blackboxExporter = "", prometheus = "" } = programs;

const answerShape = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

const namedShape = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.object({ __name__: z.string() }), value: z.tuple([z.number(), z.string()]) })),
  }),
});

/** What the endpoint answers; a page in front of the service is no state of its own. */
let state: HealthStatus | "parked" | "moved" | "slow" = "healthy";

const bodyOf = (status: HealthStatus): string =>
  JSON.stringify({
    status,
    timestamp: "2026-01-05T09:00:00Z",
    // A dependency that is well when the service is not, and the other way around.
    checks: { database: { status: status === "healthy" ? "degraded" : "healthy", latency_ms: 1.2 } },
  });

const endpoint = createServer((_, response) => {
  switch (state) {
    case "parked":
      response.writeHead(200).end("<html>This domain is for sale</html>");
      return;
    case "moved":
      response.writeHead(302, { location: "/login" }).end();
      return;
    case "slow":
      setTimeout(() => response.writeHead(200).end(bodyOf("healthy")), 1500);
      return;
    default:
      response.writeHead(state === "unhealthy" ? 503 : 200).end(bodyOf(state));
  }
});

suite("the blackbox exporter with the modules of health endpoints", ["blackboxExporter", "prometheus"], () => {
  let server: Server;
  let address = "";
  beforeAll(async () => {
    const port = await new Promise<number>((done) =>
      endpoint.listen(0, "127.0.0.1", () => {
        const bound: AddressInfo | string | null = endpoint.address();
        done(typeof bound === "object" && bound !== null ? bound.port : 0);
      }),
    );
    const plain = askedHealth("dev", { url: `http://127.0.0.1:${port}`, timeout: "1s" });
    address = plain.url;
    const encrypted = { ...askedHealth("prod"), service: "encrypted" };
    const config = write(join(scratch, "blackbox.yml"), blackboxYaml([plain, encrypted]));
    server = await started([blackboxExporter, `--config.file=${config}`, anyPort], { url: loggedAddress });
  });
  afterAll(() => {
    endpoint.closeAllConnections();
    endpoint.close();
  });

  async function probed(module: string): Promise<string | undefined> {
    const metrics = await page(server, `/probe?module=${module}&target=${encodeURIComponent(address)}`);
    return /^probe_success (\d)$/m.exec(metrics)?.[1];
  }

  test.each([
    ["healthy", "1", "1"],
    ["degraded", "1", "0"],
    ["unhealthy", "0", "0"],
    ["parked", "0", "0"],
    ["moved", "0", "0"],
    ["slow", "0", "0"],
  ] as const)("of a service that is %s: serving %s, healthy %s", async (now, serving, healthy) => {
    state = now;
    expect([await probed("shop-serving"), await probed("shop-healthy")]).toEqual([serving, healthy]);
  });

  test("are what Prometheus asks for, as the documentation has it scrape them", async () => {
    state = "degraded";
    write(join(scratch, "blackbox-targets.json"), blackboxTargets([{ ...askedHealth("dev"), url: address }]));
    const [job = ""] = blocks("yaml").flatMap(({ page: from, text }) =>
      from === "docs/errors-and-health.md" ? [text] : [],
    );
    const text = `global: { scrape_interval: 1s }\nscrape_configs:\n${job}`.replace(
      "127.0.0.1:9115",
      new URL(server.url).host,
    );
    const config = write(join(scratch, "prometheus.yml"), text);
    const watching = await started(
      [prometheus, `--config.file=${config}`, `--storage.tsdb.path=${join(scratch, "data")}`, anyPort],
      { url: loggedAddress },
    );
    const query = encodeURIComponent(`probe_success{job="website", instance="${address}"}`);
    const answer = await eventually(
      20,
      async () => {
        const found = answerShape.safeParse(JSON.parse(await page(watching, `/api/v1/query?query=${query}`)));
        return found.data?.data.result[0]?.value[1];
      },
      () => `nothing under ${text}`,
    );
    expect(answer).toBe("1");
  });

  test("tell Prometheus, by the jobs that it is given, who is degraded: it serves, and is not healthy", async () => {
    state = "degraded";
    const { hostname, port } = new URL(server.url);
    const exporter = { discovery: { kind: "host", host: hostname }, port: Number(port) } as const;
    const asked = health({ url: new URL(address).origin, dependencies: [], probes: { default: [blackbox()] } });
    const website = exampleService(
      {
        telemetry: [httpEndpoint, endpointHealth],
        alerts: [],
        logMetrics: [],
        scrapes: [
          servingProbe("shop", asked, exporter),
          healthyProbe("shop", asked, { ...exporter, exposes: [endpointHealth] }),
        ],
      },
      "website",
    );
    const { scrape_configs } = serverConfig(exampleEstate("dev", [website]), "server");
    const config = write(
      join(scratch, "by-its-jobs.yml"),
      stringify({ global: { scrape_interval: "1s", scrape_timeout: "1s" }, scrape_configs }),
    );
    const watching = await started(
      [prometheus, `--config.file=${config}`, `--storage.tsdb.path=${join(scratch, "by-its-jobs")}`, anyPort],
      { url: loggedAddress },
    );
    const query = encodeURIComponent(
      `sum by (__name__) ({job="website", instance="${address}", __name__=~"probe_(success|healthy)|up"})`,
    );
    const seen = await eventually(
      20,
      async () => {
        const { data } = namedShape.parse(JSON.parse(await page(watching, `/api/v1/query?query=${query}`)));
        return data.result.length < 3
          ? undefined
          : Object.fromEntries(data.result.map(({ metric, value: [, value] }) => [metric.__name__, value]));
      },
      () => `nothing under ${config}`,
    );
    // Two targets, whose series do not collide.
    expect(seen).toEqual({ probe_success: "1", probe_healthy: "0", up: "2" });
    expect(await page(watching)).toMatch(/^prometheus_target_scrapes_sample_duplicate_timestamp_total 0$/m);
  });

  test("of a service that must be encrypted and is not: it fails, though it is healthy", async () => {
    state = "healthy";
    expect(await probed("encrypted-serving")).toBe("0");
  });
});
