import { targetsMissing } from "../../alerts/reachability";
import { redisServer as redisServerAlerts } from "../../alerts/redis";
import { ecs } from "../../model/runtime";
import { redisExporter } from "../../model/scrape";
import { service } from "../../model/service";
import { redisWarnings } from "../queries/redis";
import { reachability } from "../telemetry/reachability";
import { redisServer } from "../telemetry/redis-server";

/** The cache of analytics and the broker of background jobs: a primary and a replica, each with a redis exporter. */
export const redis = service("redis", {
  description: "Redis: sessions, the cache of analytics and the queues of background jobs",
  team: "platform",
  tier: 1,
  runtime: ecs({ cluster: "company", logGroup: "/ecs/redis" }),
  telemetry: [redisServer, reachability],
  scrapes: [redisExporter({ instances: 2 })],
  alerts: [
    redisServerAlerts(),
    // The exporters: without them nobody sees the servers.
    targetsMissing({ severity: "SEV-2" }),
  ],
  queries: [redisWarnings],
});
