import { connectionPoolExhausted, postgresServer as postgresServerAlerts } from "../../alerts/database";
import { goldenSignals } from "../../alerts/golden-signals";
import { jobs } from "../../alerts/jobs";
import { targetsMissing, targetsUnreachable } from "../../alerts/reachability";
import { redisServer as redisServerAlerts } from "../../alerts/redis";
import { teams } from "../../catalog/teams";
import { backgroundJobs } from "../../catalog/telemetry/background-jobs";
import { httpLogs } from "../../catalog/telemetry/http-logs";
import { httpServer } from "../../catalog/telemetry/http-server";
import { structuredLogs } from "../../catalog/telemetry/logs";
import { orders } from "../../catalog/telemetry/orders";
import { postgresPool } from "../../catalog/telemetry/postgres-pool";
import { postgresServer } from "../../catalog/telemetry/postgres-server";
import { reachability } from "../../catalog/telemetry/reachability";
import { redisCache } from "../../catalog/telemetry/redis-cache";
import { redisServer } from "../../catalog/telemetry/redis-server";
import { orderLogs } from "../../catalog/telemetry/work-logs";
import { catalog } from "../../model/catalog";
import { ecs, rds } from "../../model/runtime";
import { redisExporter } from "../../model/scrape";
import { service } from "../../model/service";
import { telemetry } from "../../model/telemetry";

const { processed, processingTime } = orders;

/** Orders without the conversion rate: nobody signs up here. */
const ordersAlone = telemetry("orders", {
  metrics: { processed, processingTime },
  indicators: { order_rate: processed.rate("5m"), order_time: processingTime.quantile(0.95, "5m") },
});

/** The PostgreSQL of orders, seen by a postgres exporter. */
export const ordersDatabase = service("orders-database", {
  description: "PostgreSQL of orders and payments",
  team: "platform",
  tier: 1,
  runtime: rds({ instance: "orders" }),
  telemetry: [postgresServer, reachability],
  alerts: [
    // Its clients' error rates look five minutes back: until they have forgotten the outage, it is known to whoever was called.
    postgresServerAlerts({ down: { keepFiringFor: "7m" } }),
    // The exporter: without it nobody sees the server.
    targetsMissing({ severity: "SEV-2", exporter: true }),
  ],
});

/** The queue of payments and the cache of orders, seen by a redis exporter. */
export const ordersRedis = service("orders-redis", {
  description: "Redis: the queue of payments, and orders that were looked at",
  team: "platform",
  tier: 1,
  runtime: ecs({ cluster: "company", logGroup: "/ecs/orders-redis" }),
  telemetry: [redisServer, reachability],
  scrapes: [redisExporter({ instances: 1 })],
  alerts: [redisServerAlerts(), targetsMissing({ severity: "SEV-2", exporter: true })],
});

/** Takes orders over HTTP; see `src/api.ts`. */
export const ordersApi = service("orders-api", {
  description: "Takes orders over HTTP and asks for their payments",
  team: "backend",
  tier: 1,
  runtime: ecs({ cluster: "company", logGroup: "/ecs/orders-api" }),
  dependsOn: ["orders-database", "orders-redis"],
  telemetry: [httpServer(), reachability, ordersAlone, postgresPool(), redisCache, structuredLogs, httpLogs, orderLogs],
  alerts: [goldenSignals(), connectionPoolExhausted(), targetsUnreachable(), targetsMissing()],
});

/** Takes the payments of orders off a queue in Redis; see `src/worker.ts`. */
export const ordersWorker = service("orders-worker", {
  description: "Takes the payments of orders, one by one",
  team: "backend",
  tier: 2,
  runtime: ecs({ cluster: "company", logGroup: "/ecs/orders-worker" }),
  dependsOn: ["orders-database", "orders-redis"],
  telemetry: [backgroundJobs, reachability, postgresPool(), structuredLogs, orderLogs],
  alerts: [jobs(), connectionPoolExhausted(), targetsUnreachable(), targetsMissing()],
});

/** The reference service in one environment, that of `./estate demo`. */
export default catalog({
  organization: "company",
  runbooks: "https://runbooks.company.com",
  environments: {
    prod: {
      account: "777788889999",
      region: "eu-central-1",
      production: true,
      retentionDays: 30,
      grafana: "https://grafana.company.com",
    },
  },
  teams,
  services: [ordersDatabase, ordersRedis, ordersApi, ordersWorker],
  onCall: { support: "support", architecture: "architecture" },
});
