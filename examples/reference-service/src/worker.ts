import { randomUUID } from "node:crypto";
import { context, propagation } from "@opentelemetry/api";
import { withContext } from "./context";
import { migrate, openPool } from "./database";
import { captured, startErrorTracking } from "./error-tracking";
import { health } from "./health";
import { errorFields, rootLogger } from "./logger";
import { workerMetrics } from "./metrics";
import { logged } from "./operations";
import { takePayment } from "./orders";
import { again, done, next, type PaymentJob, recover } from "./queue";
import { openRedis } from "./redis";
import { answerJson, closed, listen, untilSignal } from "./server";
import { settingsOf } from "./settings";
import { startTracing, traced } from "./tracing";

/** How often a payment is tried before it counts as failed. */
const attempts = 3;
const jobType = "take_payment";
const pause = (milliseconds: number): Promise<void> => new Promise((over) => setTimeout(over, milliseconds));

async function main(): Promise<void> {
  const settings = settingsOf(process.env, "orders-worker");
  const endTracing = startTracing(settings);
  const endErrors = startErrorTracking(settings);
  const root = rootLogger(settings);
  const logger = root.child({ name: "worker" });
  const pool = openPool(settings.databaseUrl, logger);
  // What waits for a job keeps its connection to itself.
  const taking = openRedis(settings.redisUrl, logger, { blocking: true });
  const redis = openRedis(settings.redisUrl, logger, { blocking: false });
  await migrate(pool);
  // There are none where nothing is measured, so that what follows cannot measure by mistake.
  const metrics = settings.instrumented ? workerMetrics(pool) : undefined;

  const takeBare = ({ orderId }: PaymentJob): Promise<string> => takePayment(pool, redis, orderId);
  const take =
    metrics === undefined
      ? takeBare
      : traced(
          jobType,
          logged(root.child({ name: "payments" }), "Payment", takeBare, (payment) => ({ payment_id: payment })),
        );

  /** Tries a job, and puts one that failed back while it may be tried again. */
  async function tryJob(job: PaymentJob): Promise<void> {
    try {
      await take(job);
      metrics?.jobs.inc({ job_type: jobType, status: "success" });
    } catch (error) {
      const last = job.attempt >= attempts;
      metrics?.jobs.inc({ job_type: jobType, status: last ? "failure" : "retry" });
      if (last) {
        if (metrics !== undefined) captured(error);
        return;
      }
      await pause(500 * job.attempt);
      await again(redis, job);
    }
  }

  /** Does one job, in the request and the trace that asked for it. */
  async function work(job: PaymentJob): Promise<void> {
    if (metrics === undefined) {
      await tryJob(job);
      return;
    }
    const { request_id = randomUUID(), correlation_id = request_id } = job.context;
    const parent = propagation.extract(context.active(), job.trace);
    await context.with(parent, () => withContext({ request_id, correlation_id }, () => tryJob(job)));
  }

  let running = true;
  async function loop(): Promise<void> {
    await recover(redis);
    while (running) {
      try {
        const taken = await next(taking);
        if (taken === undefined) continue;
        await work(taken.job);
        await done(redis, taken.raw);
      } catch (error) {
        if (!running) return;
        logger.error(errorFields(error), "Queue not reachable");
        await pause(1000);
      }
    }
  }

  const { server, url } = await listen(settings.port, (request, response) => {
    if (request.url === "/metrics" && metrics !== undefined) {
      metrics.registry.metrics().then(
        (text) => response.writeHead(200, { "content-type": metrics.registry.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
    } else if (request.url === "/health") {
      health(pool, redis).then(
        (found) => answerJson(response, found.status === "healthy" ? 200 : 503, found),
        () => answerJson(response, 500, { error: "internal error" }),
      );
    } else answerJson(response, 404, { error: "there is no such page" });
  });
  const looping = loop();
  logger.info("Worker started");
  process.stderr.write(`listening on ${url}\n`);
  untilSignal(async () => {
    running = false;
    await Promise.all([looping, closed(server)]);
    logger.info("Worker stopped");
    taking.disconnect();
    redis.disconnect();
    await pool.end();
    await Promise.all([endTracing(), endErrors()]);
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`orders-worker does not start: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
