import { type Comparison, isUpper } from "../model/comparison";
import { isLogical } from "../model/condition";
import { type DefiniteCondition, expandBurnRate, leavesOf } from "../model/definite-condition";
import { parseDuration } from "../model/duration";
import { dimensionOf, type Expression, type Selection } from "../model/expression";
import { parseQuantity, type Quantity } from "../model/quantity";
import { checked, never } from "../model/result";
import type { Assignment, Demand } from "./demands";
import { baselineStep } from "./evaluate-condition";
import { levelsOf, margins } from "./levels";
import { type Assignments, assignmentsOf, type Remembering, steadyKey, type Usual } from "./remembering";

/** One way in which a part of a condition is true, or is not, during a phase. */
export interface Variant {
  readonly truth: boolean;
  readonly what: string;
  readonly demands: readonly Demand[];
  readonly presence: readonly { readonly of: Selection; readonly there: boolean }[];
  /** How long it lasts, where that is what decides. Default: as long as windows and waiting times need. */
  readonly seconds?: number;
}

const variant = (
  truth: boolean,
  what: string,
  expression: Expression,
  value: number,
  also?: "larger" | "smaller",
): Variant => ({
  truth,
  what,
  demands: [{ expression, value, crosses: truth, ...(also === undefined ? {} : { also }) }],
  presence: [],
});

const secondsOf = (duration: string): number => checked(parseDuration(duration));

/** A value that crosses a threshold, and one that does not; below a share of time lies what the time is shared by. */
function comparing(expression: Expression, comparison: Comparison, threshold: Quantity): readonly Variant[] {
  if (expression.kind === "time-share") {
    const bound = checked(parseQuantity(expression.bound));
    const inner = comparing(expression.of, expression.comparison, bound);
    const window = secondsOf(expression.window);
    const share = Number(threshold.value);
    // So many minutes are still short of the share; the evaluator and Prometheus count both ends of the window or one.
    const minutes = Math.floor((window / 60) * share) - 1;
    const upper = isUpper(comparison);
    return inner.flatMap((each): readonly Variant[] => {
      const truth = each.truth === upper;
      const blip =
        each.truth && upper && minutes >= 1
          ? [{ ...each, truth: false, what: "just not long enough", seconds: minutes * 60 }]
          : [];
      return [...blip, { ...each, truth }];
    });
  }
  const { beyond, short } = levelsOf(comparison, threshold);
  const [over, under] = isUpper(comparison) ? (["larger", "smaller"] as const) : (["smaller", "larger"] as const);
  return [
    variant(false, "just short", expression, short, under),
    variant(true, "just beyond", expression, beyond, over),
  ];
}

export type Anomaly = Extract<DefiniteCondition, { kind: "anomaly" }>;

/** A part of the same condition that bounds what is usual, such as a guard that there is any traffic. */
const boundOf = (expression: Expression, condition: DefiniteCondition): number | undefined => {
  for (const leaf of leavesOf(condition)) {
    if (leaf.kind !== "compare" || steadyKey(leaf.expression) !== steadyKey(expression)) continue;
    const { beyond } = levelsOf(leaf.comparison, leaf.threshold);
    if (beyond > 0) return beyond * (isUpper(leaf.comparison) ? 1 + margins.beyond : 1 - margins.beyond);
  }
  return undefined;
};

/** What an anomaly's history is made of: so much, and so much above and below it by turns; just beyond what the condition bounds it by. */
export function turnsOf({ expression, deviations }: Anomaly, condition: DefiniteCondition): Usual {
  const dimension = dimensionOf(expression);
  const any =
    dimension === "ratio" ? 0.5 : expression.kind === "value" && expression.of.metric.unit === "bytes" ? 1e9 : 100;
  const mean = boundOf(expression, condition) ?? any;
  return { mean, deviation: mean / (4 * Math.max(1, deviations)) };
}

/**
 * An outlier changes the baseline that it is held against. With r of n points d further from the mean of the others, whose
 * deviation is s, it is beyond k deviations when d² ((1 - r/n) - k² r/n) > k² s², by the mean and the variance of the mixture; where
 * as many points lie on the other side, the mean stays, and d² (1 - 2 k² r/n) > k² s². NaN where outliers that last so long are usual.
 */
export function outlier(deviations: number, deviation: number, part: number, bothSides: boolean): number {
  const left = bothSides ? 1 - 2 * deviations ** 2 * part : 1 - part - deviations ** 2 * part;
  return left > 0 ? (deviations * deviation) / Math.sqrt(left) : Number.NaN;
}

function anomalous(condition: Anomaly, { mean, deviation }: Usual, lasting: number): readonly Variant[] {
  const { deviations, direction, expression } = condition;
  const baseline = secondsOf(condition.baseline);
  const step = baselineStep(baseline);
  const part = ((Math.ceil(lasting / step) + 1) * step) / baseline;
  // In its baseline are the turn that was just short, and one that was beyond where another part of the condition was not.
  const bothSides = direction === "either";
  const afterShort = deviation * Math.sqrt(1 + deviations ** 2 * part);
  const once = outlier(deviations, afterShort, part, bothSides);
  const beyond = outlier(deviations, Math.hypot(afterShort, once * Math.sqrt(part)), part, bothSides);
  const short = deviations * deviation * (1 - margins.short);
  const on = (side: 1 | -1): readonly Variant[] => [
    {
      ...variant(false, "hardly unusual", expression, mean + side * short),
      seconds: Math.max(60, Math.floor(step / 2 / 60) * 60),
    },
    ...(Number.isNaN(beyond)
      ? []
      : [variant(true, "unusual", expression, mean + side * beyond * (1 + margins.beyond))]),
  ];
  const usual = variant(false, "usual", expression, mean);
  switch (direction) {
    case "above":
      return [...on(1), usual];
    case "below":
      return [...on(-1), usual];
    case "either":
      return [...on(1), ...on(-1), usual];
    default:
      return never(direction);
  }
}

/** Every way in which a condition that is no composite is true or not. */
export function variantsOf(
  leaf: ReturnType<typeof leavesOf>[number],
  { usual, lasting }: { readonly usual: (anomaly: Anomaly) => Usual; readonly lasting: number },
): readonly Variant[] {
  switch (leaf.kind) {
    case "compare":
      return comparing(leaf.expression, leaf.comparison, leaf.threshold);
    case "outside": {
      const { expression } = leaf;
      const [low, high] = [levelsOf("<", leaf.low), levelsOf(">", leaf.high)];
      return [
        variant(false, "just within the lower end", expression, low.short),
        variant(true, "just below the lower end", expression, low.beyond, "smaller"),
        variant(false, "just within the upper end", expression, high.short),
        variant(true, "just above the upper end", expression, high.beyond, "larger"),
      ];
    }
    case "absent":
      return [
        { truth: false, what: "there", demands: [], presence: [{ of: leaf.of, there: true }] },
        { truth: true, what: "gone", demands: [], presence: [{ of: leaf.of, there: false }] },
      ];
    case "burn-rate": {
      const { left, right } = expandBurnRate(leaf);
      if (left.kind !== "compare" || right.kind !== "compare") return [];
      const both = comparing(left.expression, left.comparison, left.threshold);
      const share = Number(left.threshold.value);
      const [long, short] = [secondsOf(leaf.long), secondsOf(leaf.short)];
      // Within the short window it is beyond the threshold, and over the long one not yet.
      const burst = Math.min((share * long) / short / 2, (1 + share) / 2);
      // Once it stops, the short window is soon below the threshold, and the long one is not.
      const fast = Math.min(share * 3, (1 + share) / 2);
      const spent =
        left.expression.kind === "time-share"
          ? []
          : [
              variant(false, "nothing spent", left.expression, 0),
              ...(burst > share ? [{ ...variant(false, "a burst", left.expression, burst), seconds: short }] : []),
              variant(true, "spent fast", left.expression, fast),
            ];
      return [...spent, ...both];
    }
    case "anomaly":
      return anomalous(leaf, usual(leaf), lasting);
    case "raw":
      return [];
    default:
      return never(leaf);
  }
}

/** Variants of every part, and what the whole condition then is. */
export interface Combination {
  readonly variants: readonly Variant[];
  readonly holds: boolean;
  readonly assignments: Assignments;
}

/** Whether a condition holds, by whether each of its parts does, in the order of `leavesOf`. */
export function holdsBy(condition: DefiniteCondition, truths: readonly boolean[]): boolean {
  const left = [...truths];
  const decide = (part: DefiniteCondition): boolean => {
    if (!isLogical(part)) return left.shift() ?? false;
    const [ours, theirs] = [decide(part.left), decide(part.right)];
    switch (part.kind) {
      case "and":
        return ours && theirs;
      case "or":
        return ours || theirs;
      case "unless":
        return ours && !theirs;
      default:
        return never(part);
    }
  };
  return decide(condition);
}

const product = <T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] =>
  lists.reduce<readonly (readonly T[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])),
    [[]],
  );

/** More than this many combinations are not looked through. */
const mostCombinations = 4096;

/** How long variants last together, where that is what decides. */
export function secondsOfVariants(variants: readonly Variant[]): number | undefined {
  const own = variants.flatMap(({ seconds }) => seconds ?? []);
  return own.length === 0 ? undefined : Math.min(...own);
}

interface CombiningOptions extends Remembering {
  /** Why no series do what is wanted of them; undefined where some do. */
  readonly feasible: (assignment: Assignment) => string | undefined;
}

/** Every combination of the parts' variants that series can have at all, and why the others cannot. */
export function combinationsOf(
  condition: DefiniteCondition,
  variants: readonly (readonly Variant[])[],
  { feasible, ...options }: CombiningOptions,
): { readonly possible: readonly Combination[]; readonly problems: readonly string[] } {
  const possible: Combination[] = [];
  const problems: string[] = [];
  const count = variants.reduce((all, list) => all * list.length, 1);
  if (count > mostCombinations) return { possible, problems: [`its parts combine in ${count} ways`] };
  for (const row of product(variants)) {
    const holds = holdsBy(
      condition,
      row.map(({ truth }) => truth),
    );
    const assignments = assignmentsOf(
      row.flatMap(({ demands }) => demands),
      row.flatMap(({ presence }) => presence),
      { ...options, seconds: secondsOfVariants(row) ?? options.seconds },
    );
    const problem = assignments.ok
      ? [...assignments.value.before, assignments.value.last].map(feasible).find((why) => why !== undefined)
      : assignments.error;
    if (assignments.ok && problem === undefined)
      possible.push({ variants: row, holds, assignments: assignments.value });
    else if (problem !== undefined) problems.push(`${row.map(({ what }) => what).join(", ")}: ${problem}`);
  }
  return { possible, problems };
}

const differences = (one: Combination, other: Combination): readonly number[] =>
  one.variants.flatMap((variant, index) => (variant === other.variants[index] ? [] : [index]));

/** Whether a combination lasts as long as windows and waiting times need. */
const lasts = ({ variants }: Combination): boolean => variants.every(({ seconds }) => seconds === undefined);

/**
 * The combinations that show the part that each variant plays: for every variant one that holds by it, and one beside it that does
 * not, or the other way (the "modified condition/decision coverage" of DO-178C). The order: every one that does not hold, then each
 * that holds with a neighbour behind it, where it recovers.
 */
export function shown(possible: readonly Combination[], parts: number): readonly Combination[] {
  const firing = new Set<Combination>();
  const silent = new Set<Combination>();
  for (let part = 0; part < parts; part++) {
    const apart = (one: Combination, other: Combination): boolean =>
      one.holds !== other.holds && differences(one, other).every((at) => at === part);
    for (const held of new Set(possible.map(({ variants }) => variants[part]))) {
      const pairs = possible
        .filter(({ variants }) => variants[part] === held)
        .flatMap((one) =>
          possible.filter((other) => apart(one, other)).map((other) => (one.holds ? [one, other] : [other, one])),
        );
      const known = pairs.filter(([at]) => at !== undefined && firing.has(at));
      const [at, beside] =
        known.find(([, back]) => back !== undefined && silent.has(back)) ?? known[0] ?? pairs[0] ?? [];
      if (at === undefined || beside === undefined) continue;
      firing.add(at);
      silent.add(beside);
    }
  }
  return [
    ...silent,
    ...[...firing].flatMap((at) => {
      const neighbours = possible.filter(
        (other) => !other.holds && lasts(other) && differences(at, other).length === 1,
      );
      const back = neighbours.find((other) => silent.has(other)) ?? neighbours[0];
      return back === undefined ? [at] : [at, back];
    }),
  ];
}
