import { chmodSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { z } from "zod";
import { ordersApi } from "../../../examples/reference-service/catalog";
import { logFieldsOf } from "../../../model/service";
import {
  installReference,
  referenceCatalog,
  referenceFolder,
  startReference,
} from "../../../tools/demo/reference-service";
import { postgresFolder, redisProgram, startPostgres, startRedis } from "../../../tools/servers/databases";
import { eventually, type Server } from "../../../tools/servers/prometheus";
import { scratchFolder, write } from "../support/folders";
import { estate, projectRoot, run } from "../support/process";
import { type SignalSink, startSignalSink } from "../support/signals";
import { installSpotlight, type Spotlight, startSpotlight } from "../support/spotlight";

/*
 * The reference service on a real PostgreSQL and a real Redis: what it logs, measures, traces and reports is what its contracts say, hangs
 * together by its ids, and names no customer.
 */

jest.setTimeout(120_000);
const scratch = scratchFolder("reference-service");
const postgres = postgresFolder();
const redis = redisProgram();
const missing = [...(postgres === undefined ? ["PostgreSQL"] : []), ...(redis === undefined ? ["Redis"] : [])];
const suite = missing.length === 0 ? describe : describe.skip;

const correlation = "11112222-3333-4444-8555-666677778888";
const email = "eve.adams@example.org";
const refused = "mallory@example.org";
const card = "4111 1111 1111 1111";
const order = z.object({ id: z.string(), amount: z.number(), status: z.string() });

suite(`the reference service${missing.map((name) => ` (not run: no ${name})`).join("")}`, () => {
  const servers: Server[] = [];
  let database: Server;
  let cache: Server;
  const logs: string[] = [];
  let sink: SignalSink;
  let spotlight: Spotlight;
  let api: Server;
  let worker: Server;
  let made: { readonly status: number; readonly requestId: string | null; readonly order: z.infer<typeof order> };

  const events = (): readonly Readonly<Record<string, unknown>>[] =>
    logs
      .join("")
      .trim()
      .split("\n")
      .map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
  const post = (address: string) =>
    fetch(`${api.url}/orders?email=${encodeURIComponent(address)}`, {
      method: "POST",
      headers: {
        "x-correlation-id": correlation,
        "user-agent": `browser of ${address}`,
        "x-forwarded-for": "203.0.113.7",
      },
      body: JSON.stringify({ email: address, amount: 12.5, card_number: card }),
    });
  const metricsOf = async ({ url }: Server): Promise<string> => (await fetch(`${url}/metrics`)).text();

  beforeAll(async () => {
    chmodSync(scratch, 0o711);
    await Promise.all([installReference(), installSpotlight()]);
    sink = await startSignalSink();
    spotlight = await startSpotlight();
    database = await startPostgres(postgres ?? "", join(scratch, "postgres"));
    cache = await startRedis(redis ?? { path: "", libraries: [] }, join(scratch, "redis"));
    const options = {
      database: database.url,
      redis: cache.url,
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, SENTRY_DSN: sink.dsn, SENTRY_SPOTLIGHT: spotlight.stream },
      onLog: (text: string) => logs.push(text),
    };
    servers.push(cache, database);
    [api, worker] = await Promise.all([startReference("api", options), startReference("worker", options)]);
    servers.unshift(api, worker);

    const answer = await post(email);
    made = {
      status: answer.status,
      requestId: answer.headers.get("x-request-id"),
      order: order.parse(await answer.json()),
    };
    await eventually(
      20,
      async () => {
        const found = order.parse(await (await fetch(`${api.url}/orders/${made.order.id}`)).json());
        return found.status === "paid" ? found : undefined;
      },
      () => logs.join(""),
    );
    // A database whose exceptions quote what was entered, as many do.
    const refuse = `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.email = '${refused}' THEN RAISE EXCEPTION 'no order for % with %', NEW.email, '${card}'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION refuse()`;
    const made2 = await run(join(postgres ?? "", "psql"), [database.url, "-v", "ON_ERROR_STOP=1", "-c", refuse]);
    expect({ status: made2.status, stderr: made2.stderr }).toEqual({ status: 0, stderr: "" });
    expect((await post(refused)).status).toBe(500);
    expect((await fetch(`${api.url}/orders/${email}`)).status).toBe(404);
    await eventually(
      20,
      async () =>
        sink.errors().length > 0 &&
        spotlight.errors().length > 0 &&
        sink.spans().some(({ name }) => name === "take_payment")
          ? true
          : undefined,
      () => sink.raw(),
    );
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
    await spotlight?.stop();
    await sink?.stop();
  });

  test("compiles by the rules of the whole project", async () => {
    const { status, stdout } = await run(join(projectRoot, "node_modules", ".bin", "tsc"), ["-p", referenceFolder]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  });

  test("answers with the id that its signals have", () => {
    expect(made).toMatchObject({ status: 201, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  test("logs the fields of the contract, of its types and values, and no others", () => {
    const fields = new Map(logFieldsOf(ordersApi).map((field) => [field.name, field]));
    const required = [...fields.values()].filter((field) => field.required).map(({ name }) => name);
    const found = events();
    expect(found.length).toBeGreaterThan(6);
    for (const each of found) {
      expect(Object.keys(each)).toEqual(expect.arrayContaining(required));
      for (const [name, value] of Object.entries(each)) {
        const field = fields.get(name);
        expect({ name, type: field?.type === "timestamp" ? "string" : field?.type }).toEqual({
          name,
          type: typeof value,
        });
        if (field?.values !== undefined) expect(field.values).toContain(value);
        if (field?.type === "timestamp") expect(String(value)).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      }
    }
  });

  test("is one trace and one request from the API to the worker", () => {
    const ofRequest = events().filter((each) => each["request_id"] === made.requestId);
    expect(new Set(ofRequest.map((each) => each["service"]))).toEqual(new Set(["orders-api", "orders-worker"]));
    expect(new Set(ofRequest.map((each) => each["correlation_id"]))).toEqual(new Set([correlation]));
    const [traceId, ...others] = new Set(ofRequest.map((each) => each["trace_id"]));
    expect(others).toEqual([]);

    const spans = sink.spans().filter((span) => span.traceId === traceId);
    const named = (name: string) => spans.find((span) => span.name === name);
    expect(named("POST /orders")).toMatchObject({ service: "orders-api", kind: 2 });
    expect(named("create_order")?.parentSpanId).toBe(named("POST /orders")?.spanId);
    expect(named("take_payment")).toMatchObject({
      service: "orders-worker",
      parentSpanId: named("create_order")?.spanId,
    });
  });

  test("reports a failure to Sentry once, with its request, and nothing that is the client's", () => {
    const failed = events().find((each) => each["status_code"] === 500);
    expect(sink.errors()).toEqual([
      {
        environment: "prod",
        release: "1.0.0",
        tags: { service: "orders-api", request_id: failed?.["request_id"], correlation_id: correlation },
        exception: { values: [{ type: "error", value: "no order for [redacted] with [redacted]" }] },
      },
    ]);
    const span = sink.spans().find(({ name, status }) => name === "create_order" && status.code === 2);
    expect(span?.status.message).toBe("no order for [redacted] with [redacted]");
  });

  test("is read by Sentry's own local receiver, which has the same error", () => {
    expect(spotlight.errors()).toEqual(sink.errors());
  });

  test("names no customer in any signal", async () => {
    const signals = {
      logs: logs.join(""),
      "spans and errors": sink.raw(),
      "errors as Sentry's receiver has them": spotlight.raw(),
      "metrics of the API": await metricsOf(api),
      "metrics of the worker": await metricsOf(worker),
    };
    for (const [name, text] of Object.entries(signals)) {
      expect(text.length).toBeGreaterThan(200);
      const leaks = [
        "eve.adams",
        "mallory",
        "example.org",
        "example%2Eorg",
        "4111",
        "203.0.113.7",
        "browser of",
      ].filter((part) => text.includes(part));
      expect({ name, leaks }).toEqual({ name, leaks: [] });
    }
  });

  test("says how what it depends on is", async () => {
    expect(await (await fetch(`${api.url}/health`)).json()).toMatchObject({
      status: "healthy",
      checks: { database: { status: "healthy", latency_ms: expect.any(Number) }, redis: { status: "healthy" } },
    });
  });

  test("does its work and emits nothing where its instrumentation is off", async () => {
    const emitted: string[] = [];
    const nobody = await startSignalSink();
    const options = {
      database: database.url,
      // A queue of its own.
      redis: `${cache.url}/1`,
      env: { INSTRUMENTED: "off", OTEL_EXPORTER_OTLP_ENDPOINT: nobody.url, SENTRY_DSN: nobody.dsn },
      onLog: (text: string) => emitted.push(text),
    };
    const bare = await Promise.all([startReference("api", options), startReference("worker", options)]);
    try {
      const [{ url }] = bare;
      const place = (address: string) =>
        fetch(`${url}/orders`, { method: "POST", body: JSON.stringify({ email: address, amount: 1 }) });
      const answer = await place(email);
      expect({ status: answer.status, id: answer.headers.get("x-request-id") }).toEqual({ status: 201, id: null });
      const { id } = order.parse(await answer.json());
      await eventually(
        20,
        async () =>
          order.parse(await (await fetch(`${url}/orders/${id}`)).json()).status === "paid" ? true : undefined,
        () => emitted.join(""),
      );
      expect((await place(refused)).status).toBe(500);
      const pages = await Promise.all(bare.map((server) => fetch(`${server.url}/metrics`)));
      expect(pages.map(({ status }) => status)).toEqual([404, 404]);
    } finally {
      // Whatever is left is sent at the end.
      await Promise.all(bare.map((server) => server.stop()));
      await nobody.stop();
    }
    expect({ logs: emitted.join(""), sent: nobody.raw() }).toEqual({ logs: "", sent: "" });
  });

  test("conforms to its contracts", async () => {
    for (const [service, { url }] of Object.entries({ "orders-api": api, "orders-worker": worker })) {
      const { status, stdout, stderr } = await estate([
        "conform",
        url,
        "--service",
        service,
        "--catalog",
        referenceCatalog,
      ]);
      expect({ status, stdout, stderr }).toEqual({
        status: 0,
        stdout: expect.stringMatching(/conforms: \d metrics are as they are declared\n$/),
        stderr: "",
      });
    }
  });

  test("differs from a contract of something else, metric by metric", async () => {
    const contract = `
metrics:
  - { name: http_requests_total, type: gauge, labels: { method: { values: [GET] }, endpoint: { max: 1 }, code: { max: 9 } } }
  - { name: orders_procesed, type: counter }
ignore: [database_, cache_, order_, http_request_duration]
`;
    const { status, stdout } = await estate([
      ...["conform", api.url, "--contract", write(join(scratch, "contract.yaml"), contract), "--format", "json"],
    ]);
    expect(status).toBe(1);
    const { differences } = z
      .object({
        differences: z.array(z.object({ kind: z.string(), metric: z.string(), label: z.string().optional() })),
      })
      .parse(JSON.parse(stdout));
    expect(differences.map(({ kind, metric, label = "" }) => `${kind} ${metric} ${label}`.trim())).toEqual([
      "wrong-type http_requests_total",
      "missing-label http_requests_total code",
      "undeclared-label http_requests_total status",
      "undeclared-value http_requests_total method",
      "unbounded-label http_requests_total endpoint",
      "missing orders_procesed",
      "undeclared orders_processed",
    ]);
  });
});
