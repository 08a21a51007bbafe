import { type Comparison, isUpper } from "../model/comparison";
import type { Quantity } from "../model/quantity";
import { perSecond } from "./evaluate-expression";

/**
 * How far from its threshold a solved value is: a good hundredth of it beyond, seven thousandths short. Smaller mistakes of a rule are
 * not found. They differ, so that an average on its way from the one to the other is at no sample exactly at the threshold, where
 * rounding would decide. The one beyond is no round number, since texts cut numbers off there: five minutes and a whole hundredth are
 * 303 seconds, which are "5m 2s" once the last bit is missing.
 */
export const margins = { beyond: 0.010173, short: 0.007 } as const;

/** A value that crosses a threshold, and one that stays just short of it. */
export interface Levels {
  readonly beyond: number;
  readonly short: number;
}

/**
 * Values some thousandths of the threshold away from it (`margins`); of what it leaves of one, where that is less, so that 99.9% has a neighbour on
 * either side. At nothing, and at the whole of a ratio, the side that is beyond what can be measured is the bound itself.
 */
export function levelsOf(comparison: Comparison, threshold: Quantity): Levels {
  const bound = perSecond(threshold);
  const ratio = threshold.dimension === "ratio";
  const size = Math.abs(bound);
  const within = ratio && size > 0 && size < 1 ? Math.min(size, 1 - size) : size;
  // A hundredth of a byte is lost in the rounding of a gigabyte.
  const unit = within > 0 ? within : threshold.dimension === "information" ? 1e6 : 1;
  const [over, under] = [unit * margins.beyond, unit * margins.short];
  const upper = isUpper(comparison);
  const inclusive = comparison === ">=" || comparison === "<=";
  const levels = upper
    ? { beyond: bound + over, short: bound - under }
    : { beyond: bound - over, short: bound + under };
  const natural = size === 0 ? !upper === inclusive : ratio && bound === 1 ? upper === inclusive : false;
  if (!natural) return levels;
  return inclusive ? { ...levels, beyond: bound } : { ...levels, short: bound };
}
