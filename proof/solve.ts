import type { AlertRule } from "../model/alert-rule";
import { labelsOfCondition, leavesOf } from "../model/definite-condition";
import { parseDuration } from "../model/duration";
import type { Expression } from "../model/expression";
import { checked, fail, ok, type Result } from "../model/result";
import { beside } from "./beside";
import { cellsOf } from "./cells";
import { aggregations } from "./decoys";
import type { Assignment } from "./demands";
import { baselineStep } from "./evaluate-condition";
import { momentOf, momentsOf, valuesOver } from "./evaluate-expression";
import { historyOf, isAnomaly, type Lead, leadOf } from "./history";
import { selectionKey } from "./leaf-target";
import { absentSelections, comparedExpressions, leafExpressions } from "./leaves";
import { emitted, type Leg, lengthOf, type Prepared } from "./legs";
import { type Combined, type Motion, motionsOf } from "./motions";
import { type InputSeries, samplesOf } from "./notation";
import {
  type Anomaly,
  type Combination,
  combinationsOf,
  secondsOfVariants,
  shown,
  turnsOf,
  variantsOf,
} from "./phases";
import { spreadOf } from "./range-functions";
import { remembers, steadyKey, type Usual } from "./remembering";
import { type Clock, clockOf, wholeSteps } from "./schedule";
import type { Series } from "./series";

/** What a rule is solved by: its condition, its waiting times and whose series it reads. */
export type Solvable = Pick<AlertRule, "condition" | "forSeconds" | "keepFiringSeconds" | "service">;

/** A time during which the parts of a condition stay as they are. */
export interface SolvedPhase {
  /** What each part is, in words. */
  readonly what: string;
  /** Seconds from the beginning. */
  readonly start: number;
  readonly end: number;
  /** Whether the condition holds at its end. */
  readonly holds: boolean;
}

/** Series that make a condition true and untrue by turns. */
export interface Solution {
  readonly clock: Clock;
  readonly input: readonly InputSeries[];
  /** The same series as samples. */
  readonly series: readonly Series[];
  readonly phases: readonly SolvedPhase[];
  /** When what is usual is known, in seconds: before, nothing is said of the condition. */
  readonly begin: number;
}

function prepare({ condition, service }: Solvable): Prepared {
  const expressions = comparedExpressions(condition);
  const selections = [
    ...new Map(
      [...expressions.flatMap(leafExpressions).map(({ of }) => of), ...absentSelections(condition)].map((of) => [
        selectionKey(of),
        of,
      ]),
    ).values(),
  ];
  const by = labelsOfCondition(condition) ?? [];
  return { condition, service, expressions, selections, by, cells: cellsOf(selections, by, 0, service) };
}

/** How what each selection finds is combined. */
const combinedBy = (expressions: readonly Expression[]): Combined => {
  const ways = aggregations(expressions);
  return (key) => ways.get(key) ?? ["sum"];
};

/**
 * Series that make a condition hold, stop just short of it, and recover, computed from its tree: slopes of counters for a rate,
 * counts of buckets for a quantile or a share, a numerator for a ratio, a trend for a forecast, a history for an anomaly, series that
 * end for an absence. Of a composite every part is shown to matter. Beside them stand series that must not count.
 *
 * Errors: a condition that no series can make true, or that is never untrue, with the reason; and a raw one.
 */
export function solve(rule: Solvable): Result<Solution> {
  const { condition } = rule;
  const leaves = leavesOf(condition);
  if (leaves.some(({ kind }) => kind === "raw")) return fail("a condition in PromQL has no tree that could be solved");
  const prepared = prepare(rule);
  const { expressions, selections, cells } = prepared;
  const notHeld = selections.find(({ metric }) => !metric.prometheus);
  if (notHeld !== undefined) return fail(`metric "${notHeld.metric.name}" is not in Prometheus`);

  const combined = combinedBy(expressions);
  const usually = (anomaly: Anomaly): Usual => turnsOf(anomaly, condition);
  // What is only remembered does not have to be waited for at the end of a phase.
  const waitedFor = expressions.filter((expression) => !remembers(expression, expressions));
  const rough = clockOf(rule, waitedFor, 3, 0);
  const calmly = leaves.map((leaf) =>
    isAnomaly(leaf)
      ? undefined
      : variantsOf(leaf, { usual: usually, lasting: rough.phase }).find(({ truth }) => !truth),
  );
  const history = historyOf(condition, calmly);
  if (!history.ok) return history;
  const before: Leg[] = [];
  for (const { assignment, seconds } of history.value) {
    const motions = motionsOf(cells, assignment, combined);
    if (!motions.ok) return motions;
    before.push({ motions: motions.value, seconds, holds: false });
  }

  // No phase is longer than where there are many.
  const lead = leadOf(expressions, leaves.filter(isAnomaly));
  const longest = clockOf(rule, waitedFor, manyPhases, lengthOf(before), lead.seconds);
  const usual = (anomaly: Anomaly): Usual => usualAfter(prepared, before, longest, anomaly);
  const variants = leaves.map((leaf) => variantsOf(leaf, { usual, lasting: longest.phase }));
  const solved = new Map<Assignment, readonly Motion[]>();
  const feasible = (assignment: Assignment): string | undefined => {
    const motions = motionsOf(cells, assignment, combined);
    if (!motions.ok) return motions.error;
    solved.set(assignment, motions.value);
    return undefined;
  };
  const { possible, problems } = combinationsOf(condition, variants, {
    feasible,
    seconds: longest.phase,
    usually: new Map(leaves.filter(isAnomaly).map((anomaly) => [steadyKey(anomaly.expression), usually(anomaly)])),
  });
  const all = shown(possible, leaves.length);
  // What is unusual changes what is usual: where it is not told of, it comes last.
  const disturbs = ({ holds, variants: own }: Combination): boolean =>
    !holds && leaves.some((leaf, index) => isAnomaly(leaf) && own[index]?.truth === true);
  const chosen = [...all.filter((each) => !disturbs(each)), ...all.filter(disturbs)];
  if (!chosen.some(({ holds }) => holds)) return fail(`no series make it true: ${problems[0] ?? "nothing can"}`);
  if (!chosen.some(({ holds }) => !holds)) return fail(`no series make it untrue: ${problems[0] ?? "nothing can"}`);
  const clock = clockOf(rule, waitedFor, chosen.length, lengthOf(before), lead.seconds);
  return ok(assembled(prepared, clock, before, lead, chosen, (assignment) => solved.get(assignment) ?? []));
}

/** More than a condition has, but for large composites. */
const manyPhases = 12;

/** What is usual of an anomaly's expression at the end of its history, as the evaluator sees it. */
function usualAfter(prepared: Prepared, before: readonly Leg[], clock: Clock, anomaly: Anomaly): Usual {
  const series = emitted(prepared.cells, prepared.by, before, clock).map((input) => samplesOf(input, clock.interval));
  const moment = momentOf(series, lengthOf(before), {});
  const baseline = checked(parseDuration(anomaly.baseline));
  const [found] = valuesOver(anomaly.expression, momentsOf(moment, baseline, baselineStep(baseline))).values();
  return found === undefined ? turnsOf(anomaly, prepared.condition) : spreadOf(found.values);
}

/** The legs of a phase: what it remembers by turns, in whole steps together, and then what it is about. */
function legsOf(
  { variants, holds, assignments: { before, last } }: Combination,
  clock: Clock,
  lead: Lead,
  motionsFor: (assignment: Assignment) => readonly Motion[],
): readonly Leg[] {
  const own = secondsOfVariants(variants);
  const end: Leg = {
    motions: motionsFor(last),
    seconds: own === undefined ? clock.phase : wholeSteps(own, clock),
    holds,
  };
  const [first] = before;
  if (first === undefined) return [end];
  const count = Math.round(lead.seconds / lead.turn);
  const turns = Array.from({ length: count }, (_, index): Leg => {
    const motions = motionsFor(before[index % before.length] ?? first);
    return { motions, seconds: lead.turn, holds: false };
  });
  const rest = wholeSteps(lead.seconds, clock) - lead.seconds;
  return [...(rest > 0 ? [{ motions: motionsFor(first), seconds: rest, holds: false }] : []), ...turns, end];
}

function assembled(
  prepared: Prepared,
  clock: Clock,
  before: readonly Leg[],
  lead: Lead,
  chosen: readonly Combination[],
  motionsFor: (assignment: Assignment) => readonly Motion[],
): Solution {
  const past = lengthOf(before);
  // Phases begin when rules are evaluated.
  const rest = wholeSteps(past, clock) - past;
  const latest = before.at(-1);
  const history = rest > 0 && latest !== undefined ? [...before, { ...latest, seconds: rest }] : before;
  const phased = chosen.map((combination) => legsOf(combination, clock, lead, motionsFor));
  const all = [...history, ...phased.flat()];
  const input = [...emitted(prepared.cells, prepared.by, all, clock), ...beside(prepared, all, clock)];
  let start = past + rest;
  const phases = chosen.map((combination, index): SolvedPhase => {
    const end = start + lengthOf(phased[index] ?? []);
    const phase = {
      what: combination.variants.map(({ what }) => what).join(", "),
      start,
      end,
      holds: combination.holds,
    };
    start = end;
    return phase;
  });
  return { clock, input, series: input.map((each) => samplesOf(each, clock.interval)), phases, begin: past + rest };
}
