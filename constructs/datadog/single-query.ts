import type { DefiniteCondition, LogicalCondition } from "../../model/definite-condition";
import type { Quantity } from "../../model/quantity";
import type { DatadogScope } from "./compile";
import type { Judgement } from "./evaluation";

/** What a text's `{value}` becomes: the value that the monitor tells with its unit behind it, or words where it tells none. */
export type ValueText =
  | { readonly kind: "measured"; readonly suffix: string }
  | { readonly kind: "words"; readonly text: string };

/** A monitor's query with the options that must agree with it; all of them come from one condition. */
export interface MonitorQuery {
  readonly kind: "metric" | "log";
  readonly text: string;
  /** The number in the query, to the letter. */
  readonly critical: string;
  /** In the unit of `critical`. Absent where the alert has none. */
  readonly recovery?: string;
  /** How long an anomaly monitor looks for anomalies, and for their absence. */
  readonly thresholdWindows?: { readonly trigger: string; readonly recovery: string };
  /** Seconds that Datadog waits for data that arrives late. Absent: none. */
  readonly evaluationDelaySeconds?: number;
  /** Whether the alert is that data is missing, whatever its `noData` says of the data of others. */
  readonly alertsOnSilence: boolean;
  readonly value: ValueText;
}

/** A condition that one monitor can say. */
export type SimpleCondition = Exclude<DefiniteCondition, LogicalCondition | { readonly kind: "outside" | "burn-rate" }>;

/** What a condition is judged in: where, for how long, and at which number it recovers. */
export interface QueryOptions extends Judgement {
  readonly scope: DatadogScope;
  readonly recovery: Quantity | undefined;
}
