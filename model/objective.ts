import type { Duration } from "./duration";
import type { Expression, Selection } from "./expression";
import type { QuantityText } from "./quantity";
import type { PerEnvironment } from "./register";
import { never } from "./result";

/** The time that an error budget is spent over. */
export const objectiveWindows = ["7d", "28d", "30d", "90d"] as const;
export type ObjectiveWindow = (typeof objectiveWindows)[number];

/** What is counted as bad, of all there is (a service level indicator). */
export type Sli =
  /** Events of two counters: the failed ones, of all. */
  | { readonly kind: "events"; readonly bad: Selection; readonly total: Selection }
  /** Observations of a histogram that took longer than `atMost`, which is the bound of a bucket. */
  | { readonly kind: "latency"; readonly of: Selection; readonly atMost: QuantityText<"time"> }
  /** Minutes in which an age was above `atMost`. */
  | { readonly kind: "freshness"; readonly of: Expression; readonly atMost: QuantityText<"time"> };

/** A promise to users: so much of what is counted is good over the window (a service level objective). */
export interface Objective {
  /** In kebab-case, unique within the service. */
  readonly name: string;
  readonly sli: Sli;
  /** Share of what is good, such as `"99.9%"`. */
  readonly target: PerEnvironment<QuantityText<"ratio">>;
  readonly window: ObjectiveWindow;
}

const rate = (of: Selection, window: Duration): Expression => ({
  kind: "rate",
  of,
  window,
  aggregation: "sum",
  by: [],
});

/** The share of what is bad over a time; events are added up before they are divided, so that busy hours weigh more. */
export function errorRatio(sli: Sli, window: Duration): Expression {
  switch (sli.kind) {
    case "events":
      return { kind: "ratio", numerator: rate(sli.bad, window), denominator: rate(sli.total, window) };
    case "latency":
      return { kind: "complement", of: { kind: "fraction", of: sli.of, atMost: sli.atMost, window, by: [] } };
    case "freshness":
      return { kind: "time-share", of: sli.of, comparison: ">", bound: sli.atMost, window };
    default:
      return never(sli);
  }
}

/** How many events there are, per second over a time; undefined where minutes are counted, of which there are always as many. */
export function trafficOf(sli: Sli, window: Duration): Expression | undefined {
  switch (sli.kind) {
    case "events":
      return rate(sli.total, window);
    case "latency":
      return rate(sli.of, window);
    case "freshness":
      return undefined;
    default:
      return never(sli);
  }
}
