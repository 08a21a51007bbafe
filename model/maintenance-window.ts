import type { EnvironmentEstate } from "./estate";
import { memoized } from "./memoized";
import type { EnvironmentName } from "./register";
import { fail, ok, type Result } from "./result";

/** Days of the week, in ISO 8601's order. */
export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof weekdays)[number];

/** What a user writes of a recurring window. */
export interface WindowOptions {
  /** Days on which it begins. */
  readonly days: readonly Weekday[];
  /** Time of day at which it begins: `HH:MM`. */
  readonly start: string;
  /** Time of day at which it ends: `HH:MM`, up to `24:00`. One that is not after the start is of the next day. */
  readonly end: string;
  /** IANA time zone of both. */
  readonly timeZone: string;
  /** What is done meanwhile; whoever misses an alert reads it. */
  readonly reason: string;
  /** In an environment's window: the services that are worked on. Default: all of them. In a service's it is that service. */
  readonly services?: readonly string[];
  /** In a service's window: where it holds. Default: in every environment. */
  readonly environments?: readonly EnvironmentName[];
}

/**
 * A time of the week in which work is done that alerts would call people for. Notifications alone are muted: rules are evaluated, and what
 * still fires at the end is told then.
 */
export interface MaintenanceWindow extends WindowOptions {
  /** Kebab-case, unique within the environment or service. */
  readonly name: string;
}

/** Declares a window that comes every week. */
export const weekly = (name: string, options: WindowOptions): MaintenanceWindow => ({ name, ...options });

const minutesPerDay = 1440;
const minutesPerWeek = 7 * minutesPerDay;

/** Minutes since midnight of `HH:MM`; an error for what is no time of day. */
function minutesOf(text: string, latest: "23:59" | "24:00"): Result<number> {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(text) ?? [];
  const value = Number(hours) * 60 + Number(minutes);
  const valid = hours !== undefined && Number(minutes) < 60 && (latest === "24:00" ? value <= 1440 : value < 1440);
  return valid ? ok(value) : fail(`"${text}" is not a time of day: write HH:MM, from 00:00 to ${latest}`);
}

/** Minutes since midnight as a time of day, `HH:MM`; the end of the day is 24:00. */
export const timeOfDay = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");

/** A part of one day, in minutes since its midnight, on some days of the week. */
export interface DayPart {
  readonly days: readonly Weekday[];
  /** 0 to 1439. */
  readonly from: number;
  /** Up to 1440, the day's end; after `from`. */
  readonly to: number;
}

const dayAfter = (day: Weekday): Weekday => weekdays[(weekdays.indexOf(day) + 1) % 7] ?? day;

/** A window's parts that do not cross midnight: one, or the evening and the morning after. An error for times that are none. */
export function dayPartsOf({ days, start, end }: WindowOptions): Result<readonly DayPart[]> {
  const from = minutesOf(start, "23:59");
  if (!from.ok) return from;
  const to = minutesOf(end, "24:00");
  if (!to.ok) return to;
  if (to.value > from.value) return ok([{ days, from: from.value, to: to.value }]);
  const evening: DayPart = { days, from: from.value, to: minutesPerDay };
  return ok(to.value === 0 ? [evening] : [evening, { days: days.map(dayAfter), from: 0, to: to.value }]);
}

/** Minutes that one occurrence lasts: 1 to 1440. */
export function minutesLong({ start, end }: WindowOptions): Result<number> {
  const from = minutesOf(start, "23:59");
  if (!from.ok) return from;
  const to = minutesOf(end, "24:00");
  if (!to.ok) return to;
  return ok(to.value > from.value ? to.value - from.value : to.value + minutesPerDay - from.value);
}

/** Minutes of the longest time without a break, when the window's occurrences follow on each other: seven whole days never end. */
export function longestStretch(window: WindowOptions): Result<number> {
  const parts = dayPartsOf(window);
  if (!parts.ok) return parts;
  const spans = parts.value
    .flatMap(({ days, from, to }) =>
      days.map((day) => {
        const midnight = weekdays.indexOf(day) * minutesPerDay;
        return { from: midnight + from, to: midnight + to };
      }),
    )
    .sort((a, b) => a.from - b.from);
  // Twice around, so that what goes on from Sunday to Monday is one.
  const twice = [...spans, ...spans.map(({ from, to }) => ({ from: from + minutesPerWeek, to: to + minutesPerWeek }))];
  let longest = 0;
  let current = { from: 0, to: -1 };
  for (const span of twice) {
    current = span.from <= current.to ? { from: current.from, to: Math.max(current.to, span.to) } : span;
    longest = Math.max(longest, current.to - current.from);
  }
  return ok(longest);
}

/** A window of an environment, with whom it is about. */
export interface DefiniteWindow extends Omit<MaintenanceWindow, "services" | "environments"> {
  /** Unique in the environment: a service's window has the service and a slash before its name. */
  readonly key: string;
  /** The service that declares it; undefined for the environment's. */
  readonly owner?: string;
  /** Names of services; undefined for every one, and for what names none. */
  readonly services?: readonly string[];
}

/** Every window of an environment: its own, then those of its services. */
export const maintenanceOf = memoized(({ environment, services }: EnvironmentEstate): readonly DefiniteWindow[] => [
  ...environment.maintenance.map(({ environments: _everywhere, ...window }) => ({ ...window, key: window.name })),
  ...services.flatMap(({ service }) =>
    (service.maintenance ?? [])
      .filter(({ environments }) => environments?.some((name) => name === environment.name) ?? true)
      .map(({ environments: _here, ...window }) => ({
        ...window,
        key: `${service.name}/${window.name}`,
        owner: service.name,
        services: [service.name],
      })),
  ),
]);

/** Whether a window mutes the alerts of a service. */
export const mutes = ({ services }: DefiniteWindow, service: string): boolean => services?.includes(service) ?? true;
