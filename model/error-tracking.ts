import type { ErrorAlert } from "./error-alert";
import type { PerEnvironment } from "./register";

/** Platforms of Sentry that this company's services are written for. Source: Sentry documentation, Platforms. */
export const errorPlatforms = [
  "python-fastapi",
  "python-celery",
  "python-django",
  "node-express",
  "node",
  "go",
  "java-spring-boot",
  "javascript-react",
] as const;
export type ErrorPlatform = (typeof errorPlatforms)[number];

/**
 * What Sentry drops before it counts. Source: Sentry API, update an inbound data filter, `filter_id`.
 * - `filtered-transaction`: transactions of health checks.
 */
export const inboundFilters = [
  "browser-extensions",
  "legacy-browsers",
  "localhost",
  "web-crawlers",
  "filtered-transaction",
] as const;
export type InboundFilter = (typeof inboundFilters)[number];

/** What a user writes of the error tracking of a service. */
export interface ErrorTrackingOptions {
  readonly platform: ErrorPlatform;
  /** At least one, so that no error is mute. */
  readonly alerts: readonly (ErrorAlert | readonly ErrorAlert[])[];
  /**
   * Events that an environment's key takes in a minute; Sentry drops the rest. Default: 300, which a service reaches only in an outage,
   * and which one of them says as well as thousands would.
   */
  readonly perMinute?: PerEnvironment<number>;
  /** Default: what concerns the platform: extensions and old browsers meet a web page, crawlers and health checks a server. */
  readonly filters?: readonly InboundFilter[];
  /**
   * Error messages that are dropped, as globs over `Type: message`. Default: what a missing page is told by on the platform, which is a
   * visitor's mistake.
   */
  readonly ignore?: readonly string[];
}

/** The error tracking of a service. */
export interface ErrorTracking extends Required<Omit<ErrorTrackingOptions, "alerts">> {
  readonly alerts: readonly ErrorAlert[];
}

const isBrowser = (platform: ErrorPlatform): boolean => platform.startsWith("javascript");

const defaultFilters = (platform: ErrorPlatform): readonly InboundFilter[] =>
  isBrowser(platform)
    ? ["browser-extensions", "legacy-browsers", "localhost", "web-crawlers"]
    : ["web-crawlers", "filtered-transaction"];

/** What a 404 is told by. Sources: Starlette, `HTTPException` (its text); Django, `Http404`; http-errors, `NotFoundError`; Spring, 404. */
const missingPage: Readonly<Record<ErrorPlatform, readonly string[]>> = {
  "python-fastapi": ["HTTPException: 404*"],
  "python-celery": [],
  "python-django": ["Http404: *"],
  "node-express": ["NotFoundError: *"],
  node: ["NotFoundError: *"],
  go: [],
  "java-spring-boot": ["NoResourceFoundException: *", "NoHandlerFoundException: *"],
  "javascript-react": [],
};

/** Declares the error tracking of a service. */
export const errorTracking = ({ alerts, ...options }: ErrorTrackingOptions): ErrorTracking => ({
  perMinute: 300,
  filters: defaultFilters(options.platform),
  ignore: missingPage[options.platform] ?? [],
  ...options,
  alerts: alerts.flat(),
});

/** Where errors go: one Sentry organization for all environments, and its integrations. */
export interface SentryOptions {
  /** Slug of the organization. */
  readonly organization: string;
  /** API of the Sentry that it is in. Default: `https://sentry.io/api/`; another region's or one's own. */
  readonly api?: string;
  /** Id of the organization's Slack integration: the number in the address of its settings. */
  readonly slack: string;
  /** Id of the organization's PagerDuty integration: the number in the address of its settings. */
  readonly pagerDuty: string;
}

/** `SentryOptions` with the defaults filled in. */
export type Sentry = Required<SentryOptions>;
