import { alert } from "../../model/alert";
import { promql } from "../../model/condition";
import { panel } from "../../model/dashboard";
import { ecs } from "../../model/runtime";
import { pushgateway } from "../../model/scrape";
import { service } from "../../model/service";
import { gauge, telemetry } from "../../model/telemetry";

const lastSuccess = gauge("batch_last_success_timestamp_seconds", {
  help: "When a run last succeeded, in seconds since 1970",
  unit: "seconds",
});
const duration = gauge("batch_duration_seconds", { help: "How long the last run took", unit: "seconds" });

const reportRuns = telemetry("report-runs", {
  metrics: { lastSuccess, duration },
  indicators: { report_duration: duration.max() },
  panels: { performance: [panel("report-duration", "Length of the last run", { run: duration.max() })] },
});

const reportMissing = alert("ReportMissing", {
  when: promql('time() - max(batch_last_success_timestamp_seconds{job="{service}"}) > 93600'),
  for: "0s",
  severity: "SEV-3",
  evaluator: "prometheus",
  summary: "No report has been written for {value} seconds",
  runbook: "report-missing",
});

export const nightlyReport = service("nightly-report", {
  description: "Writes the report of the day, each night, and ends",
  team: "analytics",
  tier: 3,
  runtime: ecs({ cluster: "company", logGroup: "/ecs/nightly-report" }),
  telemetry: [reportRuns],
  scrapes: [pushgateway()],
  alerts: [reportMissing],
});
