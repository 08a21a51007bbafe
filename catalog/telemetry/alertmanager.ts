import { panel } from "../../model/dashboard";
import { ratio } from "../../model/indicator";
import { oneOf, upTo } from "../../model/metric";
import { counter, gauge, telemetry } from "../../model/telemetry";

const integration = upTo(25, "pagerduty");

const failed = counter("alertmanager_notifications_failed_total", {
  help: "Notifications that could not be delivered, after all their retries",
  unit: "events",
  labels: { integration, reason: upTo(10, "serverError") },
});
const notifications = counter("alertmanager_notifications_total", {
  help: "Notifications that were to be delivered",
  unit: "events",
  labels: { integration },
});
const reloaded = gauge("alertmanager_config_last_reload_successful", {
  help: "Whether the last configuration was taken: 1, else 0",
  unit: "ratio",
});
const failedPeers = gauge("alertmanager_cluster_failed_peers", { help: "Peers that do not answer", unit: "processes" });
const members = gauge("alertmanager_cluster_members", {
  help: "Peers that a member sees, itself included",
  unit: "processes",
});
const received = counter("alertmanager_alerts_received_total", {
  help: "Alerts received",
  unit: "events",
  labels: { status: oneOf("firing", "resolved"), version: upTo(3, "v2") },
});
const invalid = counter("alertmanager_alerts_invalid_total", {
  help: "Alerts refused because they are none",
  unit: "events",
  labels: { version: upTo(3, "v2") },
});
const alerts = gauge("alertmanager_alerts", {
  help: "Alerts held",
  unit: "events",
  labels: { state: oneOf("active", "suppressed", "unprocessed") },
});

const failures = ratio(failed.rate("5m"), notifications.rate("5m")).by("integration");

/**
 * Alertmanager, by its own metrics.
 * Source: Alertmanager 0.28, its page `/metrics`.
 */
export const alertmanager = telemetry("alertmanager", {
  metrics: { failed, notifications, reloaded, failedPeers, members, received, invalid, alerts },
  indicators: {
    delivery_failures: failures,
    alertmanager_config_reloaded: reloaded.min().by("instance"),
    failed_peers: failedPeers.max().by("instance"),
    alertmanager_members: members.min(),
    invalid_alerts: invalid.increase("10m").by("instance"),
    alerts_held: alerts.max().by("state"),
  },
  panels: {
    overview: [panel("alerts-held", "Alerts", { "{{state}}": alerts.max().by("state") }, { visualization: "stat" })],
    errors: [panel("delivery-failures", "Notifications that fail", { "{{integration}}": failures })],
    performance: [
      panel("notifications", "Notifications", { "{{integration}}": notifications.rate("5m").by("integration") }),
      panel("alerts-received", "Alerts received", { "{{status}}": received.rate("5m").by("status") }),
    ],
    infrastructure: [panel("alertmanager-members", "Members of the cluster", { seen: members.min() })],
  },
});
