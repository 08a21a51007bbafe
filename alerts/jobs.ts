import { pack, type Rows } from "./pack";

/** Work that nobody waits for, and that fails unseen. */
export const jobRows = {
  failures: {
    alert: "JobFailureRateHigh",
    indicator: "job_failure_rate",
    dimension: "ratio",
    comparison: ">",
    threshold: "5%",
    for: "10m",
    severity: "SEV-3",
    symptom: "errors",
    summary: "{value} of all background jobs fail",
    why: "Single failures are retried; one in twenty over ten minutes is a bug or a dependency that is down.",
  },
  stalled: {
    alert: "JobsStalled",
    indicator: "job_rate",
    dimension: "frequency",
    comparison: "<",
    threshold: "1 per minute",
    for: "15m",
    severity: "SEV-2",
    symptom: "traffic",
    summary: "Background jobs are done at {value} only",
    why: "The quietest night has a job a minute, so less means that the workers hang.",
  },
} as const satisfies Rows;

/** Needs `job_failure_rate` and `job_rate`. */
export const jobs = pack(jobRows);

/** The queue seen by the service that fills it. */
export const queueRows = {
  backlog: {
    alert: "QueueBacklog",
    indicator: "queue_length",
    dimension: "count",
    comparison: ">",
    threshold: "1000",
    for: "10m",
    severity: "SEV-3",
    symptom: "backlog",
    summary: "{value} jobs wait in the queue",
    why: "The workers clear a thousand jobs in minutes; a queue that stays longer than that is not being emptied.",
  },
  age: {
    alert: "JobsWaitTooLong",
    indicator: "oldest_job_age",
    dimension: "time",
    comparison: ">",
    threshold: "15min",
    for: "5m",
    severity: "SEV-3",
    summary: "The oldest job has waited for {value}",
    why: "A queue may be short and still stand: a quarter of an hour is longer than anybody waits for a mail that they asked for.",
  },
} as const satisfies Rows;

/** Needs `queue_length` and `oldest_job_age`. */
export const queue = pack(queueRows);
