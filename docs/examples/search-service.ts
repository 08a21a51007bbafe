import { goldenSignals } from "../../alerts/golden-signals";
import { targetsMissing } from "../../alerts/reachability";
import { recentErrors, topErrorTypes } from "../../catalog/queries/errors";
import { httpLogs } from "../../catalog/telemetry/http-logs";
import { httpServer } from "../../catalog/telemetry/http-server";
import { structuredLogs } from "../../catalog/telemetry/logs";
import { reachability } from "../../catalog/telemetry/reachability";
import { ecs } from "../../model/runtime";
import { service } from "../../model/service";

/** Finds products; everything else works without it. */
export const search = service("search", {
  description: "Full-text search over products",
  team: "backend",
  tier: 3,
  runtime: ecs({ cluster: "company", logGroup: "/ecs/search" }),
  telemetry: [httpServer(), reachability, structuredLogs, httpLogs],
  alerts: [goldenSignals({ errorRate: { severity: "SEV-2" } }), targetsMissing()],
  queries: [recentErrors, topErrorTypes],
});
