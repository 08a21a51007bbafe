import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { context, propagation, trace } from "@opentelemetry/api";
import { withContext } from "./context";
import { migrate, openPool } from "./database";
import { captured, startErrorTracking } from "./error-tracking";
import { health } from "./health";
import { HttpError } from "./http-error";
import { errorFields, rootLogger } from "./logger";
import { apiMetrics } from "./metrics";
import { logged, metered } from "./operations";
import { createOrder, findOrder, type NewOrder, newOrderOf } from "./orders";
import { underWay, unknownOrigin } from "./queue";
import { openRedis } from "./redis";
import { answerJson, closed, listen, untilSignal } from "./server";
import { settingsOf } from "./settings";
import { startTracing, traced } from "./tracing";

/** The methods that the contract knows; whatever else somebody makes up is answered, and counted by nobody. */
const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** An id is a UUID, so that a label or a log never holds what somebody typed. */
const orderPath = /^\/orders\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** What may be taken over from a caller: nothing that could be an address, a card or a line of a log. */
const callersId = /^[0-9a-f-]{16,36}$/;
const largestBody = 64 * 1024;

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > largestBody) throw new HttpError(413, "the body is too large");
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch {
    throw new HttpError(400, "the body is no JSON");
  }
}

async function main(): Promise<void> {
  const settings = settingsOf(process.env, "orders-api");
  const endTracing = startTracing(settings);
  const endErrors = startErrorTracking(settings);
  const root = rootLogger(settings);
  const logger = root.child({ name: "api" });
  const pool = openPool(settings.databaseUrl, logger);
  const redis = openRedis(settings.redisUrl, logger, { blocking: false });
  await migrate(pool);
  // There are none where nothing is measured, so that what follows cannot measure by mistake.
  const metrics = settings.instrumented ? apiMetrics(pool) : undefined;

  const create =
    metrics === undefined
      ? (order: NewOrder) => createOrder(pool, redis, order, unknownOrigin)
      : traced(
          "create_order",
          metered(
            { counter: metrics.ordersProcessed, histogram: metrics.orderTime },
            logged(
              root.child({ name: "orders" }),
              "Order",
              (order: NewOrder) => createOrder(pool, redis, order, underWay()),
              ({ id, amount }) => ({ order_id: id, amount }),
            ),
          ),
        );
  const find =
    metrics === undefined
      ? (id: string) => findOrder(pool, redis, id, () => undefined)
      : traced("find_order", (id: string) =>
          findOrder(pool, redis, id, (operation, result) => metrics.cache.inc({ operation, result })),
        );

  /** The route's template, and what it does. */
  function routed(
    method: string,
    path: string,
    request: IncomingMessage,
  ): readonly [string, () => Promise<[number, unknown]>] {
    const [, id] = orderPath.exec(path) ?? [];
    if (path === "/orders" && method === "POST")
      return ["/orders", async () => [201, await create(newOrderOf(await bodyOf(request)))]];
    if (id !== undefined && method === "GET") return ["/orders/{id}", async () => [200, await find(id)]];
    if (path === "/health" && method === "GET")
      return [
        "/health",
        async () => {
          const found = await health(pool, redis);
          return [found.status === "healthy" ? 200 : 503, found];
        },
      ];
    return [
      "unmatched",
      async () => {
        throw new HttpError(404, "there is no such page");
      },
    ];
  }

  /** Answers; a failure of the client's is told in words, one of ours is not. */
  async function answered(response: ServerResponse, work: () => Promise<[number, unknown]>): Promise<number> {
    try {
      const [status, body] = await work();
      answerJson(response, status, body);
      return status;
    } catch (error) {
      const status = error instanceof HttpError ? error.status : 500;
      if (metrics !== undefined && status >= 500) {
        logger.error(errorFields(error), "Request failed");
        captured(error);
      }
      answerJson(response, status, { error: error instanceof HttpError ? error.message : "internal error" });
      return status;
    }
  }

  const tracer = trace.getTracer("reference-service");
  async function handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const method = request.method ?? "GET";
    const [endpoint, work] = routed(method, path, request);
    if (metrics === undefined) {
      await answered(response, work);
      return;
    }
    const began = performance.now();
    const asked = request.headers["x-correlation-id"];
    const requestId = randomUUID();
    const correlationId = typeof asked === "string" && callersId.test(asked) ? asked : requestId;
    response.setHeader("X-Request-ID", requestId);
    const parent = propagation.extract(context.active(), request.headers);
    await context.with(parent, () =>
      withContext({ request_id: requestId, correlation_id: correlationId }, () =>
        // The semantic conventions' names of HTTP server spans; the path and the address of the client are left out.
        tracer.startActiveSpan(
          `${method} ${endpoint}`,
          { kind: 1, attributes: { "http.request.method": method, "http.route": endpoint } },
          async (span) => {
            const status = await answered(response, work);
            const seconds = (performance.now() - began) / 1000;
            span.setAttribute("http.response.status_code", status);
            if (status >= 500) span.setStatus({ code: 2 });
            if (methods.has(method)) {
              metrics.requests.inc({ method, endpoint, status: String(status) });
              metrics.duration.observe({ method, endpoint }, seconds);
            }
            // What is asked every few seconds by machines is no news while all is well.
            const level = endpoint === "/health" && status < 500 ? "debug" : "info";
            logger[level](
              { method, path: endpoint, status_code: status, duration_ms: Math.round(seconds * 100_000) / 100 },
              "Request completed",
            );
            span.end();
          },
        ),
      ),
    );
  }

  const { server, url } = await listen(settings.port, (request, response) => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    if (path === "/metrics" && metrics !== undefined) {
      metrics.registry.metrics().then(
        (text) => response.writeHead(200, { "content-type": metrics.registry.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
      return;
    }
    handle(request, response, path).catch((error: unknown) => {
      logger.error(errorFields(error), "Request failed");
      response.destroy();
    });
  });
  logger.info("Service started");
  process.stderr.write(`listening on ${url}\n`);
  untilSignal(async () => {
    await closed(server);
    logger.info("Service stopped");
    redis.disconnect();
    await pool.end();
    await Promise.all([endTracing(), endErrors()]);
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`orders-api does not start: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
