import { type DefiniteCondition, leavesOf } from "../model/definite-condition";
import { parseDuration } from "../model/duration";
import { checked, fail, ok, type Result } from "../model/result";
import { type Assignment, assignmentOf } from "./demands";
import { baselineStep } from "./evaluate-condition";
import { windowOf } from "./leaves";
import { type Anomaly, turnsOf, type Variant } from "./phases";

export const isAnomaly = (leaf: DefiniteCondition): leaf is Anomaly => leaf.kind === "anomaly";

/** A time before the first phase that makes what is usual known, by turns above and below the mean. */
interface HistoryLeg {
  readonly assignment: Assignment;
  readonly seconds: number;
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
  const step = baselineStep(Math.min(...baselines));
  const window = Math.max(0, ...anomalies.map(({ expression }) => windowOf(expression)));
  // Each turn lasts until the window is full of it, and the baseline has looked at it; in whole minutes, as samples are.
  const least = window <= step / 2 ? step : 2 * Math.ceil((window + step) / step) * step;
  const turn = Math.ceil(least / 60) * 60;
  const [up, down] = ([1, -1] as const).map((side) =>
    assignmentOf(
      leaves.flatMap((leaf, index) => {
        if (!isAnomaly(leaf)) return others[index]?.demands ?? [];
        const { mean, deviation } = turnsOf(leaf);
        return [{ expression: leaf.expression, value: mean + side * deviation, crosses: false }];
      }),
      leaves.flatMap((_, index) => others[index]?.presence ?? []),
    ),
  );
  if (up === undefined || !up.ok) return up ?? fail("no history");
  if (down === undefined || !down.ok) return down ?? fail("no history");
  const count = 2 * Math.ceil((Math.max(...baselines) + 2 * turn) / turn / 2);
  const half = Math.floor(turn / 2 / 60) * 60;
  return ok(
    Array.from({ length: count }, (_, index) => ({
      assignment: (index % 2 === 0 ? up : down).value,
      // The first turn is shorter, so that no turn ends when the baseline looks.
      seconds: index === 0 ? turn - half : turn,
    })),
  );
}
