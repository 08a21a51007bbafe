import { panel } from "../../model/dashboard";
import { ratio } from "../../model/indicator";
import { oneOf, upTo } from "../../model/metric";
import { counter, telemetry } from "../../model/telemetry";

const jobs = counter("background_jobs_total", {
  help: "Executions of background jobs; a job that is tried again counts once as `retry` and once as what became of it",
  unit: "jobs",
  labels: { job_type: upTo(40, "send_welcome_email"), status: oneOf("success", "failure", "retry") },
});
const failed = jobs.where({ status: "failure" });
const failureRate = ratio(failed.rate("10m"), jobs.rate("10m"));

/** Jobs done outside of requests. */
export const backgroundJobs = telemetry("background-jobs", {
  metrics: { jobs },
  indicators: {
    job_rate: jobs.rate("10m"),
    job_failure_rate: failureRate,
  },
  panels: {
    overview: [
      panel("job-rate", "Background jobs", { "per second": jobs.rate("10m") }, { visualization: "stat" }),
      panel("job-failure-rate", "Jobs that fail", { "failed jobs": failureRate }, { visualization: "stat" }),
    ],
    errors: [panel("failed-jobs", "Failed jobs by type", { "{{job_type}}": failed.rate("10m").by("job_type") })],
    performance: [panel("jobs-by-type", "Jobs by type", { "{{job_type}}": jobs.rate("10m").by("job_type") })],
  },
});
