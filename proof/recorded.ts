import { recordedWindow } from "../constructs/prometheus/recorded-objective";
import { compares } from "../model/comparison";
import {
  type BurnRateCondition,
  burningShare,
  type DefiniteCondition,
  type DefiniteObjective,
  leavesOf,
} from "../model/definite-condition";
import { parseDuration } from "../model/duration";
import type { Expression } from "../model/expression";
import type { Sli } from "../model/objective";
import { parseQuantity } from "../model/quantity";
import { recordedSeries } from "../model/recorded-series";
import { checked, never } from "../model/result";
import {
  bucketRates,
  type Evaluated,
  type EvaluationOptions,
  evaluateAt,
  type Moment,
  momentOf,
  perSecond,
} from "./evaluate-expression";
import { labelsKey, type Sample, type Series, samplesBetween, valueAt } from "./series";

/** Seconds that what is recorded looks back over: a longer window of it sees so much of what was before. */
export const recordedSeconds = checked(parseDuration(recordedWindow));

/** The objectives that a condition's burn rates are about. */
export const objectivesOf = (condition: DefiniteCondition): readonly DefiniteObjective[] => [
  ...new Map(
    leavesOf(condition).flatMap((leaf) =>
      leaf.kind === "burn-rate" ? [[leaf.objective.name, leaf.objective] as const] : [],
    ),
  ).values(),
];

/** What failed and what there was, per second. */
interface Counted {
  readonly errors: readonly Evaluated[];
  readonly events: readonly Evaluated[];
}

/** What is counted of an SLI at a moment; failures that nobody has seen yet are none. */
function countedAt(sli: Sli, moment: Moment): Counted {
  const rate = (of: Extract<Sli, { kind: "latency" }>["of"]): readonly Evaluated[] =>
    evaluateAt({ kind: "rate", of, window: recordedWindow, aggregation: "sum", by: [] }, moment);
  switch (sli.kind) {
    case "events": {
      const [bad, events] = [rate(sli.bad), rate(sli.total)];
      return { errors: bad.length > 0 ? bad : events.map(({ labels }) => ({ labels, value: 0 })), events };
    }
    case "latency": {
      const { of, atMost } = sli;
      const events = rate(of);
      const [fast] = bucketRates({ kind: "fraction", of, atMost, window: recordedWindow, by: [] }, moment);
      return {
        errors: fast === undefined ? [] : events.map(({ labels, value }) => ({ labels, value: value - fast.value })),
        events,
      };
    }
    case "freshness": {
      const bound = perSecond(checked(parseQuantity(sli.atMost)));
      const ages = evaluateAt(sli.of satisfies Expression, moment);
      return {
        errors: ages.map(({ labels, value }) => ({ labels, value: compares(value, ">", bound) ? 1 : 0 })),
        events: ages.map(({ labels }) => ({ labels, value: 1 })),
      };
    }
    default:
      return never(sli);
  }
}

/** Series of values that were found one evaluation after the other; one that is missed ends (Prometheus, "Staleness"). */
function seriesFrom(metric: string, found: readonly (readonly [time: number, values: readonly Evaluated[]])[]) {
  const known = new Map<string, { readonly labels: Series["labels"]; readonly samples: Sample[] }>();
  for (const [time, values] of found) {
    const now = new Set<string>();
    for (const { labels, value } of values) {
      const key = labelsKey(labels);
      now.add(key);
      const series = known.get(key) ?? { labels, samples: [] };
      series.samples.push([time, value]);
      known.set(key, series);
    }
    for (const [key, { samples }] of known)
      if (!now.has(key) && samples.at(-1)?.[1] !== undefined) samples.push([time, undefined]);
  }
  return [...known.values()].map(({ labels, samples }): Series => ({ metric, labels, samples }));
}

/**
 * What the deployed rules record at each evaluation of the objectives that a condition is about: the series that its burn rates read,
 * and that are there when the alerts of the same evaluation are.
 */
export function recordedOf(
  condition: DefiniteCondition,
  series: readonly Series[],
  times: readonly number[],
  options: EvaluationOptions,
): readonly Series[] {
  return objectivesOf(condition).flatMap(({ name, sli }) => {
    const counted = times.map((time) => [time, countedAt(sli, momentOf(series, time, options))] as const);
    const own = { service: options.service ?? "", objective: name };
    return (["errors", "events"] as const).flatMap((what) =>
      seriesFrom(
        recordedSeries[what],
        counted.map(([time, { [what]: values }]) => [
          time,
          values.map(({ labels, value }) => ({ labels: { ...labels, ...own }, value })),
        ]),
      ),
    );
  });
}

/** The share of errors over a window of what was recorded, by labels; none without events. */
function errorRatios(
  { objective }: BurnRateCondition,
  window: string,
  recorded: readonly Series[],
  { time, closed }: Moment,
): ReadonlyMap<string, Evaluated> {
  const totals = (metric: string): readonly Evaluated[] =>
    recorded
      .filter((series) => series.metric === metric && series.labels["objective"] === objective.name)
      .flatMap((series) => {
        if (window === recordedWindow) {
          const value = valueAt(series, time, closed);
          return value === undefined ? [] : [{ labels: series.labels, value }];
        }
        const points = samplesBetween(series, time - checked(parseDuration(window)), time, closed);
        return points.length === 0
          ? []
          : [{ labels: series.labels, value: points.reduce((sum, [, value]) => sum + value, 0) }];
      });
  const events = new Map(totals(recordedSeries.events).map(({ labels, value }) => [labelsKey(labels), value]));
  return new Map(
    totals(recordedSeries.errors).flatMap(({ labels, value }) => {
      const all = events.get(labelsKey(labels));
      return all !== undefined && all > 0 ? [[labelsKey(labels), { labels, value: value / all }] as const] : [];
    }),
  );
}

/** The objectives whose budget burns too fast by what was recorded of them, with the labels that recorded series have. */
export function burning(
  condition: BurnRateCondition,
  recorded: readonly Series[],
  moment: Moment,
): readonly Evaluated[] {
  const limit = Number(burningShare(condition).value);
  const [long, short] = [condition.long, condition.short].map((window) =>
    errorRatios(condition, window, recorded, moment),
  );
  return [...(long ?? [])].flatMap(([key, over]) =>
    over.value > limit && (short?.get(key)?.value ?? 0) > limit ? [over] : [],
  );
}
