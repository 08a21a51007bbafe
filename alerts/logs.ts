import { type Alert, type AlertOptions, alert } from "../model/alert";
import type { Duration } from "../model/duration";
import { logCount } from "../model/indicator";
import type { LogFilter } from "../model/log-filter";
import type { QuantityText } from "../model/quantity";
import type { PerEnvironment } from "../model/register";
import { runbook } from "./runbook";

/** One alert on the number of log events that pass a filter. */
export interface LogRow extends Pick<AlertOptions, "severity" | "summary" | "symptom"> {
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

/** `filter` passes the events of queries that took too long. */
export const slowDatabaseQueries = logAlert(logRows.slowQueries);
