import { alertmanagerRows } from "./alertmanager";
import { businessRows } from "./business";
import { celeryRows } from "./celery";
import { collectorRows } from "./collector";
import { connectionPoolRows, postgresServerRows, rdsInstanceRows } from "./database";
import { containerRows, ecsRows } from "./ecs";
import { elasticsearchRows } from "./elasticsearch";
import { endpointHealthRows } from "./endpoint-health";
import { endpointRows } from "./endpoints";
import { goldenSignalRows, saturationRows } from "./golden-signals";
import { hostRows } from "./hosts";
import { jobRows, queueRows } from "./jobs";
import { logArchiveRows } from "./log-archive";
import { fluentBitRows, fluentdRows } from "./log-shipping";
import type { Rows } from "./pack";
import { postgresUpkeepRows } from "./postgres";
import { prometheusRows } from "./prometheus";
import { rdsCapacityRows } from "./rds";
import { reachabilityRows } from "./reachability";
import { redRows } from "./red";
import { redisRows } from "./redis";
import { resourceRows } from "./resources";
import { watchdogRows } from "./watchdog";

/** A table of alerts, as a reader finds it. */
export interface Table {
  readonly title: string;
  /** The file below `alerts/`, without its ending. */
  readonly file: string;
  /** Names of the telemetry contracts that together have its indicators and metrics. */
  readonly contracts: readonly string[];
  readonly rows: Rows;
}

/** Every table of rows, in the order in which people look for them; alerts on logs are in `logs.ts`. */
export const tables: readonly Table[] = [
  { title: "Golden signals", file: "golden-signals", contracts: ["http-server"], rows: goldenSignalRows },
  { title: "Saturation of a service", file: "golden-signals", contracts: ["ecs-service"], rows: saturationRows },
  { title: "RED: rate, errors, duration by endpoint", file: "red", contracts: ["http-server"], rows: redRows },
  { title: "Reachability", file: "reachability", contracts: ["reachability"], rows: reachabilityRows },
  { title: "HTTP endpoints from outside", file: "endpoints", contracts: ["http-endpoint"], rows: endpointRows },
  {
    title: "Health endpoints that say they are degraded",
    file: "endpoint-health",
    contracts: ["endpoint-health", "http-endpoint"],
    rows: endpointHealthRows,
  },
  {
    title: "USE for hosts: utilization",
    file: "resources",
    contracts: ["host-compute", "host-disks"],
    rows: resourceRows,
  },
  {
    title: "USE for hosts: saturation and errors",
    file: "hosts",
    contracts: ["host-compute", "host-disks", "host-network", "host-system"],
    rows: hostRows,
  },
  { title: "USE for ECS services", file: "ecs", contracts: ["ecs-service"], rows: ecsRows },
  { title: "USE for containers", file: "ecs", contracts: ["containers"], rows: containerRows },
  { title: "USE for RDS: instance", file: "database", contracts: ["rds-instance"], rows: rdsInstanceRows },
  { title: "USE for RDS: capacity", file: "rds", contracts: ["rds-instance"], rows: rdsCapacityRows },
  { title: "PostgreSQL", file: "database", contracts: ["postgres-server"], rows: postgresServerRows },
  {
    title: "PostgreSQL: upkeep",
    file: "postgres",
    contracts: ["postgres-server", "postgres-upkeep"],
    rows: postgresUpkeepRows,
  },
  { title: "Connection pools", file: "database", contracts: ["postgres-pool"], rows: connectionPoolRows },
  { title: "Redis", file: "redis", contracts: ["redis-server"], rows: redisRows },
  { title: "Celery", file: "celery", contracts: ["celery-tasks"], rows: celeryRows },
  { title: "Background jobs", file: "jobs", contracts: ["background-jobs"], rows: jobRows },
  { title: "Queues seen by those who fill them", file: "jobs", contracts: ["app"], rows: queueRows },
  { title: "Business", file: "business", contracts: ["analytics", "app", "orders"], rows: businessRows },
  { title: "Watchdog", file: "watchdog", contracts: ["watchdog-topic"], rows: watchdogRows },
  { title: "Prometheus", file: "prometheus", contracts: ["prometheus-server"], rows: prometheusRows },
  { title: "Alertmanager", file: "alertmanager", contracts: ["alertmanager"], rows: alertmanagerRows },
  { title: "Fluentd", file: "log-shipping", contracts: ["fluentd"], rows: fluentdRows },
  { title: "Fluent Bit", file: "log-shipping", contracts: ["fluent-bit"], rows: fluentBitRows },
  { title: "Archive of logs", file: "log-archive", contracts: ["log-archive"], rows: logArchiveRows },
  { title: "Elasticsearch", file: "elasticsearch", contracts: ["elasticsearch-cluster"], rows: elasticsearchRows },
  { title: "OpenTelemetry collectors", file: "collector", contracts: ["collector"], rows: collectorRows },
];
