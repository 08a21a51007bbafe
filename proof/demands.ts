import type { Expression, Selection } from "../model/expression";
import { fail, never, ok, type Result } from "../model/result";
import { unitOf } from "./evaluate-expression";
import { type LeafExpression, merged, selectionKey, type Target, targetOf, type Wanted } from "./leaf-target";

/** An expression that is to have a value, in the base unit of its dimension. */
export interface Demand extends Wanted {
  readonly expression: Expression;
}

/** What a phase wants of the series of each selection. */
export interface Assigned {
  readonly of: Selection;
  readonly target: Target;
}
export type Assignment = ReadonlyMap<string, Assigned>;

export const isLeaf = (expression: Expression): expression is LeafExpression =>
  expression.kind !== "time-share" &&
  expression.kind !== "ratio" &&
  expression.kind !== "complement" &&
  expression.kind !== "log-count";

/** What denominators are where nothing says it: ten events a second, a gigabyte, a hundred of anything else. */
function usual(leaf: Expression): number {
  if (!isLeaf(leaf)) return 1;
  switch (leaf.kind) {
    case "rate":
      return 10;
    case "increase":
      return 600;
    case "value":
    case "quantile":
    case "fraction":
    case "forecast":
      return leaf.of.metric.unit === "bytes" ? 1e9 : 100 * unitOf(leaf.of);
    default:
      return never(leaf);
  }
}

/** The value that an assignment already gives a leaf, in base units. */
function given(expression: Expression, assignment: Assignment): number | undefined {
  if (!isLeaf(expression)) return undefined;
  const target = assignment.get(selectionKey(expression.of))?.target;
  if (target === undefined) return undefined;
  const one = targetOf(expression, { value: 1, crosses: false });
  if (target.kind === "trend" && target.level !== undefined && one.kind === "level") return target.level / one.level;
  if (target.kind === "slope" && one.kind === "slope") return target.slope / one.slope;
  if (target.kind === "level" && one.kind === "level") return target.level / one.level;
  if (target.kind === "observations" && one.kind === "observations")
    return target.perSecond === undefined || one.perSecond === undefined ? undefined : target.perSecond / one.perSecond;
  return undefined;
}

/** A ratio that is to have a value. */
interface WantedRatio extends Wanted {
  readonly ratio: Extract<Expression, { kind: "ratio" }>;
}

/** What is wanted of the rest of one. */
const complementary = ({ value, crosses, also }: Wanted): Wanted => ({
  value: 1 - value,
  crosses,
  ...(also === undefined ? {} : { also: also === "larger" ? "smaller" : "larger" }),
});

/**
 * Takes a demand down the tree: a complement wants the rest of one, a ratio waits until its other demands are known, and a leaf
 * wants something of its series.
 */
function descend(
  { expression, ...wanted }: Demand,
  assignment: Map<string, Assigned>,
  ratios: WantedRatio[],
): Result<undefined> {
  switch (expression.kind) {
    case "complement":
      return descend({ ...complementary(wanted), expression: expression.of }, assignment, ratios);
    case "ratio":
      ratios.push({ ...wanted, ratio: expression });
      return ok(undefined);
    case "time-share":
      return fail("a share of time within another expression has no closed form");
    case "log-count":
      return fail("log events are no series");
    case "value":
    case "rate":
    case "increase":
    case "quantile":
    case "fraction":
    case "forecast": {
      const key = selectionKey(expression.of);
      const known = assignment.get(key);
      const target = targetOf(expression, wanted);
      const both = known === undefined ? ok(target) : merged(known.target, target, expression.of.metric.name);
      if (!both.ok) return both;
      assignment.set(key, { of: expression.of, target: both.value });
      return ok(undefined);
    }
    default:
      return never(expression);
  }
}

/** Both sides of a ratio: the denominator that is wanted elsewhere or usual, and so much of it as numerator. */
function solveRatio(
  { ratio: { numerator, denominator }, ...wanted }: WantedRatio,
  assignment: Map<string, Assigned>,
  ratios: WantedRatio[],
): Result<undefined> {
  const above = given(numerator, assignment);
  const below =
    given(denominator, assignment) ??
    (above !== undefined && above > 0 && wanted.value > 0 ? above / wanted.value : usual(denominator));
  if (!(below > 0)) return fail("its denominator would be zero");
  const divided = descend({ expression: denominator, value: below, crosses: wanted.crosses }, assignment, ratios);
  return divided.ok
    ? descend({ ...wanted, expression: numerator, value: below * wanted.value }, assignment, ratios)
    : divided;
}

/** What demands, one for each expression, want of each selection's series, or why no series could. */
export function assignmentOf(
  demands: readonly Demand[],
  presence: readonly { readonly of: Selection; readonly there: boolean }[],
): Result<Assignment> {
  const assignment = new Map<string, Assigned>();
  const ratios: WantedRatio[] = [];
  for (const { of, there } of presence)
    if (!there) assignment.set(selectionKey(of), { of, target: { kind: "absent" } });
  for (const demand of demands) {
    const done = descend(demand, assignment, ratios);
    if (!done.ok) return done;
  }
  // Ratios within ratios are added while the outer ones are solved.
  for (let next = ratios.shift(); next !== undefined; next = ratios.shift()) {
    const done = solveRatio(next, assignment, ratios);
    if (!done.ok) return done;
  }
  for (const { of } of presence)
    if (!assignment.has(selectionKey(of))) assignment.set(selectionKey(of), { of, target: anything(of) });
  return ok(assignment);
}

/** What a series does of which nothing is wanted but that it is there. */
export function anything({ metric }: Selection): Target {
  switch (metric.type) {
    case "counter":
      return { kind: "slope", slope: 1 };
    case "gauge":
      return { kind: "level", level: 1 };
    case "histogram":
      return { kind: "observations", perSecond: 1, shares: [] };
    default:
      return never(metric.type);
  }
}
