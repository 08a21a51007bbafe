import { parseDuration } from "../model/duration";
import type { Expression, Selection } from "../model/expression";
import { parseQuantity } from "../model/quantity";
import { checked, fail, never, ok, type Result } from "../model/result";
import { unitOf } from "./evaluate-expression";

/** An expression that reads series itself. */
export type LeafExpression = Extract<
  Expression,
  { kind: "value" | "rate" | "increase" | "quantile" | "fraction" | "forecast" }
>;

/** Whether larger values do as well, or smaller ones. */
export type Also = "larger" | "smaller";

/** What a value is wanted for. */
export interface Wanted {
  readonly value: number;
  /** Whether a threshold is crossed by it. */
  readonly crosses: boolean;
  readonly also?: Also;
}

/** What the series of one selection must do during a phase, in the metric's own unit. */
export type Target =
  /** A gauge that stays at a level. */
  | { readonly kind: "level"; readonly level: number; readonly also?: Also }
  /** A gauge on its way to `predicted`: it crosses a threshold once its window is full, or comes near to it at the end. */
  | {
      readonly kind: "trend";
      readonly predicted: number;
      readonly window: number;
      readonly ahead: number;
      readonly crosses: boolean;
      /** Whether it may lead further, or less far. */
      readonly side?: Also;
      /** The level that it must not leave meanwhile, but on the side that does as well. */
      readonly level?: number;
      readonly also?: Also;
    }
  /** So many series. */
  | { readonly kind: "number"; readonly number: number }
  /** A counter that grows, per second. */
  | { readonly kind: "slope"; readonly slope: number }
  /** Observations, per second, of which a share is at most a bound. */
  | { readonly kind: "observations"; readonly perSecond?: number; readonly shares: readonly Share[] }
  /** No series at all. */
  | { readonly kind: "absent" };

/** The share of observations that lies at or below a bound, which may be within a bucket. */
export interface Share {
  readonly share: number;
  readonly atMost: number;
}

/** One text for one selection. */
export const selectionKey = ({ metric, where }: Selection): string => JSON.stringify([metric.name, where]);

const secondsOf = (duration: string): number => checked(parseDuration(duration));

/** What the series of a leaf must do for it to have a value, in the base unit of its dimension. */
export function targetOf(leaf: LeafExpression, { value, crosses, also }: Wanted): Target {
  const unit = unitOf(leaf.of);
  const histogram = leaf.of.metric.type === "histogram";
  switch (leaf.kind) {
    case "value":
      return leaf.aggregation === "count"
        ? { kind: "number", number: value }
        : { kind: "level", level: value / unit, ...(also === undefined ? {} : { also }) };
    case "rate":
      return histogram
        ? { kind: "observations", perSecond: value, shares: [] }
        : { kind: "slope", slope: value / unit };
    case "increase": {
      const perSecond = value / secondsOf(leaf.window);
      return histogram ? { kind: "observations", perSecond, shares: [] } : { kind: "slope", slope: perSecond / unit };
    }
    case "quantile":
      return { kind: "observations", shares: [{ share: leaf.quantile, atMost: value / unit }] };
    case "fraction":
      return {
        kind: "observations",
        shares: [{ share: value, atMost: Number(checked(parseQuantity(leaf.atMost)).value) / unit }],
      };
    case "forecast":
      return {
        kind: "trend",
        predicted: value / unit,
        window: secondsOf(leaf.window),
        ahead: secondsOf(leaf.ahead),
        crosses,
        ...(also === undefined ? {} : { side: also }),
      };
    default:
      return never(leaf);
  }
}

const near = (left: number, right: number): boolean =>
  Math.abs(left - right) <= 1e-9 * Math.max(Math.abs(left), Math.abs(right));

type Level = Extract<Target, { kind: "level" }>;
type Trend = Extract<Target, { kind: "trend" }>;

/** A gauge that is on its way somewhere and meanwhile stays on one side of a level. */
const trendAt = (trend: Trend, { level, also }: Level): Target => ({
  ...trend,
  level,
  ...(also === undefined ? {} : { also }),
});

/** Both demands on the same series at once, or why that cannot be. */
export function merged(one: Target, other: Target, metric: string): Result<Target> {
  const conflict = fail(`two parts of the condition want different things of ${metric} at once`);
  if (one.kind === "level" && other.kind === "level") return near(one.level, other.level) ? ok(one) : conflict;
  if (one.kind === "slope" && other.kind === "slope") return near(one.slope, other.slope) ? ok(one) : conflict;
  if (one.kind === "number" && other.kind === "number") return one.number === other.number ? ok(one) : conflict;
  if (one.kind === "trend" && other.kind === "level" && one.level === undefined) return ok(trendAt(one, other));
  if (one.kind === "level" && other.kind === "trend" && other.level === undefined) return ok(trendAt(other, one));
  if (one.kind === "trend" && other.kind === "trend")
    return near(one.predicted, other.predicted) && one.ahead === other.ahead && one.crosses === other.crosses
      ? ok(one)
      : conflict;
  if (one.kind === "absent" && other.kind === "absent") return ok(one);
  if (one.kind === "observations" && other.kind === "observations") {
    const [mine, theirs] = [one.perSecond, other.perSecond];
    if (mine !== undefined && theirs !== undefined && !near(mine, theirs)) return conflict;
    const perSecond = mine ?? theirs;
    const added = other.shares.filter(
      (share) => !one.shares.some((known) => near(known.share, share.share) && near(known.atMost, share.atMost)),
    );
    const shares = [...one.shares, ...added];
    return ok({ kind: "observations", shares, ...(perSecond === undefined ? {} : { perSecond }) });
  }
  return conflict;
}
