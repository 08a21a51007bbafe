import type { PerEnvironment } from "./register";

/** Where a service runs, and so where its logs arrive and which resources it can exhaust. */
export type Runtime =
  | { readonly kind: "ecs-service"; readonly cluster: string; readonly logGroup: string }
  | {
      readonly kind: "celery-worker";
      readonly cluster: string;
      readonly logGroup: string;
      readonly queues: readonly string[];
    }
  | { readonly kind: "rds-instance"; readonly instance: PerEnvironment<string>; readonly logGroup: string }
  | { readonly kind: "ec2-hosts"; readonly logGroup: string };

/** A service on ECS. `logGroup` is where its awslogs driver writes. */
export const ecs = (options: { readonly cluster: string; readonly logGroup: string }): Runtime => ({
  kind: "ecs-service",
  ...options,
});

/** Celery workers on ECS, and the queues that they consume. */
export const celery = (options: {
  readonly cluster: string;
  readonly logGroup: string;
  readonly queues: readonly string[];
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
