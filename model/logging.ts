import type { Environment } from "./environment";
import { inEnvironment } from "./per-environment";
import type { PerEnvironment } from "./register";

/** Levels of severity, the least first, as Python's logging names them. */
export const logLevels = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] as const;
export type LogLevel = (typeof logLevels)[number];

/** How a service logs, beside what its fields are. */
export interface Logging {
  /** The lowest level that is written. Default: INFO. */
  readonly level?: PerEnvironment<LogLevel>;
  /**
   * Loggers that have a level of their own, by name; what is below `a` (`a.b`) follows it. Default: `uvicorn` and `sqlalchemy` at WARNING,
   * which else write a line for each request and each query.
   */
  readonly components?: Readonly<Record<string, PerEnvironment<LogLevel>>>;
  /** Events per second at the busiest; what pipelines are sized for. Default: 50. */
  readonly peakEventsPerSecond?: PerEnvironment<number>;
  /** Bytes of an event, as JSON, on average. Default: 600, a request's event with its identifiers. */
  readonly averageEventBytes?: number;
  /**
   * The percentage of events of a level that is kept after collection; traces decide together: all events of one trace, or none. ERROR and CRITICAL
   * are always kept. Default: all.
   */
  readonly keepPercent?: Partial<Readonly<Record<"DEBUG" | "INFO" | "WARNING", PerEnvironment<number>>>>;
  /** At most so many events of one value of a field in a time; what is above is dropped. Default: none. */
  readonly throttle?: Throttle;
}

/** A limit on what one tenant, or one error, may write. */
export interface Throttle {
  /** The field whose values are limited, each for itself: `workspace_id`. */
  readonly field: string;
  /** Only events of these levels and above are counted and limited. Default: ERROR, since errors repeat. */
  readonly from?: LogLevel;
  readonly events: number;
  readonly perSeconds: number;
}

/** How a service logs in one environment, with nothing left open. */
export interface DefiniteLogging {
  readonly level: LogLevel;
  /** Sorted by name. */
  readonly components: readonly { readonly name: string; readonly level: LogLevel }[];
  readonly peakEventsPerSecond: number;
  readonly averageEventBytes: number;
  /** Of 100 events of each level, how many are kept. */
  readonly keepPercent: Readonly<Record<LogLevel, number>>;
  readonly throttle?: Required<Throttle>;
}

const quietComponents = { uvicorn: "WARNING", sqlalchemy: "WARNING" } as const satisfies Logging["components"];

/** Fills in the defaults of a service's logging for an environment. */
export function loggingOf(logging: Logging = {}, { name }: Environment): DefiniteLogging {
  const {
    level = "INFO",
    components = quietComponents,
    peakEventsPerSecond = 50,
    averageEventBytes = 600,
    throttle,
  } = logging;
  const kept = (of: "DEBUG" | "INFO" | "WARNING"): number => inEnvironment(logging.keepPercent?.[of] ?? 100, name);
  return {
    level: inEnvironment(level, name),
    components: Object.entries(components)
      .map(([component, own]) => ({ name: component, level: inEnvironment(own, name) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    peakEventsPerSecond: inEnvironment(peakEventsPerSecond, name),
    averageEventBytes,
    keepPercent: { DEBUG: kept("DEBUG"), INFO: kept("INFO"), WARNING: kept("WARNING"), ERROR: 100, CRITICAL: 100 },
    ...(throttle === undefined ? {} : { throttle: { from: "ERROR", ...throttle } }),
  };
}
