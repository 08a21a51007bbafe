import { type Comparison, isUpper } from "../model/comparison";
import { type Quantity, secondsPer } from "../model/quantity";

/** A threshold in the base unit of its dimension, per second. */
export const perSecond = ({ value, per }: Quantity): number =>
  Number(value) / (per === undefined ? 1 : secondsPer[per]);

/** A value, and on which of its sides a healthy one is. */
export interface Goal {
  readonly side: "at most" | "at least";
  readonly value: number;
}

/**
 * Where a value is well away from a threshold that it must not cross: half of an upper one, twice a lower one; of a share that must not fall
 * below, halfway to the whole. `strictness` of 1 is that, and less is nearer to the threshold.
 */
export function goalOf(comparison: Comparison, threshold: Quantity, strictness: number): Goal {
  const bound = perSecond(threshold);
  const share = threshold.dimension === "ratio" && bound <= 1;
  const upper = isUpper(comparison);
  const far = upper ? (bound > 0 ? bound / 2 : bound * 2) : share ? (1 + bound) / 2 : bound > 0 ? bound * 2 : bound / 2;
  // What has just not crossed: the threshold itself, where equal is well.
  const inclusive = comparison === ">=" || comparison === "<=";
  const value = bound === 0 && inclusive ? (upper ? -1 : 1) : bound + strictness * (far - bound);
  return { side: upper ? "at most" : "at least", value };
}
