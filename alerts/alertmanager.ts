import { pack, type Rows } from "./pack";

/** Alertmanager, the last hop before a person. What it cannot deliver, the watchdog's receiver finds out from outside. */
export const alertmanagerRows = {
  notifications: {
    alert: "AlertmanagerNotificationsFail",
    indicator: "delivery_failures",
    dimension: "ratio",
    comparison: ">",
    threshold: "1%",
    for: "5m",
    severity: "SEV-2",
    summary: "{value} of the notifications by {integration} fail",
    why: "Each is tried again and again before it counts as failed: somebody was not told, and the other channels are the only way left.",
  },
  configReload: {
    alert: "AlertmanagerConfigReloadFailed",
    indicator: "alertmanager_config_reloaded",
    dimension: "ratio",
    comparison: "<",
    threshold: "100%",
    recovery: "100%",
    for: "10m",
    severity: "SEV-3",
    summary: "Alertmanager at {instance} refused its new configuration",
    why: "It routes by the old one, and fails to start at its next restart; ten minutes outlast a corrected deployment.",
  },
  cluster: {
    alert: "AlertmanagerClusterBroken",
    indicator: "failed_peers",
    dimension: "count",
    comparison: ">",
    threshold: "0",
    for: "15m",
    severity: "SEV-3",
    summary: "Alertmanager at {instance} has lost {value} of its peers",
    why: "Peers that do not see each other each send the same page; fifteen minutes outlast a rolling restart.",
  },
  invalidAlerts: {
    alert: "AlertmanagerInvalidAlerts",
    indicator: "invalid_alerts",
    dimension: "count",
    comparison: ">",
    threshold: "0",
    for: "15m",
    severity: "SEV-3",
    summary: "Alertmanager at {instance} refused {value} alerts",
    why: "What it refuses nobody is told of: a label that is no label is the usual reason.",
  },
} as const satisfies Rows;

/** Needs `alertmanager`. */
export const alertmanagerHealth = pack(alertmanagerRows);
