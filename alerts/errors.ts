import { type ErrorAlert, type ErrorAlertOptions, errorAlert } from "../model/error-alert";
import { runbook } from "./runbook";

/**
 * What becomes of a service's errors, as Sentry sees them. How many requests fail is the metrics' alerts to tell; these tell what
 * exactly is broken, and what no rate shows: one error that meets everybody, and a task that does not run.
 */
const rows = {
  issue: errorAlert("IssueAppeared", {
    when: { kind: "issue", on: ["new", "regressed", "reappeared"] },
    severity: "SEV-4",
    // A release brings it; whoever released looks.
    summary: "An error that nobody has seen, or that was thought to be gone",
    runbook: runbook("IssueAppeared"),
  }),
  users: errorAlert("IssueAffectsManyUsers", {
    // A hundred people within an hour are no odd browser, and fewer than an outage, of which the metrics tell first.
    when: { kind: "frequency", of: "users", above: 100, within: "1h" },
    severity: "SEV-2",
    summary: "One error meets more than a hundred users within an hour",
    runbook: runbook("IssueAffectsManyUsers"),
    environments: ["prod"],
  }),
  volume: errorAlert("ErrorVolumeHigh", {
    when: { kind: "volume", of: "events", above: 500, within: "15m" },
    // Below what the key takes, so that it is told before events are dropped.
    severity: "SEV-3",
    summary: "Errors of all kinds together are many more than usual",
    runbook: runbook("ErrorVolumeHigh"),
    environments: ["prod"],
  }),
  cron: errorAlert("ScheduledTaskFailed", {
    when: { kind: "monitor", of: "cron" },
    severity: "SEV-3",
    summary: "A scheduled task did not run, failed or ran too long",
    runbook: runbook("ScheduledTaskFailed"),
    environments: ["prod"],
  }),
  uptime: errorAlert("AddressUnreachable", {
    when: { kind: "monitor", of: "uptime" },
    severity: "SEV-3",
    // The page comes from the probes that pack `endpoints` watches; this one says how it looks from Sentry.
    summary: "The address does not answer Sentry",
    runbook: runbook("AddressUnreachable"),
    environments: ["prod"],
  }),
} as const satisfies Readonly<Record<string, ErrorAlert>>;

type Row = keyof typeof rows;

/** Alerts to take, each as it is (`{}`) or with options replaced. */
export type ErrorPackOptions = { readonly [R in Row]?: Partial<ErrorAlertOptions> | "off" };

const names: readonly Row[] = ["issue", "users", "volume"];

/** The alerts on errors that every service with error tracking needs; `cron` and `uptime` where it has such monitors. */
export function errorAlerts(options: ErrorPackOptions = {}): readonly ErrorAlert[] {
  const given = Object.keys(rows).filter((row): row is Row => row in options && row in rows);
  return [...new Set([...names, ...given])].flatMap((row) => {
    const changed = options[row] ?? {};
    return changed === "off" ? [] : [{ ...rows[row], ...changed }];
  });
}
