import { connectionPoolExhausted } from "../../alerts/database";
import { goldenSignals } from "../../alerts/golden-signals";
import { jobs } from "../../alerts/jobs";
import { targetsMissing, targetsUnreachable } from "../../alerts/reachability";
import { teams } from "../../catalog/teams";
import { backgroundJobs } from "../../catalog/telemetry/background-jobs";
import { httpLogs } from "../../catalog/telemetry/http-logs";
import { httpServer } from "../../catalog/telemetry/http-server";
import { structuredLogs } from "../../catalog/telemetry/logs";
import { orders } from "../../catalog/telemetry/orders";
import { postgresPool } from "../../catalog/telemetry/postgres-pool";
import { reachability } from "../../catalog/telemetry/reachability";
import { redisCache } from "../../catalog/telemetry/redis-cache";
import { orderLogs } from "../../catalog/telemetry/work-logs";
import { catalog } from "../../model/catalog";
import { ecs } from "../../model/runtime";
import { service } from "../../model/service";
import { telemetry } from "../../model/telemetry";

const { processed, processingTime } = orders;

/** Orders without the conversion rate: nobody signs up here. */
const ordersAlone = telemetry("orders", {
  metrics: { processed, processingTime },
  indicators: { order_rate: processed.rate("5m"), order_time: processingTime.quantile(0.95, "5m") },
});

/** Takes orders over HTTP; see `src/api.ts`. */
export const ordersApi = service("orders-api", {
  description: "Takes orders over HTTP and asks for their payments",
  team: "backend",
  tier: 1,
  runtime: ecs({ cluster: "company", logGroup: "/ecs/orders-api" }),
  telemetry: [httpServer(), reachability, ordersAlone, postgresPool(), redisCache, structuredLogs, httpLogs, orderLogs],
  alerts: [goldenSignals(), connectionPoolExhausted(), targetsUnreachable(), targetsMissing()],
});

/** Takes the payments of orders off a queue in Redis; see `src/worker.ts`. */
export const ordersWorker = service("orders-worker", {
  description: "Takes the payments of orders, one by one",
  team: "backend",
  tier: 2,
  runtime: ecs({ cluster: "company", logGroup: "/ecs/orders-worker" }),
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
  services: [ordersApi, ordersWorker],
  onCall: { support: "support", architecture: "architecture" },
});
