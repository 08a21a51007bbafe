import { pack, type Rows } from "./pack";

/** Utilization, saturation and errors of an ECS service, of CloudWatch by Datadog: Prometheus holds none of it. */
export const ecsRows = {
  memory: {
    alert: "ServiceMemoryNearLimit",
    indicator: "memory_usage",
    dimension: "ratio",
    comparison: ">",
    threshold: "90%",
    for: "15m",
    severity: "SEV-3",
    evaluator: "cloudwatch",
    summary: "The service's tasks use {value} of the memory that they reserve",
    why: "A task at its limit is killed and its requests with it; the last tenth is time to find what grows.",
  },
  tasks: {
    alert: "TasksBelowDesired",
    indicator: "running_tasks",
    dimension: "ratio",
    comparison: "<",
    threshold: "100%",
    recovery: "100%",
    for: "15m",
    severity: "SEV-3",
    evaluator: "cloudwatch",
    summary: "Only {value} of the tasks that the service should have are running",
    why: "ECS replaces a task within minutes; a quarter of an hour means that it cannot: no capacity, a bad image, a failing health check.",
  },
} as const satisfies Rows;

/** Needs `memory_usage` and `running_tasks`. */
export const ecsTasks = pack(ecsRows);

/** The same of single containers, seen by cAdvisor. */
export const containerRows = {
  throttling: {
    alert: "ContainerThrottled",
    indicator: "container_throttling",
    dimension: "ratio",
    comparison: ">",
    threshold: "25%",
    for: "15m",
    severity: "SEV-4",
    summary: "{name} at {instance} is held back in {value} of its periods",
    why: "Held back in one period of four, requests wait for the next; its limit is too low, or its work too much.",
  },
  outOfMemory: {
    alert: "ContainerOutOfMemoryKill",
    indicator: "container_oom_kills",
    dimension: "count",
    comparison: ">",
    threshold: "0",
    for: "0s",
    severity: "SEV-3",
    summary: "{name} at {instance} was killed {value} times for want of memory",
    why: "What a killed container was working on is lost; one kill is enough to compare its limit with its need.",
  },
  restarts: {
    alert: "ContainerRestartsAgainAndAgain",
    promql: 'time() - max by (name) (container_start_time_seconds{job="{service}",name!=""})',
    comparison: "<",
    threshold: 300,
    for: "20m",
    severity: "SEV-3",
    evaluator: "prometheus",
    summary: "A container of {name} has just started, and has been for a while",
    why: "The youngest container is never older than five minutes for twenty: it starts, fails and starts again. A deployment is over before.",
  },
} as const satisfies Rows;

/** Needs `container_throttling` and `container_oom_kills` by name and instance, and the metric `container_start_time_seconds`. */
export const containerHealth = pack(containerRows);
