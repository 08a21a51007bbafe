import { never } from "./result";

/** How a value is held against a threshold. */
export type Comparison = ">" | ">=" | "<" | "<=";

/** Whether the comparison is true of large values; the others are of small ones. */
export const isUpper = (comparison: Comparison): boolean => comparison === ">" || comparison === ">=";

/** Every comparison as people say it. */
export const comparisonWords: Readonly<Record<string, Comparison>> = {
  ">": ">",
  ">=": ">=",
  "<": "<",
  "<=": "<=",
  above: ">",
  "at least": ">=",
  below: "<",
  "at most": "<=",
};

/** Whether a value compares with a bound; NaN never does. */
export function compares(value: number, comparison: Comparison, bound: number): boolean {
  switch (comparison) {
    case ">":
      return value > bound;
    case ">=":
      return value >= bound;
    case "<":
      return value < bound;
    case "<=":
      return value <= bound;
    default:
      return never(comparison);
  }
}
