import { type Severity, severities } from "../../model/severity";

/** When a group of alerts is told. Source: Alertmanager, Configuration, "<route>". */
export interface Timing {
  /** Seconds from a group's first alert to its first notification (`group_wait`). */
  readonly waitSeconds: number;
  /** Seconds between two notifications of a group that has changed (`group_interval`). */
  readonly intervalSeconds: number;
  /** Seconds after which a group that has not changed is told again (`repeat_interval`): a multiple of the interval. */
  readonly repeatSeconds: number;
  readonly reason: string;
}

/** What is timed: pages by their severity, and what goes elsewhere. */
export type TimingName = "critical" | "error" | "warning" | "chat" | "digest" | "summary" | "watchdog";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Every timing in one table. A resolve is told after the interval too, so that an incident closes as late as it says. */
export const timings: Readonly<Record<TimingName, Timing>> = {
  critical: {
    waitSeconds: 10,
    intervalSeconds: minute,
    repeatSeconds: hour,
    reason:
      "Ten seconds gather the instances of one failure; more would be felt in the minute that a page may take. An hour opens an incident again that was closed by hand while it still burned.",
  },
  error: {
    waitSeconds: 30,
    intervalSeconds: 5 * minute,
    repeatSeconds: 4 * hour,
    reason:
      "Half an hour may pass until somebody works on it, so half a minute is nothing; four hours are half a shift.",
  },
  warning: {
    waitSeconds: minute,
    intervalSeconds: 5 * minute,
    repeatSeconds: day,
    reason: "Nobody is woken: once a working day is enough for what waits for one.",
  },
  chat: {
    waitSeconds: 30,
    intervalSeconds: 5 * minute,
    repeatSeconds: 12 * hour,
    reason: "A channel is read, not answered: twice a day says what is still open, and PagerDuty alone repeats pages.",
  },
  digest: {
    waitSeconds: hour,
    intervalSeconds: day,
    repeatSeconds: day,
    reason: "An hour gathers what begins together; then one mail a day.",
  },
  summary: {
    waitSeconds: 5 * minute,
    intervalSeconds: hour,
    repeatSeconds: day,
    reason:
      "It is looked at every hour, and so exactly once in the hour of the week in which it may be told; a day is longer than that hour and shorter than a week. An Alertmanager that starts in that hour has all of it after five minutes.",
  },
  watchdog: {
    waitSeconds: 0,
    intervalSeconds: minute,
    repeatSeconds: 5 * minute,
    reason: "Whoever listens for the heartbeat misses it after two beats: within ten minutes.",
  },
};

const paging: Readonly<Record<Severity, TimingName | undefined>> = {
  "SEV-1": "critical",
  "SEV-2": "error",
  "SEV-3": "warning",
  "SEV-4": undefined,
};

/** Seconds from an alert of a severity to its first notification: PagerDuty's where that is told, else the channel's. */
export const firstNoticeOf = (severity: Severity): number => timings[paging[severity] ?? "chat"].waitSeconds;

/** The severities that PagerDuty is told of, highest first, with their labels and timings. */
export const pagedSeverities: readonly { readonly word: string; readonly timing: TimingName }[] = (
  ["SEV-1", "SEV-2", "SEV-3", "SEV-4"] as const
).flatMap((severity) => {
  const timing = paging[severity];
  return timing === undefined ? [] : [{ word: severities[severity].word, timing }];
});
