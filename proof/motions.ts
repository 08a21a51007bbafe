import type { Aggregation } from "../model/expression";
import { fail, never, ok, type Result } from "../model/result";
import { type Cell, finds } from "./cells";
import type { Assignment } from "./demands";
import { anything } from "./demands";
import { shapeOf } from "./histogram-shape";
import { type Also, selectionKey, type Target } from "./leaf-target";

/** What one series, or one histogram, does during a phase. */
export type Motion =
  | { readonly kind: "level"; readonly numbers: readonly number[] }
  | {
      readonly kind: "trend";
      readonly numbers: readonly number[];
      readonly window: number;
      readonly ahead: number;
      readonly crosses: boolean;
      readonly side?: Also;
      /** Of the level, which is the second number, where there is one. */
      readonly also?: Also;
    }
  /** Growth per second; of a histogram that of each bucket, the last being +Inf. */
  | { readonly kind: "growth"; readonly numbers: readonly number[] }
  | { readonly kind: "number"; readonly numbers: readonly number[] }
  | { readonly kind: "absent"; readonly numbers: readonly number[] };

function motionOf(target: Target, buckets: readonly number[] | undefined): Result<Motion> {
  switch (target.kind) {
    case "level":
      return ok({ kind: "level", numbers: [target.level] });
    case "trend":
      return ok({
        ...target,
        numbers: target.level === undefined ? [target.predicted] : [target.predicted, target.level],
      });
    case "slope":
      return ok({ kind: "growth", numbers: [target.slope] });
    case "number":
      return ok({ kind: "number", numbers: [target.number] });
    case "absent":
      return ok({ kind: "absent", numbers: [] });
    case "observations": {
      const shape = shapeOf(target.perSecond, target.shares, buckets ?? []);
      return shape.ok ? ok({ kind: "growth", numbers: shape.value }) : shape;
    }
    default:
      return never(target);
  }
}

/**
 * Solves a small system of linear equations; undefined where it has no single solution.
 * Gauss and Jordan's elimination with the largest pivot first.
 */
export function solveLinear(
  matrix: readonly (readonly number[])[],
  wanted: readonly (readonly number[])[],
): readonly (readonly number[])[] | undefined {
  const size = matrix.length;
  const rows = matrix.map((row, index) => [...row, ...(wanted[index] ?? [])]);
  for (let column = 0; column < size; column++) {
    const rest = rows.slice(column);
    const largest = rest.reduce((best, row) => (Math.abs(row[column] ?? 0) > Math.abs(best[column] ?? 0) ? row : best));
    const pivot = largest[column] ?? 0;
    if (Math.abs(pivot) < 1e-12) return undefined;
    rows.splice(rows.indexOf(largest), 1);
    rows.splice(column, 0, largest);
    for (const row of rows) {
      if (row === largest) continue;
      const times = (row[column] ?? 0) / pivot;
      if (times !== 0)
        for (let at = column; at < row.length; at++) row[at] = (row[at] ?? 0) - times * (largest[at] ?? 0);
    }
  }
  return rows.map((row, index) => row.slice(size).map((value) => value / (row[index] ?? 1)));
}

/** How what a selection finds is combined, by its key; more than one way where a condition reads it more than once. */
export type Combined = (key: string) => readonly Aggregation[];

/** What a cell is called in messages. */
const nameOf = (cell: Cell | undefined): string => cell?.of.metric.name ?? "a metric";

/** The least and the largest of what a selection finds must be its own cell's; a mean has no closed form where it finds others. */
function combines(aggregation: Aggregation, own: Motion, others: readonly Motion[]): boolean {
  const [mine = 0] = own.numbers;
  const numbers = others.flatMap((motion) => motion.numbers);
  switch (aggregation) {
    case "sum":
      return true;
    case "max":
      return numbers.every((number) => number <= mine);
    case "min":
      return numbers.every((number) => number >= mine);
    case "avg":
    case "count":
      return numbers.length === 0;
    default:
      return never(aggregation);
  }
}

/** Why a solution is none: a part that is more than the whole, a counter that falls, a largest one that is not. */
function problemIn(
  cells: readonly Cell[],
  wanted: readonly Motion[],
  solved: readonly Motion[],
  combined: Combined,
): string | undefined {
  for (const [index, motion] of solved.entries()) {
    const { numbers, kind } = motion;
    const cell = cells[index];
    const fromNothing = (wanted[index]?.numbers ?? []).every((number) => number >= 0);
    if (fromNothing && numbers.some((number) => number < 0))
      return `${nameOf(cell)} would have to be less than nothing: a part cannot be more than the whole`;
    if (kind === "growth" && numbers.some((number) => number < 0))
      return `the counter ${nameOf(cell)} would have to fall`;
    if (cell === undefined) continue;
    const others = cells.flatMap((other, at) => {
      const found = solved[at];
      return at !== index && found !== undefined && finds(cell.of, other) ? [found] : [];
    });
    const ways = combined(selectionKey(cell.of));
    if (others.length > 0 && ways.length > 1) return `${nameOf(cell)} is combined in two ways that have no closed form`;
    if (ways.some((aggregation) => !combines(aggregation, motion, others)))
      return `${nameOf(cell)} is read by two selections whose ${ways.join(", ")} have no closed form`;
  }
  return undefined;
}

/**
 * What each cell does, so that every selection finds what it wants: where one selection finds another one's cell as well, as all
 * requests hold the failed ones, the cells are the solution of linear equations.
 */
export function motionsOf(
  cells: readonly Cell[],
  assignment: Assignment,
  combined: Combined,
): Result<readonly Motion[]> {
  const motions: Motion[] = [];
  for (const { of } of cells) {
    const target = assignment.get(selectionKey(of))?.target ?? anything(of);
    const motion = motionOf(target, of.metric.buckets);
    if (!motion.ok) return motion;
    motions.push(motion.value);
  }
  for (const [row, { of }] of cells.entries()) {
    const own = motions[row];
    const apart = cells.some(
      (cell, column) => column !== row && finds(of, cell) && motions[column]?.kind !== own?.kind,
    );
    if (apart) return fail(`${of.metric.name} would have to be two things at once`);
  }
  const matrix = cells.map(({ of }, row) =>
    cells.map((cell, column) =>
      row === column || (combined(selectionKey(of)).includes("sum") && finds(of, cell)) ? 1 : 0,
    ),
  );
  const width = Math.max(0, ...motions.map(({ numbers }) => numbers.length));
  const solution = solveLinear(
    matrix,
    motions.map(({ numbers }) => [...numbers, ...Array.from({ length: width - numbers.length }, () => 0)]),
  );
  if (solution === undefined) return fail("its selections cannot be told apart by any series");
  const solved = motions.map(
    (motion, index): Motion => ({
      ...motion,
      numbers: (solution[index] ?? [])
        .slice(0, motion.numbers.length)
        .map((number) => (Math.abs(number) < 1e-12 ? 0 : number)),
    }),
  );
  const problem = problemIn(cells, motions, solved, combined);
  return problem === undefined ? ok(solved) : fail(problem);
}
