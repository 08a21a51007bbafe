import { compares } from "../model/comparison";
import { type DefiniteCondition, expandBurnRate } from "../model/definite-condition";
import type { Expression } from "../model/expression";
import type { Quantity } from "../model/quantity";
import { never } from "../model/result";
import { type Goal, goalOf, perSecond } from "./comparing";
import { finds } from "./matching";
import { type Pinned, push } from "./push";
import { type Row, type Steady, steadyRows } from "./steady";

const reaches = (value: number, goal: Goal): boolean => {
  const close = Math.abs(goal.value) * 1e-9;
  return goal.side === "at most" ? value <= goal.value + close : value >= goal.value - close;
};

/** Something that must not be true of an expression's values, and where they then are. */
interface Avoided {
  readonly expression: Expression;
  readonly isTrue: (value: number) => boolean;
  readonly goalFor: (value: number, strictness: number) => Goal;
}

function beyond(expression: Expression, comparison: ">" | ">=" | "<" | "<=", threshold: Quantity): Avoided {
  const bound = perSecond(threshold);
  return {
    expression,
    isTrue: (value) => compares(value, comparison, bound),
    goalFor: (_, strictness) => goalOf(comparison, threshold, strictness),
  };
}

/** In the middle of a range, by `strictness`. */
function within(expression: Expression, low: number, high: number): Avoided {
  const middle = (low + high) / 2;
  return {
    expression,
    isTrue: (value) => value < low || value > high,
    goalFor: (value, strictness) => {
      const reach = ((high - low) / 2) * (1 - strictness / 2);
      return value > middle ? { side: "at most", value: middle + reach } : { side: "at least", value: middle - reach };
    },
  };
}

/** A condition as what must not be: all of `parts` for `any`, one of them for `all`; nothing that could be moved for `never`. */
type Tree =
  | { readonly kind: "leaf"; readonly avoided: Avoided }
  | { readonly kind: "any"; readonly parts: readonly Tree[] }
  | { readonly kind: "all"; readonly parts: readonly Tree[] }
  | { readonly kind: "known"; readonly holds: (steady: Steady) => boolean };

function treeOf(condition: DefiniteCondition): Tree {
  switch (condition.kind) {
    case "compare":
      return { kind: "leaf", avoided: beyond(condition.expression, condition.comparison, condition.threshold) };
    case "outside":
      return {
        kind: "leaf",
        avoided: within(condition.expression, perSecond(condition.low), perSecond(condition.high)),
      };
    case "absent":
      return { kind: "known", holds: (steady) => !steady.some(({ series }) => finds(condition.of, series)) };
    // What goes on as it always did is not unusual.
    case "anomaly":
      return { kind: "known", holds: () => false };
    // Only its backend knows what it means; the catalog states what its metrics are.
    case "raw":
      return { kind: "known", holds: () => false };
    case "burn-rate":
      return treeOf(expandBurnRate(condition));
    case "and":
      return { kind: "all", parts: [treeOf(condition.left), treeOf(condition.right)] };
    case "or":
      return { kind: "any", parts: [treeOf(condition.left), treeOf(condition.right)] };
    // The right side is a reason to be silent; all is well without it.
    case "unless":
      return treeOf(condition.left);
    default:
      return never(condition);
  }
}

/** Whether a condition is true of series that go on as they are. */
function holds(tree: Tree, steady: Steady): boolean {
  switch (tree.kind) {
    case "leaf":
      return steadyRows(tree.avoided.expression, steady).some(({ value }) => tree.avoided.isTrue(value));
    case "any":
      return tree.parts.some((part) => holds(part, steady));
    case "all":
      return tree.parts.every((part) => holds(part, steady));
    case "known":
      return tree.holds(steady);
    default:
      return never(tree);
  }
}

/** Whether any alert's condition is true of series that go on as they are for good. */
export const isTrue = (condition: DefiniteCondition, steady: Steady): boolean => holds(treeOf(condition), steady);

/** The values of a leaf that are not where they should be. */
const astray = ({ expression, goalFor }: Avoided, steady: Steady, strictness: number): readonly Row[] =>
  steadyRows(expression, steady).filter(({ value }) => !reaches(value, goalFor(value, strictness)));

/** Whether a condition is well away from being true. */
function isCalm(tree: Tree, steady: Steady, strictness: number): boolean {
  switch (tree.kind) {
    case "leaf":
      return astray(tree.avoided, steady, strictness).length === 0;
    case "any":
      return tree.parts.every((part) => isCalm(part, steady, strictness));
    case "all":
      return tree.parts.some((part) => isCalm(part, steady, strictness));
    case "known":
      return !tree.holds(steady);
    default:
      return never(tree);
  }
}

/** Moves series so that a condition is nearer to being untrue. Of an `and` the left side moves: it says what is wrong, the right one guards. */
function calmed(tree: Tree, steady: Steady, strictness: number, pinned: Pinned): Steady {
  if (isCalm(tree, steady, strictness)) return steady;
  switch (tree.kind) {
    case "leaf": {
      const { expression, goalFor } = tree.avoided;
      return astray(tree.avoided, steady, strictness).reduce(
        (now, row) => push(expression, row, goalFor(row.value, strictness), now, pinned),
        steady,
      );
    }
    case "any":
      return tree.parts.reduce((now, part) => calmed(part, now, strictness, pinned), steady);
    case "all": {
      const [first, ...rest] = tree.parts;
      if (first === undefined) return steady;
      const moved = calmed(first, steady, strictness, pinned);
      return moved === steady ? rest.reduce((now, part) => calmed(part, now, strictness, pinned), steady) : moved;
    }
    case "known":
      return steady;
    default:
      return never(tree);
  }
}

/** How far from their thresholds values are to be, tried in this order: alerts on both sides of a value leave it less room. */
const strictnesses = [1, 0.5, 0.2, 0.05] as const;
const sweeps = 60;

/**
 * Series that no condition is true of, from series that do anything: each condition in turn moves those that it reads to the good side of its
 * threshold, by as little as that takes, until none has to any more. Pinned series stay. What it cannot make silent is left as it is.
 */
export function healthyFrom(start: Steady, conditions: readonly DefiniteCondition[], pinned: Pinned): Steady {
  const trees = conditions.map(treeOf);
  let best = start;
  for (const strictness of strictnesses) {
    let steady = start;
    for (let sweep = 0; sweep < sweeps; sweep++) {
      if (trees.every((tree) => isCalm(tree, steady, strictness))) return steady;
      steady = trees.reduce((now, tree) => calmed(tree, now, strictness, pinned), steady);
    }
    const loud = (candidate: Steady): number => trees.filter((tree) => holds(tree, candidate)).length;
    if (loud(steady) < loud(best)) best = steady;
  }
  return best;
}
