import type { Expression, Selection } from "../model/expression";
import { parseQuantity } from "../model/quantity";
import { checked, never } from "../model/result";
import { type Goal, goalOf } from "./comparing";
import { finds } from "./matching";
import type { Behaviour, Labels } from "./series";
import { type Row, type Steady, secondsOf, steadyRows, unitOf } from "./steady";

/** Whether a series must stay as it is, because the catalog says what it does. */
export type Pinned = (index: number) => boolean;

type Leaf = Extract<Expression, { readonly of: Selection }>;

/** Where the series of one value of an expression are. */
function indexesOf({ of, by }: Leaf, labels: Labels, steady: Steady): readonly number[] {
  return steady.flatMap(({ series }, index) =>
    finds(of, series) && by.every((name) => (series.labels[name] ?? "") === (labels[name] ?? "")) ? [index] : [],
  );
}

const replaced = (steady: Steady, change: ReadonlyMap<number, Behaviour>): Steady =>
  steady.map((each, index) => {
    const behaviour = change.get(index);
    return behaviour === undefined ? each : { ...each, behaviour };
  });

const numberOf = (behaviour: Behaviour | undefined): number | undefined =>
  behaviour?.kind === "level"
    ? behaviour.level
    : behaviour?.kind === "pace" || behaviour?.kind === "observations"
      ? behaviour.perSecond
      : undefined;

const withNumber = (behaviour: Behaviour, value: number): Behaviour => {
  switch (behaviour.kind) {
    case "level":
      return { ...behaviour, level: value };
    case "pace":
    case "observations":
      return { ...behaviour, perSecond: Math.max(0, value) };
    case "time":
    case "drift":
    case "gone":
      return behaviour;
    default:
      return never(behaviour);
  }
};

/** Sets the sum, the mean or the extreme of some series, by as little as that takes: those that are pinned stay. */
function pushNumbers(
  steady: Steady,
  indexes: readonly number[],
  aggregation: "sum" | "avg" | "max" | "min",
  wanted: number,
  pinned: Pinned,
): Steady {
  const all = indexes.flatMap((index) => {
    const behaviour = steady[index]?.behaviour;
    const value = numberOf(behaviour);
    return behaviour === undefined || value === undefined ? [] : [{ index, behaviour, value }];
  });
  const free = all.filter(({ index }) => !pinned(index));
  const change = (to: (value: number) => number): Steady =>
    replaced(steady, new Map(free.map(({ index, behaviour, value }) => [index, withNumber(behaviour, to(value))])));
  switch (aggregation) {
    case "sum":
    case "avg": {
      const total = aggregation === "sum" ? wanted : wanted * all.length;
      const held = all.filter(({ index }) => pinned(index)).reduce((sum, { value }) => sum + value, 0);
      const now = free.reduce((sum, { value }) => sum + value, 0);
      const left = total - held;
      return change((value) => (now === 0 ? left / free.length : (value * left) / now));
    }
    // An upper goal lowers those that are above it, a lower one raises those below.
    case "max":
      return all.some(({ value }) => value > wanted)
        ? change((value) => Math.min(value, wanted))
        : change(() => wanted);
    case "min":
      return all.some(({ value }) => value < wanted)
        ? change((value) => Math.max(value, wanted))
        : change(() => wanted);
    default:
      return never(aggregation);
  }
}

/** Makes the observations of histograms larger or smaller. */
function pushTypical(steady: Steady, indexes: readonly number[], by: number, pinned: Pinned): Steady {
  return replaced(
    steady,
    new Map(
      indexes.flatMap((index) => {
        const behaviour = steady[index]?.behaviour;
        return behaviour?.kind === "observations" && !pinned(index)
          ? [[index, { ...behaviour, typical: behaviour.typical * by }] as const]
          : [];
      }),
    ),
  );
}

const valueAt = (expression: Expression, { labels }: Row, steady: Steady): number | undefined =>
  steadyRows(expression, steady).find((row) => JSON.stringify(row.labels) === JSON.stringify(labels))?.value;

/** Whether any of an expression's series may be moved. */
function isFree(expression: Expression, row: Row, steady: Steady, pinned: Pinned): boolean {
  switch (expression.kind) {
    case "ratio":
      return isFree(expression.numerator, row, steady, pinned) || isFree(expression.denominator, row, steady, pinned);
    case "complement":
    case "time-share":
      return isFree(expression.of, row, steady, pinned);
    case "log-count":
      return false;
    case "value":
    case "rate":
    case "increase":
    case "quantile":
    case "fraction":
    case "forecast":
      return indexesOf(expression, row.labels, steady).some((index) => !pinned(index));
    default:
      return never(expression);
  }
}

/** Moves series towards a value of an expression's row reaching a goal; done again and again it gets there, where it can be got to. */
export function push(expression: Expression, row: Row, goal: Goal, steady: Steady, pinned: Pinned): Steady {
  switch (expression.kind) {
    case "value":
    case "forecast": {
      const { of, aggregation } = expression;
      if (aggregation === "count") return steady;
      const indexes = indexesOf(expression, row.labels, steady);
      return pushNumbers(steady, indexes, aggregation, goal.value / unitOf(of), pinned);
    }
    case "rate": {
      const { of, aggregation } = expression;
      if (aggregation === "count") return steady;
      const unit = of.metric.type === "histogram" ? 1 : unitOf(of);
      return pushNumbers(steady, indexesOf(expression, row.labels, steady), aggregation, goal.value / unit, pinned);
    }
    case "increase": {
      const { of, window } = expression;
      const unit = (of.metric.type === "histogram" ? 1 : unitOf(of)) * secondsOf(window);
      return pushNumbers(steady, indexesOf(expression, row.labels, steady), "sum", goal.value / unit, pinned);
    }
    case "quantile":
      return pushTypical(steady, indexesOf(expression, row.labels, steady), goal.value / row.value, pinned);
    case "fraction":
      return pushTypical(
        steady,
        indexesOf(expression, row.labels, steady),
        goal.side === "at least" ? 0.8 : 1.25,
        pinned,
      );
    case "complement": {
      const inner: Goal = { side: goal.side === "at least" ? "at most" : "at least", value: 1 - goal.value };
      return push(expression.of, { ...row, value: 1 - row.value }, inner, steady, pinned);
    }
    case "ratio": {
      const { numerator, denominator } = expression;
      const below = valueAt(denominator, row, steady) ?? steadyRows(denominator, steady)[0]?.value;
      if (below === undefined || below === 0) return steady;
      const above = row.value * below;
      if (isFree(numerator, row, steady, pinned))
        return push(numerator, { ...row, value: above }, { ...goal, value: goal.value * below }, steady, pinned);
      const side = goal.side === "at least" ? "at most" : "at least";
      return goal.value === 0
        ? steady
        : push(denominator, { ...row, value: below }, { side, value: above / goal.value }, steady, pinned);
    }
    case "time-share": {
      // Only a share of none or all of the time is steady: the inner value is kept well on its side.
      const { of, comparison, bound } = expression;
      const threshold = checked(parseQuantity(bound));
      const [inner] = steadyRows(of, steady);
      return inner === undefined ? steady : push(of, inner, goalOf(comparison, threshold, 1), steady, pinned);
    }
    case "log-count":
      return steady;
    default:
      return never(expression);
  }
}
