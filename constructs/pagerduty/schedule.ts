import { fail, ok, type Result } from "../../model/result";
import { didYouMean } from "../../model/suggest";
import type { OnCall, Team } from "../../model/team";
import { knownZone } from "../../model/time-zone";

/** Time of day at which shifts change when a team names none: both people are awake. */
const defaultHandoff = "09:00";

/** Length of a shift, in seconds: a week. */
const weekSeconds = 604_800;

/** A team's weekly rotation as PagerDuty takes it. */
export interface Schedule {
  readonly name: string;
  readonly description: string;
  readonly team: string;
  /** IANA time zone; PagerDuty changes shifts at the same wall-clock time in it, whatever the season. */
  readonly timeZone: string;
  /** Instant of the first change of shift: RFC 3339 with the zone's offset on that day. */
  readonly start: string;
  readonly turnSeconds: number;
  /** E-mail addresses of PagerDuty users, in the order of the rotation. */
  readonly users: readonly string[];
}

/** One thing that is wrong with a team's rotation. */
export interface ScheduleProblem {
  /** Path of the field in the team, such as `onCall.start`. */
  readonly field: string;
  readonly message: string;
  readonly fix: string;
}

const dayMilliseconds = 86_400_000;
const monday = 1;

/** Milliseconds of a wall-clock time, as if that clock showed UTC; NaN for what is no date or time. */
const wallClockMilliseconds = (date: string, time: string): number => Date.parse(`${date}T${time}:00Z`);

const isoDate = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** Clocks by zone: making one takes milliseconds, and teams share few zones. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError for a zone that does not exist. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  clocks.set(timeZone, clock);
  return clock;
}

/** The wall-clock time that a zone shows at an instant, as if that clock showed UTC. */
function shownBy(timeZone: string, instant: number): number {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
}

/** The offset as RFC 3339 writes it: `+01:00`, `-03:30`. */
function offsetText(milliseconds: number): string {
  const minutes = Math.abs(Math.round(milliseconds / 60_000));
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${milliseconds < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * The instant at which a zone's clocks show a date and time, in RFC 3339 with the zone's offset of that day. The offset comes from
 * the time zone data of the running Node (`Intl`), read as numbers, so that no locale's spelling matters; releases differ only where a
 * country has changed its law. In the hour that clocks skip in spring, the offset of before the change holds.
 */
function rfc3339(date: string, time: string, timeZone: string): string {
  const wallClock = wallClockMilliseconds(date, time);
  // The offset at a wall-clock time read as UTC may be that of the other side of a change of the clocks; one more look settles it.
  const guess = wallClock - (shownBy(timeZone, wallClock) - wallClock);
  return `${date}T${time}:00${offsetText(shownBy(timeZone, guess) - guess)}`;
}

function timeZoneProblems(timeZone: string): readonly ScheduleProblem[] {
  const field = "onCall.timeZone";
  const known = knownZone(timeZone);
  if (known === undefined) {
    const suggestion = didYouMean(timeZone, Intl.supportedValuesOf("timeZone"));
    return [
      {
        field,
        message: `"${timeZone}" is not a time zone.${suggestion}`,
        fix: 'write an IANA name, such as "Europe/Berlin"',
      },
    ];
  }
  return known !== timeZone && known.toLowerCase() === timeZone.toLowerCase()
    ? [{ field, message: `"${timeZone}" is not spelt as in the time zone database`, fix: `write "${known}"` }]
    : [];
}

function startProblems(start: string): readonly ScheduleProblem[] {
  const field = "onCall.start";
  const day = /^\d{4}-\d{2}-\d{2}$/.test(start) ? wallClockMilliseconds(start, "00:00") : Number.NaN;
  if (Number.isNaN(day) || isoDate(day) !== start) {
    return [{ field, message: `"${start}" is not a date`, fix: 'write a Monday as YYYY-MM-DD, such as "2026-01-05"' }];
  }
  const weekday = new Date(day).getUTCDay();
  if (weekday === monday) return [];
  const sinceMonday = (weekday + 6) % 7;
  return [
    { field, message: `${start} is not a Monday`, fix: `write "${isoDate(day - sinceMonday * dayMilliseconds)}"` },
  ];
}

function rotationProblems(rotation: readonly string[]): readonly ScheduleProblem[] {
  const field = "onCall.rotation";
  return rotation.length === 0
    ? [{ field, message: "nobody is on call", fix: "list the e-mail address of at least one PagerDuty user" }]
    : rotation
        .filter((address) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address))
        .map((address) => ({
          field,
          message: `"${address}" is not an e-mail address`,
          fix: "write the address that the person has in PagerDuty",
        }));
}

const handoffProblems = (handoff: string): readonly ScheduleProblem[] =>
  /^([01]\d|2[0-3]):[0-5]\d$/.test(handoff)
    ? []
    : [
        {
          field: "onCall.handoff",
          message: `"${handoff}" is not a time of day`,
          fix: 'write HH:MM on the 24-hour clock, such as "09:00"',
        },
      ];

const handoffOf = ({ handoff }: OnCall): string => handoff ?? defaultHandoff;

/** Everything that is wrong with a team's rotation; empty when `schedule` can render it. */
export const scheduleProblems = ({ onCall }: Team): readonly ScheduleProblem[] => [
  ...rotationProblems(onCall.rotation),
  ...timeZoneProblems(onCall.timeZone),
  ...startProblems(onCall.start),
  ...handoffProblems(handoffOf(onCall)),
];

/** A team's schedule; an error that names every problem of its rotation. */
export function schedule(team: Team): Result<Schedule> {
  const problems = scheduleProblems(team);
  if (problems.length > 0) {
    return fail(problems.map(({ field, message, fix }) => `${team.name}: ${field}: ${message}: ${fix}`).join("; "));
  }
  const { onCall } = team;
  return ok({
    name: `${team.name} on-call`,
    description: `Weekly rotation of the team ${team.name}`,
    team: team.name,
    timeZone: onCall.timeZone,
    start: rfc3339(onCall.start, handoffOf(onCall), onCall.timeZone),
    turnSeconds: weekSeconds,
    users: onCall.rotation,
  });
}
