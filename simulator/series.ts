import type { MetricDefinition } from "../model/metric";

/** Labels by name. */
export type Labels = Readonly<Record<string, string>>;

/** One series, or one histogram with all of its buckets, as a service emits it. */
export interface SimulatedSeries {
  readonly metric: MetricDefinition;
  /** As the exporter writes them, without those of the target. */
  readonly labels: Labels;
}

/** What a series does from some time on. */
export type Behaviour =
  /** A gauge near a level, in the metric's own unit. `varies`: it goes up and down a little, as what is measured does. */
  | { readonly kind: "level"; readonly level: number; readonly varies: boolean }
  /** A gauge that holds a time, so many seconds from now; those past are negative. */
  | { readonly kind: "time"; readonly fromNow: number }
  /** A gauge on its way from one level to another, where it stays. */
  | {
      readonly kind: "drift";
      readonly from: number;
      readonly to: number;
      /** When it began, in seconds. */
      readonly since: number;
      readonly withinSeconds: number;
    }
  /** A counter that grows, in the metric's own unit per second. */
  | { readonly kind: "pace"; readonly perSecond: number }
  /** A histogram's observations per second, half of them less than `typical`, in the metric's own unit. */
  | { readonly kind: "observations"; readonly perSecond: number; readonly typical: number }
  /** There is no such series. */
  | { readonly kind: "gone" };
