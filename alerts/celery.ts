import { pack, type Rows } from "./pack";

/** Celery's queues and workers, seen from the broker by the celery exporter. */
export const celeryRows = {
  workers: {
    alert: "CeleryWorkersAbsent",
    indicator: "queue_workers",
    dimension: "count",
    comparison: "<",
    threshold: "1",
    recovery: "1",
    for: "5m",
    severity: "SEV-2",
    summary: "No worker takes tasks from the queue {queue_name}",
    why: "Mails, payments and exports wait without anybody seeing it; five minutes outlast a deployment.",
  },
  queue: {
    alert: "CeleryQueueLong",
    indicator: "tasks_waiting",
    dimension: "count",
    comparison: ">",
    threshold: "1000",
    for: "15m",
    severity: "SEV-3",
    summary: "{value} tasks wait in the queue {queue_name}",
    why: "The workers clear a thousand tasks in minutes; a queue that stays longer than that is not being emptied.",
  },
  queueUnseen: {
    alert: "CeleryQueueUnseen",
    absent: "tasks_waiting",
    for: "15m",
    severity: "SEV-3",
    evaluator: "prometheus",
    summary: "Nobody knows how many tasks wait",
    why: "The exporter leaves the queues out while it cannot reach the broker, and then no alert on them can fire.",
  },
  failures: {
    alert: "CeleryTasksFail",
    indicator: "task_failure_ratio",
    dimension: "ratio",
    comparison: ">",
    threshold: "5%",
    guard: "task_rate > 1 per minute",
    for: "10m",
    severity: "SEV-3",
    summary: "{value} of the tasks {name} fail",
    why: "Single failures are retried; one in twenty of one kind, over ten minutes, is a bug or a dependency that is down.",
  },
  runtime: {
    alert: "CeleryTasksSlow",
    indicator: "task_runtime",
    dimension: "time",
    comparison: ">",
    threshold: "5min",
    for: "30m",
    severity: "SEV-4",
    summary: "One task {name} in twenty takes {value} or longer",
    why: "A task that takes minutes keeps its worker from the others; half an hour outlasts a nightly export.",
  },
} as const satisfies Rows;

/** Needs `celeryTasks`. */
export const celeryTasks = pack(celeryRows);
