import Big from "big.js";
import { parseDuration } from "./duration";
import type { ObjectiveWindow } from "./objective";
import { plain } from "./quantity";
import { checked } from "./result";
import type { Severity } from "./severity";

/** The long windows of burn-rate alerts; each names its alert. */
export const burnRateWindows = ["1h", "6h", "1d", "3d"] as const;
export type BurnRateWindow = (typeof burnRateWindows)[number];

/** When a budget is spent so fast that somebody must know. */
interface BurnRate {
  /** Tells whether it still goes on: a twelfth of the long window. */
  readonly short: "5m" | "30m" | "2h" | "6h";
  /** Percent of the whole budget that is gone when the alert fires. */
  readonly spent: number;
  /** How long the condition must hold: a twentieth or so of the long window, so that one odd scrape tells nobody. */
  readonly for: "2m" | "15m" | "1h" | "3h";
  readonly severity: Severity;
  readonly why: string;
}

/**
 * Multiwindow, multi-burn-rate alerts (Google SRE Workbook, "Alerting on SLOs", table 5-8 and "6: Multiwindow, Multi-Burn-Rate
 * Alerts"). The first two page; the others are for the next working day.
 */
export const burnRates: Readonly<Record<BurnRateWindow, BurnRate>> = {
  "1h": {
    short: "5m",
    spent: 2,
    for: "2m",
    severity: "SEV-1",
    why: "At this pace the whole budget is gone within days: this is an outage.",
  },
  "6h": {
    short: "30m",
    spent: 5,
    for: "15m",
    severity: "SEV-2",
    why: "A twentieth of the budget went within six hours: something is broken for many, though not for all.",
  },
  "1d": {
    short: "2h",
    spent: 10,
    for: "1h",
    severity: "SEV-3",
    why: "A tenth of the budget went within a day: nobody need get up, but the promise will not hold.",
  },
  "3d": {
    short: "6h",
    spent: 10,
    for: "3h",
    severity: "SEV-3",
    why: "The budget is spent at least as fast as it comes: a slow leak that no shorter window sees.",
  },
};

const seconds = (text: string): number => checked(parseDuration(text));

/**
 * How many times faster than it may be the budget is spent when the alert fires: `spent` of a budget for `window`, within `long`.
 * For 30 days these are the workbook's 14.4, 6, 3 and 1. Never below 1: at a slower pace the promise holds.
 */
export function factorOf(long: BurnRateWindow, window: ObjectiveWindow): string {
  const factor = new Big(burnRates[long].spent).div(100).times(seconds(window)).div(seconds(long));
  return plain(factor.lt(1) ? new Big(1) : factor);
}

/** The long windows that mean something for an objective's window; of two with one factor the shorter says it first. */
export function windowsFor(window: ObjectiveWindow): readonly BurnRateWindow[] {
  const factors = burnRateWindows.map((long) => factorOf(long, window));
  return burnRateWindows.filter((_, index) => factors.indexOf(factors[index] ?? "") === index);
}
