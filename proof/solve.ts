import type { AlertRule } from "../model/alert-rule";
import { type DefiniteCondition, labelsOfCondition, leavesOf } from "../model/definite-condition";
import { parseDuration } from "../model/duration";
import { type Expression, labelsOf, type Selection } from "../model/expression";
import { lookBackSeconds } from "../model/look-back";
import { checked, fail, ok, type Result } from "../model/result";
import { type Cell, cellsOf, hasGroups } from "./cells";
import { aggregations, decoysOf } from "./decoys";
import { type Assignment, assignmentOf, remembers, steadyKey, type Usual } from "./demands";
import { type CellLeg, emit } from "./emit";
import { baselineStep } from "./evaluate-condition";
import { momentOf, momentsOf, valuesOver } from "./evaluate-expression";
import { selectionKey } from "./leaf-target";
import { absentSelections, comparedExpressions, leafExpressions } from "./leaves";
import { type Combined, type Motion, motionsOf } from "./motions";
import { type InputSeries, samplesOf } from "./notation";
import {
  type Anomaly,
  type Combination,
  combinationsOf,
  secondsOfVariants,
  shown,
  turnsOf,
  type Variant,
  variantsOf,
} from "./phases";
import { spreadOf } from "./range-functions";
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

interface Prepared {
  readonly condition: DefiniteCondition;
  readonly service: string;
  readonly expressions: readonly Expression[];
  readonly selections: readonly Selection[];
  readonly by: readonly string[];
  readonly cells: readonly Cell[];
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

const isAnomaly = (leaf: DefiniteCondition): leaf is Anomaly => leaf.kind === "anomaly";

/** A time before the first phase that makes what is usual known, by turns above and below the mean. */
interface HistoryLeg {
  readonly assignment: Assignment;
  readonly seconds: number;
}

/** Seconds of a turn: until the window is full of it, and the baseline has looked at it; its half, too, in whole samples. */
function turnSeconds(anomalies: readonly Anomaly[]): number {
  const step = baselineStep(Math.min(...anomalies.map(({ baseline }) => checked(parseDuration(baseline)))));
  const window = Math.max(0, ...anomalies.map(({ expression }) => lookBackSeconds(expression)));
  const least = window <= step / 2 ? step : 2 * Math.ceil((window + step) / step) * step;
  return Math.ceil(least / 240) * 240;
}

/** The history of the anomalies among a condition's parts, while its other parts are as in `others`. */
function historyOf(
  condition: DefiniteCondition,
  others: readonly (Variant | undefined)[],
): Result<readonly HistoryLeg[]> {
  const leaves = leavesOf(condition);
  const anomalies = leaves.filter(isAnomaly);
  if (anomalies.length === 0) return ok([]);
  const baselines = anomalies.map(({ baseline }) => checked(parseDuration(baseline)));
  const turn = turnSeconds(anomalies);
  const isUsual = (expression: Expression): boolean =>
    anomalies.some((anomaly) => steadyKey(anomaly.expression) === steadyKey(expression));
  const [up, down] = ([1, -1] as const).map((side) =>
    assignmentOf(
      leaves.flatMap((leaf, index) => {
        // What is usual is said by the anomaly alone.
        if (!isAnomaly(leaf)) return (others[index]?.demands ?? []).filter(({ expression }) => !isUsual(expression));
        const { mean, deviation } = turnsOf(leaf, condition);
        return [{ expression: leaf.expression, value: mean + side * deviation, crosses: false }];
      }),
      leaves.flatMap((_, index) => others[index]?.presence ?? []),
    ),
  );
  if (up === undefined || !up.ok) return up ?? fail("no history");
  if (down === undefined || !down.ok) return down ?? fail("no history");
  const count = 2 * Math.ceil((Math.max(...baselines) + 2 * turn) / turn / 2);
  const half = turn / 2;
  return ok(
    Array.from({ length: count }, (_, index) => ({
      assignment: (index % 2 === 0 ? up : down).value,
      // The first turn is shorter, so that no turn ends when the baseline looks.
      seconds: index === 0 ? turn - half : turn,
    })),
  );
}

interface Leg {
  readonly motions: readonly Motion[];
  readonly seconds: number;
  readonly holds: boolean;
}

const emitted = (
  { cells, by }: Prepared,
  legs: readonly Leg[],
  { interval }: Clock,
  cell: (index: number) => Cell = (index) => cells[index] ?? never(index),
): readonly InputSeries[] =>
  cells.flatMap((_, index) =>
    emit(
      cell(index),
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

function never(index: number): never {
  throw new Error(`no cell ${index}`);
}

/** Everything beside the series that decide: another group that is well all the time, and what no matcher lets in. */
function beside(prepared: Prepared, legs: readonly Leg[], clock: Clock): readonly InputSeries[] {
  const { cells, by, selections, expressions, service } = prepared;
  const samples = Math.round(lengthOf(legs) / clock.interval);
  const alike = expressions.every((expression) => {
    const kept = labelsOf(expression);
    return leafExpressions(expression).every((leaf) => leaf.by.length === kept.length) && kept.length === by.length;
  });
  const firing = legs.find(({ holds }) => holds);
  const others = hasGroups(selections, by, service) && alike ? cellsOf(selections, by, 1, service) : [];
  const silentLegs = legs.map((leg) =>
    leg.holds ? { ...leg, motions: calm(legs)?.motions ?? leg.motions, holds: false } : leg,
  );
  const bystander =
    others.length === 0 ? [] : emitted(prepared, silentLegs, clock, (index) => others[index] ?? never(index));
  const decoys = decoysOf(
    cells,
    expressions,
    by,
    {
      all: (index) => legs.flatMap(({ motions }) => motions[index] ?? []),
      firing: (index) => firing?.motions[index],
    },
    service,
  ).flatMap(({ cell, motion }) => emit(cell, [{ motion, samples }], by, clock.interval));
  const keyOf = ({ metric, labels }: InputSeries): string => JSON.stringify([metric, Object.entries(labels).sort()]);
  const taken = new Set(emitted(prepared, legs, clock).map(keyOf));
  return [...bystander, ...decoys].filter((series) => {
    if (taken.has(keyOf(series))) return false;
    taken.add(keyOf(series));
    return true;
  });
}

/** A phase in which nothing is wrong. */
const calm = (legs: readonly Leg[]): Leg | undefined => legs.findLast(({ holds }) => !holds);

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
  const chosen = shown(possible, leaves.length);
  if (!chosen.some(({ holds }) => holds)) return fail(`no series make it true: ${problems[0] ?? "nothing can"}`);
  if (!chosen.some(({ holds }) => !holds)) return fail(`no series make it untrue: ${problems[0] ?? "nothing can"}`);
  const clock = clockOf(rule, waitedFor, chosen.length, lengthOf(before), lead.seconds);
  return ok(assembled(prepared, clock, before, lead, chosen, (assignment) => solved.get(assignment) ?? []));
}

/** More than a condition has, but for large composites. */
const manyPhases = 12;

const lengthOf = (legs: readonly Leg[]): number => legs.reduce((sum, { seconds }) => sum + seconds, 0);

/** What is usual of an anomaly's expression at the end of its history, as the evaluator sees it. */
function usualAfter(prepared: Prepared, before: readonly Leg[], clock: Clock, anomaly: Anomaly): Usual {
  const series = emitted(prepared, before, clock).map((input) => samplesOf(input, clock.interval));
  const moment = momentOf(series, lengthOf(before), {});
  const baseline = checked(parseDuration(anomaly.baseline));
  const [found] = valuesOver(anomaly.expression, momentsOf(moment, baseline, baselineStep(baseline))).values();
  return found === undefined ? turnsOf(anomaly, prepared.condition) : spreadOf(found.values);
}

/** The part of a phase in which what is to be remembered happens: in turns of so many seconds, all together so long. */
interface Lead {
  readonly turn: number;
  readonly seconds: number;
}

/** As long as the longest window that only remembers, in whole turns where there is an anomaly; nothing where there is none. */
function leadOf(expressions: readonly Expression[], anomalies: readonly Anomaly[]): Lead {
  const window = Math.max(0, ...expressions.filter((each) => remembers(each, expressions)).map(lookBackSeconds));
  if (anomalies.length === 0 || window === 0) return { turn: window, seconds: window };
  const turn = turnSeconds(anomalies);
  return { turn, seconds: 2 * Math.ceil(window / turn / 2) * turn };
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
  const input = [...emitted(prepared, all, clock), ...beside(prepared, all, clock)];
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
