import type { EnvironmentEstate, ServiceEstate } from "./estate";
import { type DayPart, dayPartsOf, timeOfDay } from "./maintenance-window";
import { memoized } from "./memoized";
import { fail, ok, type Result } from "./result";
import type { Team, WeeklySummary } from "./team";
import { knownZone, standardOffset } from "./time-zone";

/** The label of what a summary is made of, by which it finds its own way; no alert of a service has it. */
export const summaryLabel = { name: "report", value: "weekly" } as const;

/** The summary of a team in an environment. */
export interface DefiniteSummary {
  readonly team: Team;
  /** Name of the time interval; the space keeps it apart from every maintenance window's. */
  readonly interval: string;
  readonly timeZone: string;
  /** The hour in which it is told: one part, or two around midnight. */
  readonly parts: readonly DayPart[];
  /** Who gets it: the team's address, then its subscribers. */
  readonly addresses: readonly string[];
  /** Seconds of the day, in UTC, at which the team's night begins: 22:00 in its zone, without summer time. */
  readonly nightStarts: number;
}

/** Hours that a night lasts: from 22:00 to 06:00, in which a page wakes somebody. */
export const nightHours = 8;
const nightFrom = 22;
const hourSeconds = 3600;
const daySeconds = 24 * hourSeconds;
const dayMinutes = 1440;

/** Who is mailed what a team is mailed: its own address, then those who subscribed to it, each once. */
export const addressesOf = ({ email, subscribers = [] }: Team): readonly string[] => [
  ...new Set([email, ...subscribers]),
];

/** The hour of a summary: an hour, because a group of Alertmanager's that is looked at every hour is then told exactly once. */
export function summaryHour({ day = "monday", at = "08:00" }: WeeklySummary): Result<readonly DayPart[]> {
  const rest = dayPartsOf({ days: [day], start: at, end: "24:00", timeZone: "UTC", reason: "" });
  if (!rest.ok) return rest;
  const from = rest.value[0]?.from ?? 0;
  const end = timeOfDay((from + 60) % dayMinutes);
  return dayPartsOf({ days: [day], start: at, end, timeZone: "UTC", reason: "" });
}

function summaryOf(team: Team, summary: WeeklySummary): Result<DefiniteSummary> {
  const parts = summaryHour(summary);
  if (!parts.ok) return fail(`the weekly summary of ${team.name}: ${parts.error}`);
  const { timeZone } = team.onCall;
  if (knownZone(timeZone) === undefined)
    return fail(`the weekly summary of ${team.name}: there is no time zone "${timeZone}"`);
  return ok({
    team,
    interval: `weekly summary/${team.name}`,
    timeZone,
    parts: parts.value,
    addresses: addressesOf(team),
    nightStarts: (nightFrom * hourSeconds - standardOffset(timeZone) + daySeconds) % daySeconds,
  });
}

const inPrometheus = ({ alerts }: ServiceEstate): boolean => alerts.some(({ evaluator }) => evaluator === "prometheus");

/**
 * The summaries of an environment: one for each team of which Prometheus evaluates an alert in production, and that has not turned it off. Elsewhere there are none:
 * nobody plans a week by the alerts of a test. An error for an hour or a zone that does not exist.
 */
export const weeklySummariesOf = memoized(
  ({ environment, teams, services }: EnvironmentEstate): Result<readonly DefiniteSummary[]> => {
    if (!environment.production) return ok([]);
    const found: DefiniteSummary[] = [];
    for (const team of teams) {
      const { weeklySummary = {} } = team;
      if (weeklySummary === "off" || !services.some((each) => each.team.name === team.name && inPrometheus(each)))
        continue;
      const summary = summaryOf(team, weeklySummary);
      if (!summary.ok) return summary;
      found.push(summary.value);
    }
    return ok(found);
  },
);
