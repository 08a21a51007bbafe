import { panel } from "../../model/dashboard";
import type { MetricUnit } from "../../model/metric";
import { gauge, telemetry } from "../../model/telemetry";

/** A metric of `AWS/RDS`, whose Datadog name differs from CloudWatch's by its spelling alone. */
const rds = <U extends MetricUnit>(name: string, unit: U, help: string, cloudwatchName: string, datadogName: string) =>
  gauge(`rds_${name}`, {
    help,
    unit,
    prometheus: false,
    cloudwatch: {
      namespace: "AWS/RDS",
      name: cloudwatchName,
      statistic: "Average",
      dimensions: { DBInstanceIdentifier: "{instance}" },
    },
    datadog: { name: `aws.rds.${datadogName}` },
  });

const cpu = rds("cpu_utilization", "percent", "Processor time in use", "CPUUtilization", "cpuutilization");
const connections = rds(
  "database_connections",
  "connections",
  "Connections open",
  "DatabaseConnections",
  "database_connections",
);
const memory = rds("freeable_memory", "bytes", "Memory that can still be had", "FreeableMemory", "freeable_memory");
const storage = rds("free_storage_space", "bytes", "Storage left", "FreeStorageSpace", "free_storage_space");
const readLatency = rds("read_latency", "seconds", "Time of a read from disk", "ReadLatency", "read_latency");
const writeLatency = rds("write_latency", "seconds", "Time of a write to disk", "WriteLatency", "write_latency");
const readOperations = rds("read_iops", "operations", "Reads from disk in a second", "ReadIOPS", "read_iops");
const writeOperations = rds("write_iops", "operations", "Writes to disk in a second", "WriteIOPS", "write_iops");
const replicaLag = rds("replica_lag", "seconds", "How far a read replica is behind", "ReplicaLag", "replica_lag");
const burstBalance = rds(
  "burst_balance",
  "percent",
  "Burst credit left to a gp2 volume",
  "BurstBalance",
  "burst_balance",
);
const diskQueue = rds(
  "disk_queue_depth",
  "operations",
  "Operations that wait for the volume",
  "DiskQueueDepth",
  "disk_queue_depth",
);

/**
 * An RDS instance as CloudWatch sees it, and as Datadog's AWS integration copies it; Prometheus does not hold it. The instance
 * carries the AWS tags `env` and `service`, which the integration turns into Datadog's.
 * Sources: Amazon RDS user guide, "Amazon CloudWatch metrics for Amazon RDS"; Datadog, Amazon RDS integration, "Data collected".
 */
export const rdsInstance = telemetry("rds-instance", {
  metrics: {
    cpu,
    connections,
    memory,
    storage,
    readLatency,
    writeLatency,
    readOperations,
    writeOperations,
    replicaLag,
    burstBalance,
    diskQueue,
  },
  indicators: {
    cpu_usage: cpu.avg(),
    db_connections: connections.avg(),
    free_memory: memory.min(),
    free_storage: storage.min(),
    read_latency: readLatency.avg(),
    write_latency: writeLatency.avg(),
    read_iops: readOperations.avg(),
    write_iops: writeOperations.avg(),
    replica_lag: replicaLag.max(),
    burst_balance: burstBalance.min(),
    disk_queue_depth: diskQueue.avg(),
  },
  panels: {
    overview: [panel("rds-storage", "Storage left", { free: storage.min() }, { visualization: "stat" })],
    performance: [
      panel("rds-latency", "Time of disk operations", { read: readLatency.avg(), write: writeLatency.avg() }),
      panel("rds-iops", "Disk operations in a second", { reads: readOperations.avg(), writes: writeOperations.avg() }),
      panel("rds-queue", "Operations that wait for the volume", { waiting: diskQueue.avg() }),
    ],
    infrastructure: [
      panel("rds-cpu", "Processors", { "in use": cpu.avg() }),
      panel("rds-memory", "Memory left", { free: memory.min() }),
      panel("rds-connections", "Connections to the instance", { open: connections.avg() }),
    ],
  },
});
