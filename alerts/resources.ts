import { only, pack, type Rows } from "./pack";

/** Utilization of what hosts run out of. The indicators keep hosts apart by `instance`, so that one full disk is not averaged away. */
export const resourceRows = {
  cpu: {
    alert: "HighCPUUsage",
    indicator: "cpu_usage",
    dimension: "ratio",
    comparison: ">",
    threshold: "80%",
    for: "15m",
    severity: "SEV-3",
    symptom: "cpu",
    summary: "The processors of {instance} are {value} busy",
    why: "Above 80% queues form at every burst; fifteen minutes outlast a batch job or a deployment.",
  },
  memory: {
    alert: "HighMemoryUsage",
    indicator: "memory_usage",
    dimension: "ratio",
    comparison: ">",
    threshold: "90%",
    for: "10m",
    severity: "SEV-3",
    symptom: "memory",
    summary: "{value} of the memory of {instance} is in use",
    why: "Counted without caches that the kernel gives back, the last tenth goes fast, and then processes are killed.",
  },
  disk: {
    alert: "HighDiskUsage",
    indicator: "disk_usage",
    dimension: "ratio",
    comparison: ">",
    threshold: "85%",
    for: "15m",
    severity: "SEV-3",
    symptom: "storage",
    summary: "{mountpoint} of {instance} is {value} full",
    why: "A full disk stops whatever writes to it; the last 15% leave time to act. When they go fast, DiskFullInHours wakes somebody.",
  },
} as const satisfies Rows;

/** Needs `cpu_usage` and `memory_usage` by instance, and `disk_usage` by instance and mountpoint. */
export const resources = pack(resourceRows);

/** For a service whose `cpu_usage` is one number; the summary must then name no instance. */
export const cpuUsage = only(resourceRows.cpu);
