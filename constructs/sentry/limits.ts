import type { ProjectWindow } from "../../model/error-alert";

/**
 * What Sentry accepts.
 * Sources: Sentry API, create a new project (`slug`), update a client key (`rateLimit`), create an issue alert rule (`frequency`, `name`),
 * create a metric alert rule (`name`), create a monitor (`config`); Sentry documentation, Crons, "Max runtime".
 */
export const limits = {
  /** Characters of a project's or team's slug. */
  slugLength: 50,
  /** Characters of an alert's name. */
  alertNameLength: 256,
  /** Characters of a monitor's name. */
  monitorNameLength: 128,
  /** Minutes in which one issue is told once at most. */
  every: { least: 5, most: 43_200 },
  /** Minutes of a cron monitor's margin and of its longest run. */
  cronMinutes: { least: 1, most: 40_320 },
  /** Metric alerts of an organization on the Team plan and above. */
  metricAlerts: 1000,
  /** Milliseconds that an uptime check waits at most. */
  uptimeTimeoutMs: { least: 1000, most: 30_000 },
} as const;

/** A window over a project, in the minutes that the API takes. */
export const windowMinutes: Readonly<Record<ProjectWindow, number>> = {
  "1m": 1,
  "5m": 5,
  "10m": 10,
  "15m": 15,
  "30m": 30,
  "1h": 60,
  "2h": 120,
  "4h": 240,
  "1d": 1440,
};
