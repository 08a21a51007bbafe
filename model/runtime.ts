import type { CronJob } from "./cron-job";
import type { PerEnvironment } from "./register";

/** Where a service runs, and so where its logs arrive and which resources it can exhaust. */
export type Runtime =
  | { readonly kind: "ecs-service"; readonly cluster: string; readonly logGroup: string }
  | {
      readonly kind: "celery-worker";
      readonly cluster: string;
      readonly logGroup: string;
      readonly queues: readonly string[];
      /** Tasks that its beat starts by the clock. Absent: none. */
      readonly schedules?: readonly CronJob[];
    }
  | { readonly kind: "rds-instance"; readonly instance: PerEnvironment<string>; readonly logGroup: string }
  | { readonly kind: "ec2-hosts"; readonly logGroup: string };

/** A service on ECS. `logGroup` is where its awslogs driver writes. */
export const ecs = (options: { readonly cluster: string; readonly logGroup: string }): Runtime => ({
  kind: "ecs-service",
  ...options,
});

/** Celery workers on ECS, the queues that they consume, and the tasks that start by the clock. */
export const celery = (options: {
  readonly cluster: string;
  readonly logGroup: string;
  readonly queues: readonly string[];
  /** Default: none. */
  readonly schedules?: readonly CronJob[];
}): Runtime => ({ kind: "celery-worker", ...options });

/**
 * A PostgreSQL instance of RDS; each environment has its own. `{instance}` in `logGroup` is its name. Default log group:
 * `/aws/rds/instance/{instance}/postgresql`, where RDS itself publishes (Amazon RDS User Guide, "Publishing PostgreSQL logs to
 * Amazon CloudWatch Logs").
 */
export const rds = (options: { readonly instance: PerEnvironment<string>; readonly logGroup?: string }): Runtime => ({
  kind: "rds-instance",
  logGroup: "/aws/rds/instance/{instance}/postgresql",
  ...options,
});

/** Hosts watched by the node exporter; `logGroup` is where the CloudWatch agent writes. */
export const hosts = (options: { readonly logGroup: string }): Runtime => ({ kind: "ec2-hosts", ...options });
