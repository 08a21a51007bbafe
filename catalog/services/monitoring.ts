import { alertmanagerHealth } from "../../alerts/alertmanager";
import { prometheusHealth } from "../../alerts/prometheus";
import { targetsMissing, targetsUnreachable } from "../../alerts/reachability";
import { watchdog, watchdogSilent } from "../../alerts/watchdog";
import { ecs } from "../../model/runtime";
import { alertmanagers, prometheusItself } from "../../model/scrape";
import { service } from "../../model/service";
import { monitoringErrors } from "../queries/monitoring";
import { alertmanager } from "../telemetry/alertmanager";
import { prometheusServer } from "../telemetry/prometheus-server";
import { reachability } from "../telemetry/reachability";
import { watchdogTopic } from "../telemetry/watchdog-topic";

/**
 * The monitors themselves: the Prometheus that scrapes everything and writes to the workspace, and Alertmanager. Both are scraped
 * under this job. What they cannot tell of themselves, because they are gone, CloudWatch tells: the watchdog no longer arrives.
 */
export const monitoring = service("monitoring", {
  description: "Prometheus, Alertmanager and the way of an alert to a person",
  team: "platform",
  tier: 1,
  runtime: ecs({ cluster: "company", logGroup: "/ecs/monitoring" }),
  telemetry: [prometheusServer, alertmanager, reachability, watchdogTopic],
  scrapes: [prometheusItself({ exposes: [prometheusServer] }), alertmanagers({ exposes: [alertmanager] })],
  alerts: [
    watchdog(),
    watchdogSilent(),
    prometheusHealth(),
    alertmanagerHealth(),
    targetsUnreachable({
      severity: "SEV-2",
      summary: "Only {value} of the monitors answer",
      why: "The other half takes over, and nobody takes over from it.",
    }),
    targetsMissing({ severity: "SEV-2" }),
  ],
  queries: [monitoringErrors],
});
