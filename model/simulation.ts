import type { Duration } from "./duration";
import type { Selection } from "./expression";
import type { Fault } from "./fault";
import type { Counter, Gauge, Histogram, RateOf } from "./indicator";
import type { Dimension, QuantityText } from "./quantity";

/** What series do while all is well. */
export type Health =
  /** A gauge's value, of each of its series. */
  | { readonly kind: "level"; readonly level: QuantityText }
  /** A gauge that holds a time: so long ago, or so long ahead of now. */
  | { readonly kind: "time"; readonly ago: Duration }
  | { readonly kind: "time"; readonly ahead: Duration }
  /** How fast a counter grows, of each of its series. */
  | { readonly kind: "pace"; readonly pace: QuantityText }
  /** How many observations a histogram makes, in each of its series, and the one in the middle of them. */
  | { readonly kind: "observations"; readonly pace: QuantityText<"frequency">; readonly typical: QuantityText };

/** What a simulated metric is while all is well, where its alerts do not say it, and why. */
export interface StatedHealth {
  readonly of: Selection;
  readonly health: Health;
  readonly reason: string;
}

/** A gauge is so much while all is well: `levelOf(free, "60GB", "…")`. */
export const levelOf = <D extends Dimension, L extends string>(
  { selection }: Gauge<D, L>,
  level: QuantityText<D>,
  reason: string,
): StatedHealth => ({ of: selection, health: { kind: "level", level }, reason });

/** A gauge holds a time that is so long ago, or so long ahead of now, while all is well. */
export const timeOf = <L extends string>(
  { selection }: Gauge<"time", L>,
  when: { readonly ago: Duration } | { readonly ahead: Duration },
  reason: string,
): StatedHealth => ({ of: selection, health: { kind: "time", ...when }, reason });

/** Each series of a counter grows so fast while all is well. */
export const paceOf = <D extends Dimension, L extends string>(
  { selection }: Counter<D, L>,
  pace: QuantityText<RateOf<D>>,
  reason: string,
): StatedHealth => ({ of: selection, health: { kind: "pace", pace }, reason });

/** Each series of a histogram observes so often, half of it less than `typical`, while all is well. */
export const observationsOf = <D extends Dimension, L extends string>(
  { selection }: Histogram<D, L>,
  { pace, typical }: { readonly pace: QuantityText<"frequency">; readonly typical: QuantityText<D> },
  reason: string,
): StatedHealth => ({ of: selection, health: { kind: "observations", pace, typical }, reason });

/** How the telemetry contract is simulated, where it does not say it itself. */
export interface Simulation {
  /** What metrics are while all is well, where their alerts do not say it. */
  readonly healthy: readonly StatedHealth[];
  /** Values of labels that a contract bounds without listing, by label; its example alone where none are said. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
  /** What can go wrong, and who must say so. */
  readonly faults: readonly Fault[];
}

/** Everything as contracts and alerts say, and nothing goes wrong. */
export const noSimulation: Simulation = { healthy: [], labels: {}, faults: [] };
