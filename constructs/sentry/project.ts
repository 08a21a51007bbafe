import type { Catalog } from "../../model/catalog";
import type { CronJob } from "../../model/cron-job";
import { parseDuration } from "../../model/duration";
import type { ErrorTracking, InboundFilter } from "../../model/error-tracking";
import { checked } from "../../model/result";
import type { Service } from "../../model/service";

/** A Sentry project: the errors of one service, of all environments; the SDK names the environment in each event. */
export interface SentryProject {
  /** Name of the service. */
  readonly name: string;
  readonly slug: string;
  readonly team: string;
  readonly platform: string;
  readonly filters: readonly InboundFilter[];
  readonly ignoredMessages: readonly string[];
  /** Ownership rules: everything belongs to the service's team. */
  readonly ownership: string;
  readonly crons: readonly CronJob[];
}

/**
 * Browsers that are too old to be mended for, each up to the version that Sentry's documentation names.
 * Source: Sentry API, update an inbound data filter, `subfilters`.
 */
export const legacyBrowsers = ["ie", "edge", "safari", "firefox", "chrome", "opera", "android", "opera_mini"] as const;

/** The schedules of a service; Celery's beat alone has any. */
export const schedulesOf = ({ runtime }: Pick<Service, "runtime">): readonly CronJob[] =>
  runtime.kind === "celery-worker" ? (runtime.schedules ?? []) : [];

/**
 * Slug of a service's project: its name; of a renamed service the one it had, for as long as `renamedFrom` stands, since keys belong to
 * a slug: under another one they would be made anew, and errors sent to the old ones lost.
 */
export const projectSlug = ({ name, renamedFrom = name }: Pick<Service, "name" | "renamedFrom">): string => renamedFrom;

const projectOf = (service: Service, errors: ErrorTracking): SentryProject => ({
  name: service.name,
  slug: projectSlug(service),
  team: service.team,
  platform: errors.platform,
  filters: errors.filters,
  ignoredMessages: errors.ignore,
  ownership: `*:* #${service.team}`,
  crons: schedulesOf(service),
});

/** One project for each service with error tracking. */
export const sentryProjects = ({ services }: Catalog): readonly SentryProject[] =>
  services.flatMap((service) => (service.errors === undefined ? [] : [projectOf(service, service.errors)]));

/** Minutes of a duration; the checks refuse what are no whole ones. */
export const minutesOf = (duration: string): number => checked(parseDuration(duration)) / 60;
