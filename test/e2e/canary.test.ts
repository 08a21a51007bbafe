import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { unzipSync } from "fflate";
import { canaryOf } from "../../constructs/health/canary/canary";
import { canaryCode, handler } from "../../constructs/health/canary/code";
import { cloudwatchSynthetics } from "../../model/probe";
import { askedEstate } from "../constructs/health/asked";
import { programs, suite } from "./support/exporters";
import { scratchFolder } from "./support/folders";
import { type Ran, run } from "./support/process";

/*
 * The code of canaries, unpacked from the archive that is deployed, run by a Node of its own against an encrypted endpoint in each state that it
 * can be in. Only CloudWatch's runtime is another's: it loads the handler and calls it, and a run fails with what that throws.
 */

jest.setTimeout(60_000);
const scratch = scratchFolder("canary");
const { openssl = "" } = programs;

const runtime = `
  const [file, called] = process.argv[1].split(".");
  require(require("node:path").resolve("nodejs", "node_modules", file))
    [called]()
    .then((value) => console.log("passed: " + value), ({ message }) => console.log("failed: " + message));
`;

/** What must be in nobody's log: who reads runs is not who may read of customers. */
const secret = "customer@example.com";

const states = [
  "healthy",
  "degraded",
  "unhealthy",
  "unhealthy-200",
  "parked",
  "moved",
  "silent",
  "trickling",
  "endless",
  "broken-off",
  "incomplete",
] as const;
type State = (typeof states)[number];
let state: State = "healthy";

const bodyOf = (status: string): string =>
  JSON.stringify({
    status,
    timestamp: "2026-01-05T09:00:00Z",
    checks: { database: { status: "healthy", error: secret }, external: { mail: { status: "degraded" } } },
  });

const answers: Readonly<Record<State, Parameters<typeof createServer>[1]>> = {
  healthy: (_, response) => response.end(bodyOf("healthy")),
  degraded: (_, response) => response.end(bodyOf("degraded")),
  unhealthy: (_, response) => response.writeHead(503).end(bodyOf("unhealthy")),
  "unhealthy-200": (_, response) => response.end(bodyOf("unhealthy")),
  parked: (_, response) => response.end(`<html>Write to ${secret}</html>`),
  moved: (request, response) =>
    request.url === "/health"
      ? response.writeHead(302, { location: "/elsewhere" }).end()
      : response.end(bodyOf("healthy")),
  silent: () => undefined,
  trickling: (_, response) => {
    response.write(bodyOf("healthy").slice(0, -1));
  },
  endless: (_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(" ".repeat(10_000)));
    };
    response.on("drain", more);
    more();
  },
  "broken-off": (_, response) => {
    response.writeHead(200, { "content-length": "1000" }).write(bodyOf("healthy"));
    setTimeout(() => response.destroy(), 50);
  },
  incomplete: (_, response) => response.end(JSON.stringify({ ...JSON.parse(bodyOf("healthy")), checks: {} })),
};

suite("the code of a canary, against an endpoint", ["openssl"], () => {
  let endpoint: Server;
  let port = 0;
  const certificate = join(scratch, "certificate.pem");

  beforeAll(async () => {
    const key = join(scratch, "key.pem");
    const { status } = await run(openssl, [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"],
      ...["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
    ]);
    expect(status).toBe(0);
    endpoint = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (request, response) =>
      answers[state]?.(request, response),
    );
    port = await new Promise<number>((done) =>
      endpoint.listen(0, "127.0.0.1", () => {
        const bound: AddressInfo | string | null = endpoint.address();
        done(typeof bound === "object" && bound !== null ? bound.port : 0);
      }),
    );
    for (const [path, bytes] of Object.entries(unzipSync(Buffer.from(canaryCode().archive, "base64")))) {
      mkdirSync(dirname(join(scratch, path)), { recursive: true });
      writeFileSync(join(scratch, path), bytes);
    }
  });
  afterAll(() => {
    endpoint.closeAllConnections();
    endpoint.close();
  });

  /** One run, with the variables that the canary of a service is given. */
  async function asked(env: Readonly<Record<string, string>> = {}, at = port): Promise<Ran> {
    const estate = askedEstate("prod", {
      url: `https://127.0.0.1:${at}`,
      timeout: "1s",
      probes: { default: [cloudwatchSynthetics()] },
    });
    const [service] = estate.services;
    const variables = service === undefined ? undefined : canaryOf(service)?.variables;
    return run(process.execPath, ["-e", runtime, handler], {
      cwd: scratch,
      env: { ...variables, NODE_EXTRA_CA_CERTS: certificate, ...env },
    });
  }

  test.each([
    ["healthy", /^\{"status":"healthy","milliseconds":\d+\}\npassed: healthy\n$/],
    ["degraded", /^\{"status":"degraded","milliseconds":\d+\}\npassed: degraded\n$/],
    ["unhealthy", /^failed: the HTTP status is 503, not 200\n$/],
    ["unhealthy-200", /^failed: the service says that it is unhealthy\n$/],
    ["parked", /^failed: the answer is no JSON object\n$/],
    ["moved", /^failed: the HTTP status is 302, not 200\n$/],
    ["silent", /^failed: no whole answer within 1 s\n$/],
    ["trickling", /^failed: no whole answer within 1 s\n$/],
    ["endless", /^failed: the answer is longer than 65536 bytes\n$/],
    ["broken-off", /^failed: the answer broke off\n$/],
    ["incomplete", /^failed: `checks` says nothing that can be read of database, external\n$/],
  ] satisfies readonly (readonly [State, RegExp])[])("that is %s", async (now, expected) => {
    state = now;
    const { status, stdout, stderr } = await asked();
    expect(stdout).toMatch(expected);
    // Nothing keeps it alive, nothing else is said, and nothing of the answer.
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).not.toContain(secret);
  });

  describe("that cannot be reached", () => {
    test("because nobody listens: the code says why, and not where", async () => {
      const { stdout } = await asked({}, 1);
      expect(stdout).toBe("failed: no answer: ECONNREFUSED\n");
    });

    test("because its certificate is nobody's that is trusted", async () => {
      state = "healthy";
      expect((await asked({ NODE_EXTRA_CA_CERTS: "" })).stdout).toBe(
        "failed: no answer: DEPTH_ZERO_SELF_SIGNED_CERT\n",
      );
    });
  });
});
