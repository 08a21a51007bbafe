import {
  type Fault,
  fault,
  paces,
  scales,
  sets,
  stretches,
  undiscovered,
  unreachable,
  vanishes,
} from "../../model/fault";
import { backgroundJobs } from "../telemetry/background-jobs";
import { celeryTasks } from "../telemetry/celery-tasks";

/** What goes wrong with the workers. */
export const workerFaults: readonly Fault[] = [
  fault("workers-die", {
    reason: "Every worker was killed for its memory; tasks pile up.",
    services: {
      "celery-worker": {
        effects: [sets(celeryTasks.workers, "0"), sets(celeryTasks.waiting, "3000"), scales(backgroundJobs.jobs, 0)],
        expects: ["CeleryWorkersAbsent", "CeleryQueueLong", "JobsStalled"],
      },
    },
  }),
  fault("tasks-fail", {
    reason: "A third party refuses the workers' key: every second task fails.",
    services: {
      "celery-worker": { effects: [paces(celeryTasks.failed, "5 per second")], expects: ["CeleryTasksFail"] },
    },
  }),
  fault("tasks-slow", {
    reason: "A third party answers after minutes.",
    services: { "celery-worker": { effects: [stretches(celeryTasks.runtime, 1000)], expects: ["CeleryTasksSlow"] } },
  }),
  fault("queue-unseen", {
    reason: "The exporter of the queues lost the broker.",
    services: { "celery-worker": { effects: [vanishes(celeryTasks.waiting)], expects: ["CeleryQueueUnseen"] } },
  }),
  fault("workers-unreachable", {
    reason: "The workers' host is cut off from the network.",
    services: {
      "celery-worker": { effects: [unreachable], expects: ["TargetsUnreachable", "CeleryQueueUnseen"] },
    },
  }),
  fault("workers-undiscovered", {
    reason: "The workers were scaled to none.",
    services: { "celery-worker": { effects: [undiscovered], expects: ["TargetsMissing", "CeleryQueueUnseen"] } },
  }),
];
