import { appendFileSync, mkdirSync, readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import catalog from "../../catalog/catalog";
import { rsyslogConfig } from "../../constructs/elasticsearch/rsyslog";
import { logStreamsOf } from "../../constructs/elasticsearch/stream";
import { estateOf } from "../../model/estate";
import { debianFolder } from "../../tools/servers/debian";
import { eventually } from "../../tools/servers/prometheus";
import { scratchFolder, write } from "./support/folders";
import { run } from "./support/process";
import { freePort, startServer } from "./support/server";

/** Of Debian's stable release, whose C library is old enough for most machines. */
const parts = ["rsyslog", "rsyslog-elasticsearch", "libestr0", "libfastjson4"].map((name) =>
  debianFolder(name, "bookworm"),
);
const libraries = parts.map((folder) =>
  join(folder ?? "", "lib", `${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu`),
);
const program = join(parts[0] ?? "", "sbin", "rsyslogd");
const modules = libraries.map((folder) => join(folder, "rsyslog")).join(":");
const env = {
  LD_LIBRARY_PATH: libraries.join(":"),
  ELASTICSEARCH_USERNAME: "shipper",
  ELASTICSEARCH_PASSWORD: "of-the-test",
};

interface Bulk {
  readonly authorization: string;
  /** Pairs of an action and an event, as lines. */
  readonly lines: readonly string[];
}

const address = z.object({ port: z.number() });

/** Takes bulk requests on a port, in Elasticsearch's place. */
async function startBulkSink(port: number, received: Bulk[]): Promise<Server> {
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    request.on("end", () => {
      if (request.method === "POST" && request.url === "/_bulk") {
        const lines = text.split("\n").filter((line) => line !== "");
        received.push({ authorization: request.headers.authorization ?? "", lines });
      }
      response.writeHead(200, { "Content-Type": "application/json" }).end('{"took":1,"errors":false,"items":[]}');
    });
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  expect(address.parse(server.address()).port).toBe(port);
  return server;
}

/** Time for rsyslog to read what was written; nothing tells when it did. */
const shortly = (): Promise<void> => setTimeout(1000);

const stop = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });

const runnable = parts.every((folder) => folder !== undefined);
(runnable ? describe : describe.skip)(`rsyslog${runnable ? "" : " (not run: no Debian packages)"}`, () => {
  const folder = scratchFolder("rsyslog");
  const files = (service: string): string => join(folder, "logs", service, "*.json");
  const [production] = catalog.environments.filter(({ name }) => name === "prod");
  const streams = production === undefined ? [] : logStreamsOf(estateOf(catalog, production));
  const log = (line: string): void => appendFileSync(join(folder, "logs", "app-service", "events.json"), `${line}\n`);
  const start = (config: string) =>
    startServer(
      [program, "-n", "-M", modules, "-i", join(folder, "pid"), "-f", config],
      // It says nothing once it runs.
      { env, url: () => "http://127.0.0.1/" },
    );

  test("ships every line unchanged, nothing that is no JSON, and what came while the cluster and then itself was away", async () => {
    const port = await freePort();
    const text = rsyslogConfig(streams, { servers: [`http://127.0.0.1:${port}`], files, folder });
    const config = write(join(folder, "rsyslog.conf"), text.replaceAll('resumeinterval="5"', 'resumeinterval="1"'));
    for (const { contract } of streams) mkdirSync(join(folder, "logs", contract.service), { recursive: true });
    const valid = await run(program, ["-N1", "-M", modules, "-f", config], { env });
    expect([valid.status, valid.stderr]).toEqual([0, expect.stringContaining("End of config validation run")]);

    const received: Bulk[] = [];
    const events = (): readonly string[] =>
      received.flatMap(({ lines }) => lines.filter((_, index) => index % 2 === 1));
    const arrived = (lines: readonly string[]) =>
      eventually(
        20,
        async () => (lines.every((line) => events().includes(line)) ? events() : undefined),
        () => JSON.stringify(received),
      );
    const sink = await startBulkSink(port, received);
    const shipper = await start(config);
    const first = '{"level":"ERROR","message":"caf\\u00e9 \\"q\\" 100%","duration_ms":1.5}';
    log(first);
    log("no JSON");
    expect(await arrived([first])).toEqual([first]);
    const [action] = received[0]?.lines ?? [];
    expect(JSON.parse(action ?? "")).toEqual({ create: { _index: "logs-app_service-prod", _id: expect.any(String) } });
    expect(received[0]?.authorization).toBe(`Basic ${Buffer.from("shipper:of-the-test").toString("base64")}`);

    await stop(sink);
    // The request that fails is rsyslog's own to lose; what comes after it must wait on disk.
    log('{"level":"INFO","message":"on its way"}');
    await shortly();
    const missed = [...Array(20).keys()].map((number) => `{"level":"INFO","number":${number}}`);
    for (const line of missed) log(line);
    await shortly();
    await shipper.stop();
    expect(readdirSync(folder)).toContain("logs-app_service-prod.qi");

    const again = await startBulkSink(port, received);
    const restarted = await start(config);
    const after = await arrived(missed);
    expect(after.filter((line) => line === first)).toHaveLength(1);
    await restarted.stop();
    await stop(again);
  }, 60_000);
});
