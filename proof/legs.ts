import type { DefiniteCondition } from "../model/definite-condition";
import type { Expression, Selection } from "../model/expression";
import type { Cell } from "./cells";
import { type CellLeg, emit } from "./emit";
import type { Motion } from "./motions";
import type { InputSeries } from "./notation";
import type { Clock } from "./schedule";

/** A condition with all that is read of it. */
export interface Prepared {
  readonly condition: DefiniteCondition;
  readonly service: string;
  readonly expressions: readonly Expression[];
  readonly selections: readonly Selection[];
  readonly by: readonly string[];
  readonly cells: readonly Cell[];
}

/** What the cells of a condition do for a while. */
export interface Leg {
  /** By cell. */
  readonly motions: readonly Motion[];
  readonly seconds: number;
  /** Whether the condition holds by it. */
  readonly holds: boolean;
}

export const lengthOf = (legs: readonly Leg[]): number => legs.reduce((sum, { seconds }) => sum + seconds, 0);

/** The series of cells through their legs. */
export const emitted = (
  cells: readonly Cell[],
  by: readonly string[],
  legs: readonly Leg[],
  { interval }: Clock,
): readonly InputSeries[] =>
  cells.flatMap((cell, index) =>
    emit(
      cell,
      legs.map(
        ({ motions, seconds }): CellLeg => ({
          motion: motions[index] ?? { kind: "absent", numbers: [] },
          samples: Math.round(seconds / interval),
        }),
      ),
      by,
      interval,
    ),
  );
