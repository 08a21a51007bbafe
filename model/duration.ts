import { fail, ok, type Result } from "./result";
import { nearest } from "./suggest";

/** A length of time as Prometheus writes it: `30s`, `5m`, `1h`, `30d`; one number and one unit. */
export type Duration = `${number}${"ms" | "s" | "m" | "h" | "d" | "w"}`;

const secondsPerUnit = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;

/** How people write the units, and what each is called here. */
const spokenUnits = new Map<string, keyof typeof secondsPerUnit>([
  ["milliseconds", "ms"],
  ["second", "s"],
  ["seconds", "s"],
  ["sec", "s"],
  ["minute", "m"],
  ["minutes", "m"],
  ["min", "m"],
  ["mins", "m"],
  ["hour", "h"],
  ["hours", "h"],
  ["day", "d"],
  ["days", "d"],
  ["week", "w"],
  ["weeks", "w"],
]);

const isUnit = (unit: string): unit is keyof typeof secondsPerUnit => Object.hasOwn(secondsPerUnit, unit);

/** Seconds of a duration; an error with a suggestion when the text is none. Zero is a duration, a negative number is not. */
export function parseDuration(text: string): Result<number> {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([a-zA-Z]*)$/.exec(String(text).trim()) ?? [];
  if (number !== undefined && unit !== undefined) {
    if (isUnit(unit) && !/\s/.test(text)) return ok(Math.round(Number(number) * secondsPerUnit[unit] * 1000) / 1000);
    const meant = isUnit(unit) ? unit : spokenUnits.get(nearest(unit, spokenUnits.keys()) ?? "");
    if (meant !== undefined) {
      return fail(`"${text}" is not a duration: did you mean "${number}${meant}"?`);
    }
  }
  return fail(`"${text}" is not a duration: write a number and a unit (ms, s, m, h, d, w), such as "5m"`);
}
