import type { Crontab } from "./crontab";
import type { Duration } from "./duration";

/** What a user writes of a task that runs by the clock. */
export interface CronJobOptions {
  readonly schedule: Crontab;
  /** IANA time zone of the schedule. Default: UTC, in which Celery's beat counts unless told otherwise. */
  readonly timeZone?: string;
  /** How late it may begin before it counts as missed, in whole minutes. Default: 5m, more than a busy broker takes. */
  readonly margin?: Duration;
  /** How long it may run before it counts as failed, in whole minutes. Default: 30m. */
  readonly maxRuntime?: Duration;
  /** Runs missed or failed in a row that make an issue. Default: 1, since the next run may be a day away. */
  readonly failures?: number;
}

/** A task that runs by the clock: a schedule of Celery's beat. */
export interface CronJob extends Required<CronJobOptions> {
  /** In kebab-case; the slug that the SDK checks in with. */
  readonly name: string;
}

/** Declares a task that runs by the clock. */
export const cronJob = (name: string, options: CronJobOptions): CronJob => ({
  timeZone: "UTC",
  margin: "5m",
  maxRuntime: "30m",
  failures: 1,
  ...options,
  name,
});
