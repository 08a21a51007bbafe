import type { Comparison } from "../model/comparison";
import { never } from "../model/result";

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
