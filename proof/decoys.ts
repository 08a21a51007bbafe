import type { Aggregation, Expression } from "../model/expression";
import { type Cell, decoyOf, finds, matchersIn } from "./cells";
import { isLeaf } from "./demands";
import { selectionKey } from "./leaf-target";
import { leafExpressions } from "./leaves";
import type { Motion } from "./motions";

/** How much more a series that must not count emits than one that does. */
const loud = 1000;

/** In which ways the series of each selection are combined, by the selection's key. */
export function aggregations(expressions: readonly Expression[]): ReadonlyMap<string, readonly Aggregation[]> {
  const ways = new Map<string, readonly Aggregation[]>();
  for (const leaf of expressions.flatMap(leafExpressions)) {
    const key = selectionKey(leaf.of);
    const known = ways.get(key) ?? [];
    const way =
      leaf.kind === "value" || leaf.kind === "rate" || leaf.kind === "forecast" ? leaf.aggregation : ("sum" as const);
    if (!known.includes(way)) ways.set(key, [...known, way]);
  }
  return ways;
}

/** The selections that something else is divided by, and that nothing else reads. */
export function denominators(expressions: readonly Expression[]): ReadonlySet<string> {
  const below = new Set<string>();
  const elsewhere = new Set<string>();
  const walk = (expression: Expression, into: Set<string>): void => {
    if (isLeaf(expression)) into.add(selectionKey(expression.of));
    else if (expression.kind === "ratio") {
      walk(expression.numerator, elsewhere);
      walk(expression.denominator, below);
    } else if (expression.kind !== "log-count") walk(expression.of, into);
  };
  for (const expression of expressions) walk(expression, elsewhere);
  return new Set([...below].filter((key) => !elsewhere.has(key)));
}

/** What a series does that must not count, so that it would be noticed if it did. */
function decoyMotion(motions: readonly Motion[], aggregation: Aggregation, times: number): Motion {
  const numbers = motions.filter(({ kind }) => kind !== "absent").flatMap((motion) => motion.numbers);
  const most = Math.max(1e-9, ...numbers.map(Math.abs));
  const least = Math.min(...numbers);
  const sample = motions.find(({ kind }) => kind !== "absent");
  if (sample === undefined) return { kind: "level", numbers: [1] };
  switch (sample.kind) {
    case "growth": {
      const [lowest = 0] = sample.numbers;
      const all = sample.numbers.at(-1) ?? 0;
      // A histogram's decoys are all fast, or all slow where the others are fast.
      if (sample.numbers.length > 1)
        return {
          kind: "growth",
          numbers: sample.numbers.map((_, at) =>
            at < sample.numbers.length - 1 && lowest > all / 2 ? 0 : most * times,
          ),
        };
      return { kind: "growth", numbers: [aggregation === "min" ? 0 : most * times] };
    }
    case "number":
      return { kind: "number", numbers: [1] };
    case "level":
    case "trend":
    case "absent":
      return {
        kind: "level",
        numbers: [aggregation === "min" ? (least > 0 ? 0 : least - most * times) : most * times],
      };
  }
}

/** A series that must not count, and what it does all the time. */
export interface Decoy {
  readonly cell: Cell;
  readonly motion: Motion;
}

/** A counter or histogram that is only asked to be there grows. */
const present = ({ of: { metric } }: Cell): Motion =>
  metric.type === "gauge"
    ? { kind: "level", numbers: [1] }
    : {
        kind: "growth",
        numbers: Array.from({ length: metric.type === "histogram" ? (metric.buckets?.length ?? 0) + 1 : 1 }, () => 1),
      };

/**
 * Series beside those that count, each of which one matcher alone keeps out: the same of another service, and for every matcher one that
 * it does not pass. Were the matcher missing, they would decide: they are loud, or break another group's limit.
 */
export function decoysOf(
  cells: readonly Cell[],
  expressions: readonly Expression[],
  by: readonly string[],
  motionsBy: {
    readonly all: (index: number) => readonly Motion[];
    readonly firing: (index: number) => Motion | undefined;
  },
  service: string,
): readonly Decoy[] {
  const selections = cells.map(({ of }) => of);
  const combine = aggregations(expressions);
  const below = denominators(expressions);
  const decoy = (cell: Cell, index: number, label: string): Decoy => {
    const key = selectionKey(cell.of);
    const motions = motionsBy.all(index);
    const firing = motionsBy.firing(index);
    if (!combine.has(key)) return { cell, motion: present(cell) };
    if (by.includes(label) && firing !== undefined)
      return { cell, motion: firing.kind === "trend" ? { kind: "level", numbers: firing.numbers } : firing };
    return { cell, motion: decoyMotion(motions, combine.get(key)?.[0] ?? "sum", below.has(key) ? 1 : loud) };
  };
  return cells.flatMap((cell, index) => {
    const elsewhere: Cell = { of: cell.of, labels: { ...cell.labels, job: `not-${service}` } };
    const unmatched = matchersIn(selections).flatMap((matcher) => {
      const found = decoyOf(cell, matcher, selections, service);
      return found === undefined || selections.some((selection) => finds(selection, found))
        ? []
        : [decoy(found, index, matcher.label)];
    });
    return [decoy(elsewhere, index, "job"), ...unmatched];
  });
}
