import type { Expression, Selection } from "./expression";
import type { Counter, Histogram, Indicator } from "./indicator";

/** What a telemetry contract offers to be promised on; the promise itself says how much, and how fast. */
export type SliSource =
  | { readonly kind: "events"; readonly bad: Selection; readonly total: Selection }
  | { readonly kind: "latency"; readonly of: Selection }
  | { readonly kind: "freshness"; readonly of: Expression };

/** Failed events, of all: `events(requests.where({ status: startsWith("5") }), requests)`. */
export const events = (bad: Counter, total: Counter): SliSource => ({
  kind: "events",
  bad: bad.selection,
  total: total.selection,
});

/** How long things take. */
export const latencyOf = (duration: Histogram<"time">): SliSource => ({ kind: "latency", of: duration.selection });

/** How old the newest of something is. */
export const ageOf = (age: Indicator<"time">): SliSource => ({ kind: "freshness", of: age.expression });
