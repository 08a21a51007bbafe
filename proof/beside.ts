import { labelsOf } from "../model/expression";
import { cellsOf, hasGroups } from "./cells";
import { decoysOf } from "./decoys";
import { emit } from "./emit";
import { leafExpressions } from "./leaves";
import { emitted, type Leg, lengthOf, type Prepared } from "./legs";
import type { InputSeries } from "./notation";
import type { Clock } from "./schedule";

/** Everything beside the series that decide: another group that is well all the time, and what no matcher lets in. */
export function beside(prepared: Prepared, legs: readonly Leg[], clock: Clock): readonly InputSeries[] {
  const { cells, by, selections, expressions, service } = prepared;
  const samples = Math.round(lengthOf(legs) / clock.interval);
  const alike = expressions.every((expression) => {
    const kept = labelsOf(expression);
    return leafExpressions(expression).every((leaf) => leaf.by.length === kept.length) && kept.length === by.length;
  });
  const firing = legs.find(({ holds }) => holds);
  const others = hasGroups(selections, by, service) && alike ? cellsOf(selections, by, 1, service) : [];
  const silentLegs = legs.map((leg) =>
    leg.holds ? { ...leg, motions: calm(legs)?.motions ?? leg.motions, holds: false } : leg,
  );
  const bystander = emitted(others, by, silentLegs, clock);
  const decoys = decoysOf(
    cells,
    expressions,
    by,
    {
      all: (index) => legs.flatMap(({ motions }) => motions[index] ?? []),
      firing: (index) => firing?.motions[index],
    },
    service,
  ).flatMap(({ cell, motion }) => emit(cell, [{ motion, samples }], by, clock.interval));
  const keyOf = ({ metric, labels }: InputSeries): string => JSON.stringify([metric, Object.entries(labels).sort()]);
  const taken = new Set(emitted(cells, by, legs, clock).map(keyOf));
  return [...bystander, ...decoys].filter((series) => {
    if (taken.has(keyOf(series))) return false;
    taken.add(keyOf(series));
    return true;
  });
}

/** A phase in which nothing is wrong. */
const calm = (legs: readonly Leg[]): Leg | undefined => legs.findLast(({ holds }) => !holds);
