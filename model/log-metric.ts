import type { LogFilter } from "./log-filter";

/** A metric counted out of log events (a CloudWatch metric filter). */
export interface LogMetric {
  /** In kebab-case, unique within the service. */
  readonly name: string;
  readonly filter: LogFilter;
  /** The fields whose values keep its series apart; each must be of few values, since every one is billed. Default: none. */
  readonly by?: readonly string[];
}

export const logMetric = (name: string, options: Omit<LogMetric, "name">): LogMetric => ({ name, ...options });
