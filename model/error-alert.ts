import { inEnvironment } from "./per-environment";
import type { EnvironmentName, PerEnvironment } from "./register";
import { checked, never } from "./result";
import { type Route, routeOf } from "./route";
import { runbookUrl } from "./runbook";
import { type Severity, type SeverityName, severityIn, severityOf } from "./severity";
import type { Team } from "./team";

/** What can happen to an issue: it is new, comes back after it was resolved, or returns from being ignored. */
export const issueEvents = ["new", "regressed", "reappeared"] as const;
export type IssueEvent = (typeof issueEvents)[number];

/** What an issue or a project is counted by. */
export type ErrorCount = "events" | "users";

/** Windows over which Sentry counts one issue. Source: Sentry documentation, Issue Alert Configuration, "When" conditions. */
export const issueWindows = ["1m", "5m", "15m", "1h", "1d", "1w", "30d"] as const;
export type IssueWindow = (typeof issueWindows)[number];

/** Windows over which Sentry counts a whole project. Source: Sentry API, create a metric alert rule, `timeWindow`. */
export const projectWindows = ["1m", "5m", "10m", "15m", "30m", "1h", "2h", "4h", "1d"] as const;
export type ProjectWindow = (typeof projectWindows)[number];

/** What a monitor of Sentry's own watches: a task's schedule, or an address from outside. */
export const monitored = ["cron", "uptime"] as const;
export type Monitored = (typeof monitored)[number];

/** When an error alert is told. */
export type ErrorCondition =
  /** Something happens to an issue. */
  | { readonly kind: "issue"; readonly on: readonly IssueEvent[] }
  /** One issue is met too often, or by too many. */
  | {
      readonly kind: "frequency";
      readonly of: ErrorCount;
      readonly above: PerEnvironment<number>;
      readonly within: IssueWindow;
    }
  /** All errors of the service together are too many; recovers by itself, a tenth below the threshold. */
  | {
      readonly kind: "volume";
      readonly of: ErrorCount;
      readonly above: PerEnvironment<number>;
      readonly within: ProjectWindow;
    }
  /** A monitor of the service fails. */
  | { readonly kind: "monitor"; readonly of: Monitored };

/** What a user writes of an error alert. */
export interface ErrorAlertOptions {
  readonly when: ErrorCondition;
  /** In production; elsewhere it is at most SEV-3. */
  readonly severity: PerEnvironment<SeverityName>;
  /** One line that says what it means to users. */
  readonly summary: string;
  /** The page that says what to do: its URL, or its name below the catalog's `runbooks`. */
  readonly runbook: string;
  /** Minutes in which one issue is told once at most. Default: 60; it is still open when somebody looks. */
  readonly every?: number;
  /** Where it exists. Default: in every environment. */
  readonly environments?: readonly EnvironmentName[];
}

/** An alert on the errors of a service, of no service yet. */
export interface ErrorAlert extends ErrorAlertOptions {
  readonly name: string;
}

/** Declares an error alert. `name` is in CamelCase, as every alert's is. */
export const errorAlert = (name: string, options: ErrorAlertOptions): ErrorAlert => ({ ...options, name });

/** A condition without tables of environments. */
export type DefiniteErrorCondition =
  | Extract<ErrorCondition, { kind: "issue" | "monitor" }>
  | { readonly kind: "frequency"; readonly of: ErrorCount; readonly above: number; readonly within: IssueWindow }
  | { readonly kind: "volume"; readonly of: ErrorCount; readonly above: number; readonly within: ProjectWindow };

/** An error alert of one service in one environment, with nothing left open. */
export interface ErrorAlertRule {
  readonly name: string;
  readonly service: string;
  readonly environment: string;
  readonly when: DefiniteErrorCondition;
  readonly severity: Severity;
  readonly route: Route;
  readonly summary: string;
  /** URL. */
  readonly runbook: string;
  /** Minutes in which one issue is told once at most. */
  readonly every: number;
}

function definite(when: ErrorCondition, environment: string): DefiniteErrorCondition {
  switch (when.kind) {
    case "issue":
    case "monitor":
      return when;
    case "frequency":
      return { ...when, above: inEnvironment(when.above, environment) };
    case "volume":
      return { ...when, above: inEnvironment(when.above, environment) };
    default:
      return never(when);
  }
}

/** What an error alert takes from outside. */
interface Surroundings {
  readonly service: string;
  readonly team: Team;
  readonly environment: { readonly name: string; readonly production: boolean };
  /** URL below which runbooks are found by name. */
  readonly runbooks: string | undefined;
}

/**
 * Makes an error alert definite, with the severity and the route that every other alert would have there.
 * @throws Error on what the checks refuse; they run first.
 */
export function errorAlertRule(
  { name, when, severity, summary, runbook, every = 60 }: ErrorAlert,
  { service, team, environment, runbooks }: Surroundings,
): ErrorAlertRule {
  const grade = severityIn(environment.production, severityOf(inEnvironment(severity, environment.name)));
  return {
    name,
    service,
    environment: environment.name,
    when: definite(when, environment.name),
    severity: grade,
    route: routeOf(grade, team),
    summary,
    runbook: checked(runbookUrl(runbook, runbooks)),
    every,
  };
}
