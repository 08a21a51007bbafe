import { only, type Rows } from "./pack";

/** The alert that must never stop. */
export const watchdogRows = {
  watchdog: {
    alert: "Watchdog",
    promql: "vector(1)",
    comparison: "==",
    threshold: 1,
    for: "0s",
    severity: "SEV-4",
    evaluator: "prometheus",
    summary: "Alerting works",
    why: "It always fires, through every hop that a page takes. Whoever receives it raises the alarm when it stops: a dead man's switch.",
  },
} as const satisfies Rows;

/** Needs nothing. It is never silenced, and its receiver is an outside service that expects it again and again. */
export const watchdog = only(watchdogRows.watchdog);
