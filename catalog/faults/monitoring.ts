import { type Fault, fault, paces, sets, setsTime, undiscovered, unreachable } from "../../model/fault";
import { alertmanager } from "../telemetry/alertmanager";
import { prometheusServer } from "../telemetry/prometheus-server";

/** What goes wrong with the monitors themselves. */
export const monitoringFaults: readonly Fault[] = [
  fault("rules-broken", {
    reason: "A configuration that does not load was deployed, and rules fail.",
    services: {
      monitoring: {
        effects: [sets(prometheusServer.reloaded, "0%"), paces(prometheusServer.ruleFailures, "1 per second")],
        expects: ["PrometheusConfigReloadFailed", "PrometheusRuleEvaluationFails"],
      },
    },
  }),
  fault("prometheus-overloaded", {
    reason: "A label without bounds made a million series: evaluations are skipped, scrapes are too large.",
    services: {
      monitoring: {
        effects: [paces(prometheusServer.missed, "1 per second"), paces(prometheusServer.tooLarge, "1 per second")],
        expects: ["PrometheusEvaluationsMissed", "PrometheusScrapesTooLarge"],
      },
    },
  }),
  fault("alertmanager-lost", {
    reason: "Prometheus finds no Alertmanager, and its alerts go nowhere.",
    services: {
      monitoring: {
        effects: [sets(prometheusServer.alertmanagers, "0"), paces(prometheusServer.dropped, "1 per second")],
        expects: ["PrometheusHasNoAlertmanager", "PrometheusNotificationsDropped"],
      },
    },
  }),
  fault("alertmanager-refuses", {
    reason: "Alertmanager refuses what Prometheus sends, and the queue fills.",
    services: {
      monitoring: {
        effects: [paces(prometheusServer.notificationErrors, "5 per second"), sets(prometheusServer.queueLength, "18")],
        expects: ["PrometheusNotificationErrors", "PrometheusNotificationQueueFilling"],
      },
    },
  }),
  fault("workspace-refuses", {
    reason: "The workspace refuses samples for want of rights, and Prometheus falls behind.",
    services: {
      monitoring: {
        effects: [
          paces(prometheusServer.samplesFailed, "5 per second"),
          setsTime(prometheusServer.newestSent, { ago: "10m" }),
        ],
        expects: ["PrometheusRemoteWriteFails", "PrometheusRemoteWriteBehind"],
      },
    },
  }),
  fault("prometheus-disk-broken", {
    reason: "The disk of Prometheus loses what was written.",
    services: {
      monitoring: {
        effects: [paces(prometheusServer.corruptions, "1 per minute")],
        expects: ["PrometheusWALCorrupt"],
      },
    },
  }),
  fault("two-write-the-same", {
    reason: "Two exporters say different things of one series.",
    services: {
      monitoring: {
        effects: [paces(prometheusServer.duplicates, "1 per second")],
        expects: ["PrometheusDuplicateSamples"],
      },
    },
  }),
  fault("discovery-fails", {
    reason: "Service discovery gives out targets that are none.",
    services: {
      monitoring: {
        effects: [paces(prometheusServer.syncFailed, "1 per minute")],
        expects: ["PrometheusTargetSyncFails"],
      },
    },
  }),
  fault("pages-do-not-arrive", {
    reason: "The key of PagerDuty was revoked.",
    services: {
      monitoring: { effects: [paces(alertmanager.failed, "5 per second")], expects: ["AlertmanagerNotificationsFail"] },
    },
  }),
  fault("alertmanager-broken", {
    reason: "A broken routing tree was deployed to one of two Alertmanagers, which do not find each other any more.",
    services: {
      monitoring: {
        effects: [
          sets(alertmanager.reloaded, "0%"),
          sets(alertmanager.failedPeers, "1"),
          paces(alertmanager.invalid, "1 per minute"),
        ],
        expects: ["AlertmanagerConfigReloadFailed", "AlertmanagerClusterBroken", "AlertmanagerInvalidAlerts"],
      },
    },
  }),
  fault("monitors-unreachable", {
    reason: "The monitors' network is cut off.",
    services: { monitoring: { effects: [unreachable], expects: ["TargetsUnreachable"] } },
  }),
  fault("monitors-undiscovered", {
    reason: "Prometheus was told to scrape everything but itself.",
    services: { monitoring: { effects: [undiscovered], expects: ["TargetsMissing"] } },
  }),
];
