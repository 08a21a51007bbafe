import { panel } from "../../model/dashboard";
import { ratio } from "../../model/indicator";
import { upTo } from "../../model/metric";
import { counter, gauge, telemetry } from "../../model/telemetry";

const ofGroup = { rule_group: upTo(60, "app-service.rules.yaml;app-service") };
const ofAlertmanager = { alertmanager: upTo(5, "http://alertmanager:9093/api/v2/alerts") };
const ofQueue = { remote_name: upTo(3, "amp"), url: upTo(3, "https://aps-workspaces.eu-central-1.amazonaws.com") };

const event = <L extends string = never>(
  name: string,
  help: string,
  labels?: Readonly<Record<L, ReturnType<typeof upTo>>>,
) => counter(name, { help, unit: "events", ...(labels === undefined ? {} : { labels }) });

const reloaded = gauge("prometheus_config_last_reload_successful", {
  help: "Whether the last configuration was taken: 1, else 0",
  unit: "ratio",
});
const ruleFailures = event("prometheus_rule_evaluation_failures_total", "Rules that could not be evaluated", ofGroup);
const ruleEvaluations = event("prometheus_rule_evaluations_total", "Rules evaluated", ofGroup);
const missed = event(
  "prometheus_rule_group_iterations_missed_total",
  "Evaluations of a group skipped for want of time",
  ofGroup,
);
const queueLength = gauge("prometheus_notifications_queue_length", {
  help: "Alerts that wait to be sent",
  unit: "events",
});
const queueCapacity = gauge("prometheus_notifications_queue_capacity", {
  help: "Alerts that may wait",
  unit: "events",
});
const notificationErrors = event(
  "prometheus_notifications_errors_total",
  "Alerts that could not be sent",
  ofAlertmanager,
);
const notificationsSent = event("prometheus_notifications_sent_total", "Alerts sent", ofAlertmanager);
const dropped = event("prometheus_notifications_dropped_total", "Alerts that no Alertmanager took");
const alertmanagers = gauge("prometheus_notifications_alertmanagers_discovered", {
  help: "Alertmanagers that alerts are sent to",
  unit: "processes",
});
const newestSample = gauge("prometheus_remote_storage_highest_timestamp_in_seconds", {
  help: "Time of the newest sample that is to be written to the workspace",
  unit: "seconds",
});
const newestSent = gauge("prometheus_remote_storage_queue_highest_sent_timestamp_seconds", {
  help: "Time of the newest sample that was written to the workspace",
  unit: "seconds",
  labels: ofQueue,
});
const samplesFailed = event(
  "prometheus_remote_storage_samples_failed_total",
  "Samples that were not written, and will not be",
  ofQueue,
);
const samples = event("prometheus_remote_storage_samples_total", "Samples sent to the workspace", ofQueue);
const compactionsFailed = event("prometheus_tsdb_compactions_failed_total", "Compactions of blocks that failed");
const corruptions = event("prometheus_tsdb_wal_corruptions_total", "Corruptions of the write-ahead log");
const series = gauge("prometheus_tsdb_head_series", { help: "Series in memory", unit: "events" });
const duplicates = event(
  "prometheus_target_scrapes_sample_duplicate_timestamp_total",
  "Samples dropped because there is another value of the same series and time",
);
const tooLarge = event(
  "prometheus_target_scrapes_exceeded_sample_limit_total",
  "Scrapes dropped because they held too many samples",
);
const syncFailed = event(
  "prometheus_target_sync_failed_total",
  "Targets that could not be made from what was discovered",
  {
    scrape_job: upTo(20, "app-service"),
  },
);

const ofInstance = "instance";

/**
 * Prometheus, by its own metrics: it scrapes everything, evaluates rules where it is asked to, and writes to the workspace.
 * Source: Prometheus 2.53, its page `/metrics`.
 */
export const prometheusServer = telemetry("prometheus-server", {
  metrics: {
    reloaded,
    ruleFailures,
    ruleEvaluations,
    missed,
    queueLength,
    queueCapacity,
    notificationErrors,
    notificationsSent,
    dropped,
    alertmanagers,
    newestSample,
    newestSent,
    samplesFailed,
    samples,
    compactionsFailed,
    corruptions,
    series,
    duplicates,
    tooLarge,
    syncFailed,
  },
  indicators: {
    config_reloaded: reloaded.min().by(ofInstance),
    rule_failures: ruleFailures.increase("10m").by("rule_group"),
    rule_rate: ruleEvaluations.rate("5m"),
    missed_evaluations: missed.increase("10m").by("rule_group"),
    notification_queue_usage: ratio(queueLength.sum(), queueCapacity.sum()).by(ofInstance),
    notification_errors: ratio(notificationErrors.rate("5m"), notificationsSent.rate("5m")).by("alertmanager"),
    notifications_dropped: dropped.increase("5m").by(ofInstance),
    alertmanagers_found: alertmanagers.min().by(ofInstance),
    remote_write_failures: ratio(samplesFailed.rate("5m"), samples.rate("5m")).by(ofInstance),
    compaction_failures: compactionsFailed.increase("3h").by(ofInstance),
    wal_corruptions: corruptions.increase("10m").by(ofInstance),
    duplicate_samples: duplicates.rate("5m").by(ofInstance),
    scrapes_over_limit: tooLarge.increase("10m").by(ofInstance),
    target_sync_failures: syncFailed.increase("10m").by(ofInstance),
    series_in_memory: series.max().by(ofInstance),
  },
  panels: {
    overview: [
      panel("prometheus-series", "Series", { "{{instance}}": series.max().by(ofInstance) }, { visualization: "stat" }),
      panel(
        "prometheus-rules",
        "Rules evaluated",
        { "per second": ruleEvaluations.rate("5m") },
        { visualization: "stat" },
      ),
    ],
    errors: [
      panel("prometheus-rule-failures", "Rules that fail", {
        "{{rule_group}}": ruleFailures.increase("10m").by("rule_group"),
      }),
      panel("prometheus-dropped", "Alerts dropped", { "{{instance}}": dropped.increase("5m").by(ofInstance) }),
    ],
    performance: [
      panel("prometheus-remote-write", "Samples to the workspace", {
        sent: samples.rate("5m"),
        lost: samplesFailed.rate("5m"),
      }),
      panel("prometheus-missed", "Evaluations skipped", { "{{rule_group}}": missed.increase("10m").by("rule_group") }),
    ],
  },
});
