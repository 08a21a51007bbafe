import { type Alert, type AlertOptions, alert } from "../model/alert";
import type { Duration } from "../model/duration";
import { logCount } from "../model/indicator";
import type { LogFilter } from "../model/log-filter";
import type { QuantityText } from "../model/quantity";
import type { PerEnvironment } from "../model/register";
import type { SeverityName } from "../model/severity";
import { runbook } from "./runbook";

/** One alert on the number of log events that pass a filter. */
export interface LogRow extends Pick<AlertOptions, "summary" | "symptom"> {
  readonly severity: SeverityName;
  readonly alert: string;
  /** Events in the window. */
  readonly threshold: QuantityText<"count">;
  readonly window: Duration;
  /** Why these numbers, in a sentence; whoever is called reads it as the alert's description. */
  readonly why: string;
}

/** What a service may say of a log alert in its own way. Default of each: the row's. */
export interface LogAlertOptions extends Pick<AlertOptions, "environments"> {
  readonly threshold?: PerEnvironment<QuantityText<"count">>;
  readonly severity?: AlertOptions["severity"];
}

/** What logs say that no metric counts. */
export const logRows = {
  errors: {
    alert: "ProductionErrors",
    threshold: "50",
    window: "5m",
    severity: "SEV-3",
    symptom: "errors",
    summary: "{value} errors were logged within five minutes",
    why: "Ten errors a minute are more than retries leave behind. Failing requests page by their rate; these may have been hidden from users.",
  },
  paymentFailures: {
    alert: "PaymentFailures",
    threshold: "10",
    window: "5m",
    severity: "SEV-2",
    symptom: "errors",
    summary: "{value} payments failed within five minutes",
    why: "A card is declined now and then; ten failures in five minutes are the payment provider or our own code.",
  },
  slowQueries: {
    alert: "SlowDatabaseQueries",
    threshold: "20",
    window: "10m",
    severity: "SEV-3",
    symptom: "latency",
    summary: "{value} slow queries were logged within ten minutes",
    why: "A report may be slow; two slow queries a minute are a missing index or a lock that many wait for.",
  },
  systemFailures: {
    alert: "CriticalErrors",
    threshold: "5",
    window: "5m",
    severity: "SEV-3",
    summary: "{value} critical errors were logged within five minutes",
    why: "Critical is what a system that fails says of itself; one may be a process that ends, five are not. Users that feel it page by their requests.",
  },
  databaseErrors: {
    alert: "DatabaseErrors",
    threshold: "20",
    window: "5m",
    severity: "SEV-3",
    summary: "{value} errors of the database were logged within five minutes",
    why: "A lost connection is opened again; four errors a minute are a database that refuses, or a migration that does not fit the code.",
  },
  timeouts: {
    alert: "DependencyTimeouts",
    threshold: "20",
    window: "5m",
    severity: "SEV-3",
    summary: "{value} calls of other systems timed out within five minutes",
    why: "A call times out now and then; four a minute are a dependency that does not answer, and requests that wait for it.",
  },
  securityViolations: {
    alert: "SecurityViolations",
    threshold: "20",
    window: "10m",
    severity: "SEV-2",
    summary: "{value} security violations were logged within ten minutes",
    why: "One is a user who tried an address; two a minute are somebody who tries them all, and minutes decide what they find.",
  },
  authenticationFailures: {
    alert: "AuthenticationFailures",
    threshold: "200",
    window: "10m",
    severity: "SEV-3",
    summary: "{value} attempts to sign in failed within ten minutes",
    why: "People mistype passwords; twenty a minute are a list of stolen ones being tried, or a sign-in that is broken.",
  },
} as const satisfies Readonly<Record<string, LogRow>>;

/** Datadog evaluates them: it holds the logs of all services. They fire at once, since the window already is the waiting time. */
const logAlert =
  (row: LogRow) =>
  (filter: LogFilter, { threshold = row.threshold, ...options }: LogAlertOptions = {}): Alert =>
    alert(row.alert, {
      severity: row.severity,
      summary: row.summary,
      ...(row.symptom === undefined ? {} : { symptom: row.symptom }),
      ...options,
      when: logCount(filter, row.window).above(threshold),
      for: "0s",
      evaluator: "datadog",
      description: row.why,
      runbook: runbook(row.alert),
    });

/** `filter` passes the events that are errors. */
export const productionErrors = logAlert(logRows.errors);

/** `filter` passes the events that say that a payment failed. */
export const paymentFailures = logAlert(logRows.paymentFailures);

/** `filter` passes the events that say that a whole system failed. */
export const criticalErrors = logAlert(logRows.systemFailures);

/** `filter` passes the errors that come from the database. */
export const databaseErrors = logAlert(logRows.databaseErrors);

/** `filter` passes the errors of calls that were not answered in time. */
export const dependencyTimeouts = logAlert(logRows.timeouts);

/** `filter` passes the events of somebody who did what they may not. */
export const securityViolations = logAlert(logRows.securityViolations);

/** `filter` passes the events of a sign-in that failed. */
export const authenticationFailures = logAlert(logRows.authenticationFailures);

/** `filter` passes the events of queries that took too long. */
export const slowDatabaseQueries = logAlert(logRows.slowQueries);
