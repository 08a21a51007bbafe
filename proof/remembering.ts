import type { Expression, Selection } from "../model/expression";
import { lookBackSeconds } from "../model/look-back";
import { fail, ok, type Result } from "../model/result";
import { type Assignment, assignmentOf, type Demand } from "./demands";
import type { Also, Wanted } from "./leaf-target";

/**
 * One text for what has the same value while nothing changes: an expression, whatever its windows, unless a window is what it
 * counts over.
 */
export function steadyKey(expression: Expression): string {
  const text = JSON.stringify(expression);
  return /"kind":"(?:increase|forecast|time-share)"/.test(text)
    ? text
    : JSON.stringify(expression, (key, value: unknown) => (key === "window" ? undefined : value));
}

/** Whether a demand is met by a value that was asked for by another one. */
const isMetBy = ({ value, also }: Demand, other: number): boolean =>
  other === value || (also === "larger" && other > value) || (also === "smaller" && other < value);

/** What is usual: a mean, and the standard deviation from it. */
export interface Usual {
  readonly mean: number;
  readonly deviation: number;
}

const conflict = fail("two parts of the condition want different things of one indicator at once");

/** One value for all demands of the same expression: above 80% and not above 90% is 80.8%. */
const commonOf = (group: readonly Demand[]): Demand | undefined =>
  group.find(({ value }) => group.every((demand) => isMetBy(demand, value)));

/** Whether an expression averages over a window, so that a longer one still knows what a shorter one has forgotten. */
const averages = (expression: Expression): boolean => expression.kind === "rate";

/** Whether another expression says the same of a shorter time: `rate[1d]` beside `rate[5m]` remembers what was usual. */
export const remembers = (expression: Expression, others: readonly Expression[]): boolean =>
  averages(expression) &&
  others.some(
    (other) => steadyKey(other) === steadyKey(expression) && lookBackSeconds(other) < lookBackSeconds(expression),
  );

/**
 * What was before, so that an average over a long window is as it is wanted though the last `seconds` have another value. Where the
 * average may go on in the direction in which they draw it, it only has to begin where it is wanted; what is usual stays as it is where
 * it does as well.
 */
function beforehand(
  long: Wanted & { readonly window: number },
  short: Wanted,
  seconds: number,
  usually: number | undefined,
): Result<number> {
  const { value, window, also } = long;
  const drawn: Also = short.value < value ? "smaller" : "larger";
  if (also !== drawn && seconds >= window) return fail("what was usual is forgotten before anything can be seen");
  const least = also === drawn ? value : (value * window - short.value * seconds) / (window - seconds);
  return ok(
    usually !== undefined && (also === "larger" ? usually > least : also === "smaller" && usually < least)
      ? usually
      : least,
  );
}

/** What decides of the time before a phase's last part. */
export interface Remembering {
  /** How long the last part is. */
  readonly seconds: number;
  /** What is usual of what an anomaly is about, by `steadyKey`: what is remembered is as unsteady as that. */
  readonly usually: ReadonlyMap<string, Usual>;
}

/** Demands by time: those of a phase's last part, and the values that the same expressions have before it. */
interface Timed {
  readonly last: readonly Demand[];
  /** Undefined where nothing has to be remembered. */
  readonly before: readonly Demand[] | undefined;
}

/**
 * Demands on the same expression as one, where a value meets all of them; an average over a longer window beside one over a shorter
 * one is made of what was before.
 */
function reconciled(demands: readonly Demand[], { seconds, usually }: Remembering): Result<Timed> {
  const groups = new Map<string, readonly Demand[]>();
  for (const demand of demands) {
    const key = steadyKey(demand.expression);
    groups.set(key, [...(groups.get(key) ?? []), demand]);
  }
  const [last, before]: [Demand[], Demand[]] = [[], []];
  let remembered = false;
  // Each is asked for under its own windows.
  const asked = (group: readonly Demand[], { value, crosses }: Pick<Demand, "value" | "crosses">): readonly Demand[] =>
    group.map((demand) => ({ ...demand, value, crosses }));
  for (const group of groups.values()) {
    const windows = group.every(({ expression }) => averages(expression))
      ? [...new Set(group.map(windowOfDemand))]
      : [];
    const [common, window] = [commonOf(group), Math.max(...windows)];
    const long = commonOf(group.filter((demand) => windowOfDemand(demand) === window));
    const short = commonOf(group.filter((demand) => windowOfDemand(demand) !== window));
    if (windows.length > 1 && long !== undefined && short !== undefined) {
      const value = beforehand({ ...long, window }, short, seconds, usually.get(steadyKey(long.expression))?.mean);
      if (!value.ok) return value;
      remembered = true;
      last.push(...asked(group, short));
      before.push(...asked(group, { value: value.value, crosses: long.crosses }));
    } else if (common === undefined) return conflict;
    else for (const into of [last, before]) into.push(...asked(group, common));
  }
  return ok({ last, before: remembered ? before : undefined });
}

const windowOfDemand = ({ expression }: Demand): number => lookBackSeconds(expression);

/** What a phase wants of the series of each selection, at its end and, where something has to be remembered, before. */
export interface Assignments {
  readonly last: Assignment;
  /** By turns, as often as there is time. */
  readonly before: readonly Assignment[];
}

/** What all demands together want of each selection, or why no series could. */
export function assignmentsOf(
  demands: readonly Demand[],
  presence: readonly { readonly of: Selection; readonly there: boolean }[],
  options: Remembering,
): Result<Assignments> {
  const { usually } = options;
  const timed = reconciled(demands, options);
  if (!timed.ok) return timed;
  const last = assignmentOf(timed.value.last, presence);
  if (!last.ok) return last;
  const { before } = timed.value;
  if (before === undefined) return ok({ last: last.value, before: [] });
  const turns: Assignment[] = [];
  for (const side of usually.size === 0 ? [0] : [1, -1]) {
    const turn = assignmentOf(
      before.map((demand) => ({
        ...demand,
        value: demand.value + side * (usually.get(steadyKey(demand.expression))?.deviation ?? 0),
      })),
      presence,
    );
    if (!turn.ok) return turn;
    turns.push(turn.value);
  }
  return ok({ last: last.value, before: turns });
}
