import { standsForVariable } from "./grafana-variables";
import {
  type Aggregation,
  type BinaryOperator,
  isComparisonOperator,
  isSetOperator,
  type PromqlExpr,
  type PromqlType,
  type VectorMatching,
} from "./query";
import { parameterOf, type Signature } from "./signatures";
import type { Walk } from "./walk";

const NAMES: { readonly [type in PromqlType]: string } = {
  scalar: "a number",
  string: "a string",
  vector: "an instant vector",
  matrix: "a range vector",
};

/** What to do about an expression of one type where another is needed. */
function remedy(found: PromqlExpr, wanted: PromqlType): string {
  if (wanted === "matrix" && found.kind === "selector") return " Add a range, such as [5m].";
  if (wanted === "matrix" && found.type === "vector") return " Make it a subquery, such as (…)[30m:1m].";
  if (wanted === "vector" && found.type === "matrix")
    return " Wrap it in a function over time, such as rate() or avg_over_time().";
  if (wanted === "vector" && found.type === "scalar") return " Wrap it in vector().";
  if (wanted === "scalar" && found.type === "vector") return " Wrap it in scalar().";
  return "";
}

/** Functions for counters, whose restarts an aggregation hides. */
const RATES: ReadonlySet<string> = new Set(["rate()", "irate()", "increase()"]);

function expectType(walk: Walk, found: PromqlExpr, wanted: PromqlType, who: string): void {
  if (found.type === wanted) return;
  if (wanted === "matrix" && found.kind === "aggregate" && RATES.has(who)) {
    const [rate] = who.split("(");
    const message = `${who} must come before the aggregation, which hides the restarts of counters: ${found.op}(${rate}(…[5m])).`;
    walk.report(message, found, "rate-of-aggregate");
    return;
  }
  // Nothing else is a matrix: this one was given a range that it cannot have, which has been reported.
  if (found.type === "matrix" && found.kind !== "selector" && found.kind !== "subquery") return;
  walk.report(`${who} needs ${NAMES[wanted]} here, not ${NAMES[found.type]}.${remedy(found, wanted)}`, found);
}

/** Hold a call to the function's signature. */
export function checkCall(
  walk: Walk,
  name: string,
  signature: Signature,
  args: readonly PromqlExpr[],
  at: PromqlExpr,
): void {
  const { least, most } = signature;
  if (args.length < least || args.length > most) {
    walk.report(`${name}() takes ${countOf(least, most)}, not ${args.length}.`, at);
    return;
  }
  for (const [index, argument] of args.entries()) {
    const wanted = signature.args[index] ?? signature.args.at(-1);
    if (wanted !== undefined) expectType(walk, argument, wanted, `${name}()`);
    if (argument.kind === "selector" && argument.type === "matrix" && argument.extension !== undefined)
      checkExtension(walk, name, argument.extension, argument);
  }
}

const EXTENDABLE = {
  anchored: ["resets", "changes", "rate", "increase", "delta"],
  smoothed: ["rate", "increase", "delta"],
} as const;

/** Extended ranges have a meaning for a few functions only (Prometheus: feature flags, "Extended range selectors"). */
function checkExtension(walk: Walk, name: string, extension: "anchored" | "smoothed", at: PromqlExpr): void {
  const known: readonly string[] = EXTENDABLE[extension];
  if (!known.includes(name)) walk.report(`${name}() takes no "${extension}" range; only ${known.join(", ")} do.`, at);
}

function countOf(least: number, most: number): string {
  if (most === 0) return "no argument";
  const plural = (count: number): string => `${count} argument${count === 1 ? "" : "s"}`;
  if (least === most) return plural(least);
  return most === Number.POSITIVE_INFINITY ? `at least ${plural(least)}` : `${least} to ${plural(most)}`;
}

/** Hold an aggregation to its operator (Prometheus: operators, "Aggregation operators"). */
export function checkAggregation(walk: Walk, op: Aggregation, args: readonly PromqlExpr[], at: PromqlExpr): void {
  const parameter = parameterOf(op);
  const wanted: readonly PromqlType[] = parameter === undefined ? ["vector"] : [parameter, "vector"];
  if (args.length !== wanted.length) {
    walk.report(`${op} takes ${countOf(wanted.length, wanted.length)}, not ${args.length}.`, at);
    return;
  }
  for (const [index, type] of wanted.entries()) {
    const argument = args[index];
    if (argument !== undefined) expectType(walk, argument, type, op);
  }
}

/** The parts of a binary expression that its rules look at. */
interface BinaryParts {
  readonly op: BinaryOperator;
  readonly bool: boolean;
  readonly fill: boolean;
  readonly matching: VectorMatching | undefined;
  readonly left: PromqlExpr;
  readonly right: PromqlExpr;
}

/** Hold a binary expression to the rules of its operator (Prometheus: operators, "Binary operators", "Vector matching"). */
export function checkBinary(walk: Walk, parts: BinaryParts, at: PromqlExpr): void {
  const { op, bool, fill, matching, left, right } = parts;
  const wrong = [left, right].filter((side) => side.type !== "scalar" && side.type !== "vector");
  for (const side of wrong)
    walk.report(
      `"${op}" works on numbers and instant vectors, not on ${NAMES[side.type]}.${remedy(side, "vector")}`,
      side,
    );
  if (wrong.length > 0) return;
  if (bool && !isComparisonOperator(op)) walk.report(`"bool" belongs to comparisons, not to "${op}".`, at);
  const scalars = [left, right].filter((side) => side.type === "scalar");
  if (isSetOperator(op)) {
    for (const side of scalars)
      walk.report(`"${op}" needs an instant vector on both sides.${remedy(side, "vector")}`, side);
    if (matching?.group !== undefined) walk.report(`"${op}" cannot be combined with group_left or group_right.`, at);
    if (fill) walk.report(`"${op}" cannot be combined with fill.`, at);
    return;
  }
  if (scalars.length === 2 && isComparisonOperator(op) && !bool)
    walk.report(`Two numbers are compared by "${op} bool".`, at);
  if (scalars.length === 2 && (op === "</" || op === ">/"))
    walk.report(`"${op}" trims a histogram; there is none here.`, at);
  if (scalars.length > 0 && (fill || (matching?.labels.length ?? 0) > 0))
    walk.report(`Only two vectors can be matched by labels; one side of "${op}" is a number.`, at);
  if (matching?.mode === "on") checkOverlap(walk, matching);
}

function checkOverlap(walk: Walk, { labels, group }: VectorMatching): void {
  const taken = new Set(labels.map(({ name }) => name).filter((name) => !standsForVariable(name)));
  const shared = (group?.include ?? []).filter(({ name }) => taken.has(name));
  for (const label of shared) {
    walk.report(`"${label.name}" is matched on already, so that group_${group?.side} cannot take it over.`, label);
  }
}
