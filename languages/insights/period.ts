import type { PeriodLiteral } from "./expression";

interface Unit {
  /** The abbreviation that is printed. */
  readonly name: string;
  readonly alsoWritten: readonly string[];
  /** CloudWatch lowers a larger amount to this one without a word. */
  readonly cap?: number;
  /** Length in milliseconds, for the units that always have the same one. */
  readonly milliseconds?: number;
}

/**
 * Units of time with their spellings and caps.
 * Source: CloudWatch Logs Insights, "Datetime functions" (`bin`, and the note on caps); names of more than one letter may
 * take a plural s.
 */
const UNITS: readonly Unit[] = [
  { name: "ms", alsoWritten: ["millisecond", "msec"], cap: 1000, milliseconds: 1 },
  { name: "s", alsoWritten: ["second", "sec"], cap: 60, milliseconds: 1000 },
  { name: "m", alsoWritten: ["minute", "min"], cap: 60, milliseconds: 60_000 },
  { name: "h", alsoWritten: ["hour", "hr"], cap: 24, milliseconds: 3_600_000 },
  { name: "d", alsoWritten: ["day"], milliseconds: 86_400_000 },
  { name: "w", alsoWritten: ["week"], milliseconds: 604_800_000 },
  { name: "mo", alsoWritten: ["month", "mon"] },
  { name: "q", alsoWritten: ["quarter", "qtr"] },
  { name: "y", alsoWritten: ["year", "yr"] },
];

const BY_SPELLING: ReadonlyMap<string, Unit> = new Map(
  UNITS.flatMap((unit) =>
    [unit.name, ...unit.alsoWritten].flatMap((spelling): readonly (readonly [string, Unit])[] =>
      spelling.length > 1 ? [[spelling, unit] as const, [`${spelling}s`, unit] as const] : [[spelling, unit] as const],
    ),
  ),
);

/** Every accepted spelling of a unit of time. */
export const UNIT_SPELLINGS: readonly string[] = [...BY_SPELLING.keys()];

/** The unit's canonical abbreviation, or undefined for an unknown unit. */
export function unitNamed(spelling: string): string | undefined {
  return BY_SPELLING.get(spelling.toLowerCase())?.name;
}

/** `5m` */
export function periodText(period: Pick<PeriodLiteral, "amount" | "unit">): string {
  return `${period.amount}${period.unit}`;
}

/** The same length of time in the largest unit whose cap it respects, or undefined when there is none. */
function withinCaps(amount: number, milliseconds: number): string | undefined {
  const total = amount * milliseconds;
  for (const unit of [...UNITS].reverse()) {
    const size = unit.milliseconds;
    if (size !== undefined && total % size === 0 && total / size <= (unit.cap ?? Number.POSITIVE_INFINITY)) {
      return periodText({ amount: total / size, unit: unit.name });
    }
  }
  return undefined;
}

/** Why a period would not mean what it says when grouping by time, or undefined when it does. */
export function periodFault(period: PeriodLiteral): string | undefined {
  if (period.amount <= 0 || !Number.isInteger(period.amount)) {
    return `A period is a whole number of units above zero, not ${periodText(period)}.`;
  }
  const unit = BY_SPELLING.get(period.unit);
  if (unit?.cap === undefined || period.amount <= unit.cap) {
    return undefined;
  }
  const better = unit.milliseconds === undefined ? undefined : withinCaps(period.amount, unit.milliseconds);
  const fix = better === undefined ? "" : ` Write ${better}.`;
  return `CloudWatch lowers ${periodText(period)} to ${unit.cap}${unit.name}, the most it takes in ${unit.name}.${fix}`;
}
