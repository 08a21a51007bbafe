import type { RetentionDays } from "./aws";
import type { Environment } from "./environment";
import { inEnvironment } from "./per-environment";
import { never } from "./result";
import type { Runtime } from "./runtime";

/** Where the logs of one runtime in one environment are kept. */
export interface LogGroup {
  readonly name: string;
  readonly retentionDays: RetentionDays;
  /** Encrypted with a key of the environment's own, beside AWS' default encryption. */
  readonly encrypted: boolean;
  /** Refuses deletion until the protection is taken off. */
  readonly deletionProtected: boolean;
}

/** The log group's name that a runtime writes to. */
export function logGroupName(runtime: Runtime, environment: string): string {
  switch (runtime.kind) {
    case "ecs-service":
    case "celery-worker":
    case "ec2-hosts":
      return runtime.logGroup;
    case "rds-instance":
      return runtime.logGroup.replaceAll("{instance}", () => inEnvironment(runtime.instance, environment));
    default:
      return never(runtime);
  }
}

/** The log group of a runtime: kept as long as the environment says; production's are encrypted and protected. */
export const logGroupOf = (runtime: Runtime, { name, production, retentionDays }: Environment): LogGroup => ({
  name: logGroupName(runtime, name),
  retentionDays,
  encrypted: production,
  deletionProtected: production,
});
