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
  silent: {
    alert: "WatchdogSilent",
    indicator: "heartbeats",
    dimension: "count",
    comparison: "<",
    threshold: "1",
    for: "0s",
    severity: "SEV-1",
    evaluator: "cloudwatch",
    noData: "alert",
    summary: "No alert of Prometheus has come through for ten minutes",
    why: "The watchdog comes every five minutes. Two that are missing mean that Prometheus, Alertmanager or the way between is gone, and every other alert with it.",
  },
} as const satisfies Rows;

/** Needs nothing. It is never silenced, and is expected at its receiver again and again. */
export const watchdog = only(watchdogRows.watchdog);

/** Needs `heartbeats`: what has arrived where the watchdog ends, counted by somebody who is no part of its way. */
export const watchdogSilent = only(watchdogRows.silent);
