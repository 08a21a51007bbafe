import Big from "big.js";
import { fail, ok, type Result } from "./result";
import { nearest } from "./suggest";

/** What kind of thing a number measures. Two quantities compare only within one dimension. */
export type Dimension = "time" | "ratio" | "information" | "count" | "frequency" | "throughput";

type TimeUnit = "us" | "ms" | "s" | "min" | "m" | "h" | "d";
type InformationUnit = "B" | "KB" | "MB" | "GB" | "TB" | "KiB" | "MiB" | "GiB" | "TiB";

/** The time that a frequency counts over. */
export type Per = "second" | "minute" | "hour" | "day";

/** How a quantity of a dimension is written: `"1000ms"`, `"5%"`, `"1GB"`, `"100"`, `"10000 per hour"`,
 * `"50MB per second"`. */
export interface QuantityTexts {
  readonly time: `${number}${TimeUnit}`;
  readonly ratio: `${number}%`;
  readonly information: `${number}${InformationUnit}`;
  readonly count: `${number}` | number;
  readonly frequency: `${number} per ${Per}`;
  readonly throughput: `${number}${InformationUnit} per ${Per}`;
}

/** The text of a quantity of dimension `D`; of any dimension without one. */
export type QuantityText<D extends Dimension = Dimension> = QuantityTexts[D];

/** A number with its dimension, exact. */
export interface Quantity {
  readonly dimension: Dimension;
  /** In the dimension's base unit: seconds, a ratio of 1, bytes, a count; for a frequency or throughput the amount per `per`. */
  readonly value: Big;
  /** Of a frequency or throughput only. */
  readonly per?: Per;
  /** As the user wrote it, for messages and titles. */
  readonly text: string;
}

/** Seconds in the time that a frequency counts over. */
export const secondsPer: Readonly<Record<Per, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

const units: ReadonlyMap<string, { readonly dimension: Dimension; readonly factor: string }> = new Map([
  ["us", { dimension: "time", factor: "0.000001" }],
  ["ms", { dimension: "time", factor: "0.001" }],
  ["s", { dimension: "time", factor: "1" }],
  ["m", { dimension: "time", factor: "60" }],
  ["min", { dimension: "time", factor: "60" }],
  ["h", { dimension: "time", factor: "3600" }],
  ["d", { dimension: "time", factor: "86400" }],
  ["%", { dimension: "ratio", factor: "0.01" }],
  ["B", { dimension: "information", factor: "1" }],
  ["KB", { dimension: "information", factor: "1e3" }],
  ["MB", { dimension: "information", factor: "1e6" }],
  ["GB", { dimension: "information", factor: "1e9" }],
  ["TB", { dimension: "information", factor: "1e12" }],
  ["KiB", { dimension: "information", factor: "1024" }],
  ["MiB", { dimension: "information", factor: "1048576" }],
  ["GiB", { dimension: "information", factor: "1073741824" }],
  ["TiB", { dimension: "information", factor: "1099511627776" }],
]);

/** An example of each dimension, for messages. */
export const exampleOf: Readonly<Record<Dimension, string>> = {
  time: "500ms",
  ratio: "5%",
  information: "1GB",
  count: "100",
  frequency: "10 per second",
  throughput: "50MB per second",
};

const isPer = (word: string): word is Per => Object.hasOwn(secondsPer, word);

const spellingOf = (written: string, typed: string, known: readonly string[]): string => {
  const near = nearest(typed, known);
  return near === undefined ? `known are ${known.join(", ")}` : `did you mean "${written.replace(typed, near)}"?`;
};

/** Reads a quantity as people write it; a plain number is a count. The arithmetic is decimal, so 0.1% is 0.001 exactly. */
export function parseQuantity(text: string | number): Result<Quantity> {
  const written = String(text).trim();
  const [, number, unitText = "", perText] =
    /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*([^\s/]*?)(?:(?:\s+per\s+|\s*\/\s*|(?<=\d\s*)per\s+)(\S+))?$/i.exec(written) ??
    [];
  if (number === undefined) {
    return fail(`"${written}" is not a quantity: write a number and its unit, such as "500ms" or "5%"`);
  }
  const unit = unitText === "" ? { dimension: "count" as const, factor: "1" } : units.get(unitText);
  if (unit === undefined)
    return fail(`"${written}": unknown unit "${unitText}"; ${spellingOf(written, unitText, [...units.keys()])}`);
  const value = new Big(number).times(unit.factor);
  if (perText === undefined) return ok({ dimension: unit.dimension, value, text: written });

  if (!isPer(perText)) {
    return fail(`"${written}": unknown time "${perText}"; ${spellingOf(written, perText, Object.keys(secondsPer))}`);
  }
  if (unit.dimension === "count") return ok({ dimension: "frequency", value, per: perText, text: written });
  if (unit.dimension === "information") return ok({ dimension: "throughput", value, per: perText, text: written });
  return fail(`"${written}": a ${unit.dimension} has no frequency; leave out "per ${perText}"`);
}

/** A decimal without exponent or trailing zeros, as every query language reads it. */
export const plain = (value: Big): string => value.toFixed();
