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
  | { readonly kind: "rds-instance"; readonly instance: PerEnvironment<string> }
  | { readonly kind: "ec2-hosts"; readonly logGroup: string };

/** An HTTP service on ECS. `logGroup` is where its awslogs driver writes. */
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

/** A database instance; each environment has its own. Its log group is `/aws/rds/instance/<instance>`. */
export const rds = (options: { readonly instance: PerEnvironment<string> }): Runtime => ({
  kind: "rds-instance",
  ...options,
});

/** Hosts watched by the node exporter; `logGroup` is where the CloudWatch agent writes. */
export const hosts = (options: { readonly logGroup: string }): Runtime => ({ kind: "ec2-hosts", ...options });
