import type { Duration } from "./duration";
import type { Selection } from "./expression";
import type { Counter, Gauge, Histogram, RateOf } from "./indicator";
import type { Dimension, QuantityText } from "./quantity";
import { fileOfCaller } from "./source-file";

/** What a fault does to the series of one selection, or to the whole target. */
export type Effect =
  /** Each of a gauge's series is at a level. */
  | { readonly kind: "level"; readonly of: Selection; readonly level: QuantityText }
  /** Each of a gauge's series holds a time: so long ago, or so long ahead of now. */
  | { readonly kind: "time"; readonly of: Selection; readonly ago: Duration }
  | { readonly kind: "time"; readonly of: Selection; readonly ahead: Duration }
  /** Each of a gauge's series goes in a straight line to a level, from where it was, and stays there. */
  | { readonly kind: "drift"; readonly of: Selection; readonly level: QuantityText; readonly within: Duration }
  /** A counter's series, or a histogram's observations, grow together by so much. */
  | { readonly kind: "pace"; readonly of: Selection; readonly pace: QuantityText }
  /** The value or the pace of each series, times a factor. */
  | { readonly kind: "scale"; readonly of: Selection; readonly by: number }
  /** Every observation of a histogram is so many times larger. */
  | { readonly kind: "stretch"; readonly of: Selection; readonly by: number }
  /** The series are not emitted any more. */
  | { readonly kind: "vanish"; readonly of: Selection }
  /** The target does not answer its scrape. */
  | { readonly kind: "unreachable" }
  /** The target is not found any more: nobody scrapes it. */
  | { readonly kind: "undiscovered" };

/** What a fault does to one service, and which of its alerts must fire: these, and no other. */
export interface ServiceFault {
  readonly effects: readonly Effect[];
  readonly expects: readonly string[];
}

/** Something that goes wrong, and who must say so. */
export interface Fault {
  /** In kebab-case, unique. */
  readonly name: string;
  /** What happens in the world, in one sentence. */
  readonly reason: string;
  /** By service. */
  readonly services: Readonly<Record<string, ServiceFault>>;
  /** The file that declares it, for messages. */
  readonly file: string;
}

/** Declares a fault: what it does to each service that it touches, and the alerts of that service that fire. */
export const fault = (name: string, options: Omit<Fault, "name" | "file">): Fault => ({
  ...options,
  name,
  file: fileOfCaller(fault),
});

/** Each series of a gauge is at a level: `sets(database.up, "0%")`. */
export const sets = <D extends Dimension, L extends string>(
  { selection }: Gauge<D, L>,
  level: QuantityText<D>,
): Effect => ({ kind: "level", of: selection, level });

/** Each series of a gauge holds a time that is so long ago, or so long ahead of now. */
export const setsTime = <L extends string>(
  { selection }: Gauge<"time", L>,
  when: { readonly ago: Duration } | { readonly ahead: Duration },
): Effect => ({ kind: "time", of: selection, ...when });

/** Each series of a gauge goes to a level in a straight line: `drifts(disk.free, "0GB", "2h")`. */
export const drifts = <D extends Dimension, L extends string>(
  { selection }: Gauge<D, L>,
  level: QuantityText<D>,
  within: Duration,
): Effect => ({ kind: "drift", of: selection, level, within });

/** All series of a counter together grow so fast: `paces(failed, "5 per second")`. */
export const paces = <D extends Dimension, L extends string>(
  { selection }: Counter<D, L>,
  pace: QuantityText<RateOf<D>>,
): Effect => ({ kind: "pace", of: selection, pace });

/** The value or the pace of each series, times a factor: `scales(http.requests, 0)`. */
export const scales = <D extends Dimension, L extends string>(
  { selection }: Counter<D, L> | Gauge<D, L> | Histogram<D, L>,
  by: number,
): Effect => ({ kind: "scale", of: selection, by });

/** Every observation of a histogram is so many times larger: `stretches(http.duration, 20)`. */
export const stretches = <D extends Dimension, L extends string>(
  { selection }: Histogram<D, L>,
  by: number,
): Effect => ({
  kind: "stretch",
  of: selection,
  by,
});

/** The series are not emitted any more. */
export const vanishes = ({ selection }: { readonly selection: Selection }): Effect => ({
  kind: "vanish",
  of: selection,
});

/** The target does not answer its scrape. */
export const unreachable: Effect = { kind: "unreachable" };

/** The target is not found any more, as after a deployment that never came up: nobody scrapes it. */
export const undiscovered: Effect = { kind: "undiscovered" };
