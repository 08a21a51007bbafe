import { never } from "../model/result";
import type { Cell } from "./cells";
import type { Also } from "./leaf-target";
import type { Motion } from "./motions";
import type { InputSeries, Stretch } from "./notation";
import type { Labels } from "./series";

/** What a series does for a while. */
export type Course =
  /** Jumps to a level and stays. */
  | { readonly kind: "level"; readonly level: number }
  /** Grows from where it is, per second. */
  | { readonly kind: "growth"; readonly slope: number }
  /** Jumps to where a line begins, or goes on from where it is, and follows it; per second. */
  | { readonly kind: "line"; readonly from: number | undefined; readonly slope: number }
  | { readonly kind: "absent" };

/** A course, and for how many samples. */
export interface Leg {
  readonly course: Course;
  readonly samples: number;
}

/** The stretches of a series that runs through its legs, `interval` seconds from sample to sample. */
export function stretchesOf(legs: readonly Leg[], interval: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let last: number | undefined;
  let there = false;
  const line = (from: number, step: number, count: number): void => {
    stretches.push({ kind: "line", from, step, count });
    let value = from;
    for (let index = 1; index < count; index++) value += step;
    last = value;
    there = true;
  };
  for (const { course, samples } of legs) {
    if (samples === 0) continue;
    switch (course.kind) {
      case "level":
        line(course.level, 0, samples);
        break;
      case "growth": {
        const step = course.slope * interval;
        line(last === undefined ? 0 : last + step, step, samples);
        break;
      }
      case "line": {
        const step = course.slope * interval;
        line(course.from ?? (last === undefined ? 0 : last + step), step, samples);
        break;
      }
      case "absent":
        if (there) stretches.push({ kind: "stale" });
        if (samples > (there ? 1 : 0)) stretches.push({ kind: "missing", count: samples - (there ? 1 : 0) });
        there = false;
        break;
    }
  }
  return stretches;
}

/** What a cell does during a phase, and for how long. */
export interface CellLeg {
  readonly motion: Motion;
  readonly samples: number;
}

const first = (numbers: readonly number[]): number => numbers[0] ?? 0;

/** Where a trend that does not cross begins: twice as far as it will be, or half as far, on the side that it comes from. */
function trendStart(legs: readonly CellLeg[]): number {
  const trends = legs.flatMap(({ motion }) => (motion.kind === "trend" ? [motion] : []));
  const short = first(trends.find(({ crosses }) => !crosses)?.numbers ?? [0]);
  const beyond = first(trends.find(({ crosses }) => crosses)?.numbers ?? [short]);
  const size = Math.abs(short) || 1;
  return beyond < short ? short + size : short - size / 2;
}

/**
 * Where a trend begins that must stay on one side of a level while it goes on for `part` of its way: at the level where it leads
 * further away from it, else so far away that it comes to the level at its end.
 */
function heldStart(target: number, level: number, also: Also | undefined, part: number): number {
  const leads = target < level ? "smaller" : "larger";
  return also === undefined || also === leads ? level : (level - target * part) / (1 - part);
}

/** The legs of a gauge or of a counter. */
function simpleLegs(legs: readonly CellLeg[], interval: number): readonly Leg[] {
  const begin = trendStart(legs);
  let value = begin;
  return legs.map(({ motion, samples }, index): Leg => {
    switch (motion.kind) {
      case "level":
        return { samples, course: { kind: "level", level: first(motion.numbers) } };
      case "growth":
        return { samples, course: { kind: "growth", slope: first(motion.numbers) } };
      case "absent":
        return { samples, course: { kind: "absent" } };
      case "number":
        return { samples, course: { kind: "level", level: 1 } };
      case "trend": {
        const before = legs[index - 1]?.motion;
        const held = motion.numbers[1];
        // It goes on from where a trend that did not cross has come to.
        const goesOn = held === undefined && motion.crosses && before?.kind === "trend" && !before.crosses;
        const seconds = (goesOn ? samples : samples - 1) * interval;
        const target = first(motion.numbers);
        const place = goesOn ? value : (held ?? begin);
        // It must lead there from the moment on when its window is full, or not before the next sample after the end.
        const early = motion.side === undefined ? motion.crosses : (motion.side === "smaller") === target < place;
        const time = (early ? motion.window : seconds) + interval + motion.ahead;
        const at = held === undefined ? place : heldStart(target, held, motion.also, seconds / time);
        const slope = (target - at) / time;
        value = at + slope * seconds;
        const from = goesOn ? undefined : at;
        return { samples, course: { kind: "line", from, slope } };
      }
      default:
        return never(motion);
    }
  });
}

/** As `le` is written: +Inf last. */
const boundLabel = (bounds: readonly number[], index: number): string => {
  const bound = bounds[index];
  return bound === undefined ? "+Inf" : String(bound);
};

/** Another instance of the same, for what counts series. */
const another = (labels: Labels, label: string, number: number): Labels =>
  number === 0 ? labels : { ...labels, [label]: `${labels[label] ?? label}-${number}` };

/** The label that keeps apart the series that are counted: any that no matcher pins and no group is made of. */
export const freeLabel = ({ of, labels }: Cell, by: readonly string[]): string | undefined =>
  ["instance", ...Object.keys(of.metric.labels)].find(
    (label) =>
      !by.includes(label) && labels[label] !== undefined && of.where.every((matcher) => matcher.label !== label),
  );

/** The series of a cell through all its phases: one of a gauge or counter, and of a histogram one for each bucket and the count. */
export function emit(
  cell: Cell,
  legs: readonly CellLeg[],
  by: readonly string[],
  interval: number,
): readonly InputSeries[] {
  const { metric } = cell.of;
  if (metric.type === "histogram") {
    const bounds = metric.buckets ?? [];
    const course = ({ motion }: CellLeg, index: number): Course =>
      motion.kind === "absent" ? { kind: "absent" } : { kind: "growth", slope: motion.numbers[index] ?? 0 };
    const bucket = (index: number): readonly Leg[] =>
      legs.map((leg) => ({ samples: leg.samples, course: course(leg, index) }));
    const buckets = Array.from({ length: bounds.length + 1 }, (_, index) => ({
      metric: `${metric.name}_bucket`,
      labels: { ...cell.labels, le: boundLabel(bounds, index) },
      stretches: stretchesOf(bucket(index), interval),
    }));
    const count = {
      metric: `${metric.name}_count`,
      labels: cell.labels,
      stretches: stretchesOf(bucket(bounds.length), interval),
    };
    return [...buckets, count];
  }
  const most = Math.max(0, ...legs.map(({ motion }) => (motion.kind === "number" ? first(motion.numbers) : 1)));
  const label = freeLabel(cell, by) ?? "instance";
  return Array.from({ length: most }, (_, number) => ({
    metric: metric.name,
    labels: another(cell.labels, label, number),
    stretches: stretchesOf(
      simpleLegs(legs, interval).map((leg, index) => {
        const motion = legs[index]?.motion;
        const there = motion?.kind !== "number" || number < first(motion.numbers);
        return there ? leg : { ...leg, course: { kind: "absent" } };
      }),
      interval,
    ),
  }));
}
