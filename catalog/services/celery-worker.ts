import { celeryTasks as celeryTasksAlerts } from "../../alerts/celery";
import { ecsTasks } from "../../alerts/ecs";
import { jobs } from "../../alerts/jobs";
import { productionErrors } from "../../alerts/logs";
import { targetsMissing, targetsUnreachable } from "../../alerts/reachability";
import { celery } from "../../model/runtime";
import { service } from "../../model/service";
import { errorsByType } from "../log-metrics";
import { failedJobs, recentErrors, topErrorTypes } from "../queries/errors";
import { requestTrail } from "../queries/requests";
import { slowQueries } from "../queries/slow-queries";
import { backgroundJobs } from "../telemetry/background-jobs";
import { celeryTasks } from "../telemetry/celery-tasks";
import { queryLogs } from "../telemetry/database-logs";
import { ecsService } from "../telemetry/ecs-service";
import { isError, structuredLogs } from "../telemetry/logs";
import { reachability } from "../telemetry/reachability";
import { itemLogs, orderLogs } from "../telemetry/work-logs";

/** Does what the API puts off: mails, payments, exports. Nobody waits for it, so nobody sees it fail. */
export const celeryWorker = service("celery-worker", {
  description: "Background jobs of the API: mails, payments and exports",
  team: "backend",
  tier: 2,
  dependsOn: ["database"],
  runtime: celery({ cluster: "company", logGroup: "/ecs/celery-worker", queues: ["default", "emails", "payments"] }),
  tracing: {
    // A job may take its time; half a minute is what the queues are sized for.
    sampling: { kind: "tail", slowAfter: "30s", keepPercent: { default: 10, dev: 100 } },
    tracesPerSecond: { default: 50, dev: 5 },
    spansPerTrace: 40,
  },
  telemetry: [backgroundJobs, celeryTasks, reachability, ecsService, structuredLogs, itemLogs, orderLogs, queryLogs],
  alerts: [
    celeryTasksAlerts({ failures: { threshold: { default: "5%", dev: "25%" } } }),
    jobs({
      // Told by task, above.
      failures: "off",
      // Other environments have no jobs at night.
      stalled: { environments: ["prod"] },
    }),
    ecsTasks(),
    targetsUnreachable(),
    targetsMissing(),
    productionErrors(isError, { environments: ["prod"] }),
  ],
  queries: [recentErrors, topErrorTypes, failedJobs, requestTrail, slowQueries],
  logMetrics: [errorsByType],
});
