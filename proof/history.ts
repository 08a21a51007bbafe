import { type DefiniteCondition, leavesOf } from "../model/definite-condition";
import { parseDuration } from "../model/duration";
import type { Expression } from "../model/expression";
import { lookBackSeconds } from "../model/look-back";
import { checked, fail, ok, type Result } from "../model/result";
import { type Assignment, assignmentOf } from "./demands";
import { baselineStep } from "./evaluate-condition";
import { type Anomaly, turnsOf, type Variant } from "./phases";
import { remembers, steadyKey } from "./remembering";

export const isAnomaly = (leaf: DefiniteCondition): leaf is Anomaly => leaf.kind === "anomaly";

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
export function historyOf(
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

/** The part of a phase in which what is to be remembered happens: in turns of so many seconds, all together so long. */
export interface Lead {
  readonly turn: number;
  readonly seconds: number;
}

/** As long as the longest window that only remembers, in whole turns where there is an anomaly; nothing where there is none. */
export function leadOf(expressions: readonly Expression[], anomalies: readonly Anomaly[]): Lead {
  const window = Math.max(0, ...expressions.filter((each) => remembers(each, expressions)).map(lookBackSeconds));
  if (anomalies.length === 0 || window === 0) return { turn: window, seconds: window };
  const turn = turnSeconds(anomalies);
  return { turn, seconds: 2 * Math.ceil(window / turn / 2) * turn };
}
