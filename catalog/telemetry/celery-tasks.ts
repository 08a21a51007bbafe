import { panel } from "../../model/dashboard";
import { ratio } from "../../model/indicator";
import { upTo } from "../../model/metric";
import { counter, gauge, histogram, telemetry } from "../../model/telemetry";

const queueName = upTo(10, "default");
const ofTask = { name: upTo(60, "mails.send_welcome"), hostname: upTo(20, "worker-1"), queue_name: queueName };

/** A task is of one queue, and fails in three ways or so. */
const tasks = { done: 60 * 20, failed: 60 * 20 * 3 } as const;

const received = counter("celery_task_received_total", {
  help: "Tasks that workers received",
  unit: "jobs",
  labels: ofTask,
  series: tasks.done,
});
const failed = counter("celery_task_failed_total", {
  help: "Tasks that failed for good",
  unit: "jobs",
  labels: { ...ofTask, exception: upTo(40, "TimeoutError") },
  series: tasks.failed,
});
const retried = counter("celery_task_retried_total", {
  help: "Tasks that failed and will be tried again",
  unit: "jobs",
  labels: ofTask,
  series: tasks.done,
});
const runtime = histogram("celery_task_runtime", {
  help: "Time that a task took",
  unit: "seconds",
  labels: ofTask,
  series: tasks.done,
  buckets: [0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600, 1800],
});
const waiting = gauge("celery_queue_length", {
  help: "Tasks that wait in a queue",
  unit: "jobs",
  labels: { queue_name: queueName },
});
const workers = gauge("celery_active_worker_count", {
  help: "Workers that take tasks from a queue",
  unit: "processes",
  labels: { queue_name: queueName },
});

const failures = ratio(failed.rate("10m"), received.rate("10m")).by("name");

/**
 * Celery's tasks, queues and workers as its broker sees them, by the celery exporter, which runs beside the workers and is scraped
 * under their job. It is started with `--buckets=0.1,0.5,1,5,10,30,60,120,300,600,1800`, since its own end at ten seconds, and with
 * `--queues`, so that it knows a queue that nobody consumes. Workers send events (`worker_send_task_events`).
 * Source: danihodovic/celery-exporter, README, "Metrics", and its `exporter.py` for labels.
 */
export const celeryTasks = telemetry("celery-tasks", {
  metrics: { received, failed, retried, runtime, waiting, workers },
  indicators: {
    tasks_waiting: waiting.max().by("queue_name"),
    queue_workers: workers.max().by("queue_name"),
    task_rate: received.rate("10m").by("name"),
    task_failure_ratio: failures,
    task_retries: retried.rate("10m").by("name"),
    task_runtime: runtime.quantile(0.95, "30m").by("name"),
  },
  panels: {
    overview: [
      panel("tasks-waiting", "Tasks that wait", { "{{queue_name}}": waiting.max().by("queue_name") }),
      panel("queue-workers", "Workers", { "{{queue_name}}": workers.max().by("queue_name") }),
    ],
    errors: [
      panel("task-failures", "Tasks that fail", { "{{name}}": failures }),
      panel("task-retries", "Tasks tried again", { "{{name}}": retried.rate("10m").by("name") }),
    ],
    performance: [
      panel("task-runtime", "Time of tasks", { "p95, {{name}}": runtime.quantile(0.95, "30m").by("name") }),
    ],
  },
});
