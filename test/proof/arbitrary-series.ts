import fc from "fast-check";
import type { DefiniteCondition } from "../../model/definite-condition";
import type { MetricDefinition } from "../../model/metric";
import { absentSelections, comparedExpressions, leafExpressions } from "../../proof/leaves";
import type { InputSeries, Stretch } from "../../proof/notation";

/** The metrics that a condition reads. */
const metricsOf = (condition: DefiniteCondition): readonly MetricDefinition[] => [
  ...new Map(
    [
      ...comparedExpressions(condition)
        .flatMap(leafExpressions)
        .map(({ of }) => of),
      ...absentSelections(condition),
    ].map(({ metric }) => [metric.name, metric] as const),
  ).values(),
];

/** Samples from beginning to end; what comes is about as long as a test. */
const length = fc.integer({ min: 1, max: 60 });

/** Values of every order of magnitude that the thresholds have, with exact ones among them. */
const level = fc.oneof(
  fc.constantFrom(0, 1, 20, 40, 80, 90, 900, 3600, 1e9, 5e9),
  fc.double({ min: 0, max: 100, noNaN: true }),
  fc.double({ min: 0, max: 4e9, noNaN: true }),
);

const silence: fc.Arbitrary<readonly Stretch[]> = fc.oneof(
  length.map((count) => [{ kind: "missing" as const, count }]),
  length.map((count) => [{ kind: "stale" as const }, { kind: "missing" as const, count }]),
);

const gaugeStretches: fc.Arbitrary<readonly Stretch[]> = fc
  .array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc
          .record({
            kind: fc.constant("line" as const),
            from: level,
            step: fc.constantFrom(0, 0, 0.5, -0.25, 1e7),
            count: length,
          })
          .map((line) => [line]),
      },
      { weight: 1, arbitrary: silence },
    ),
    { minLength: 2, maxLength: 7 },
  )
  .map((parts) => parts.flat());

/** What a counter or all counters of a histogram do: they grow, stand still, restart, are not there. */
type Turn = { readonly kind: "grow" | "restart" | "gone"; readonly count: number; readonly slopes: readonly number[] };

const turns = (width: number): fc.Arbitrary<readonly Turn[]> =>
  fc.array(
    fc.record({
      kind: fc.constantFrom("grow" as const, "grow" as const, "grow" as const, "restart" as const, "gone" as const),
      count: length,
      slopes: fc.array(fc.constantFrom(0, 0, 1, 3, 10, 0.5, 200), { minLength: width, maxLength: width }),
    }),
    { minLength: 2, maxLength: 7 },
  );

/** The stretches of one counter; `place` is its place among those of a histogram, whose buckets hold those below them. */
function counterStretches(all: readonly Turn[], place: number): readonly Stretch[] {
  let value = 0;
  return all.flatMap(({ kind, count, slopes }): readonly Stretch[] => {
    if (kind === "gone") return [{ kind: "missing", count }];
    const step = 60 * slopes.slice(0, place + 1).reduce((sum, slope) => sum + slope, 0);
    const from = kind === "restart" ? 0 : value + step;
    value = from + step * (count - 1);
    return [{ kind: "line", from, step, count }];
  });
}

const seriesOfMetric = (
  metric: MetricDefinition,
  labels: Readonly<Record<string, string>>,
): fc.Arbitrary<readonly InputSeries[]> => {
  switch (metric.type) {
    case "gauge":
      return gaugeStretches.map((stretches) => [{ metric: metric.name, labels, stretches }]);
    case "counter":
      return turns(1).map((all) => [{ metric: metric.name, labels, stretches: counterStretches(all, 0) }]);
    case "histogram": {
      const bounds = [...(metric.buckets ?? []).map(String), "+Inf"];
      return turns(bounds.length).map((all) => [
        ...bounds.map((le, place) => ({
          metric: `${metric.name}_bucket`,
          labels: { ...labels, le },
          stretches: counterStretches(all, place),
        })),
        { metric: `${metric.name}_count`, labels, stretches: counterStretches(all, bounds.length - 1) },
      ]);
    }
  }
};

const valuesOf: Readonly<Record<string, readonly string[]>> = {
  status: ["200", "204", "500", "503"],
  method: ["GET", "POST"],
  mode: ["user", "idle", "system"],
  mount: ["/data", "/var"],
};

/** Labels of a series, of the service or of another one. */
const labelsOf = ({ labels }: MetricDefinition): fc.Arbitrary<Readonly<Record<string, string>>> =>
  fc
    .tuple(
      fc.constantFrom("shop", "shop", "shop", "other"),
      fc.constantFrom("a:1", "b:1"),
      ...Object.keys(labels).map((label) =>
        fc.constantFrom(...(valuesOf[label] ?? ["x"])).map((value) => [label, value] as const),
      ),
    )
    .map(([job, instance, ...rest]) => ({ job, instance, ...Object.fromEntries(rest) }));

/** Series of everything that a condition reads: several of each metric or none, with gaps, restarts and endings. */
export const seriesFor = (condition: DefiniteCondition): fc.Arbitrary<readonly InputSeries[]> =>
  fc
    .tuple(
      ...metricsOf(condition).map((metric) =>
        fc
          .uniqueArray(labelsOf(metric), { maxLength: 4, selector: (labels) => JSON.stringify(labels) })
          .chain((sets) => fc.tuple(...sets.map((labels) => seriesOfMetric(metric, labels))))
          .map((series) => series.flat()),
      ),
    )
    .map((all) => all.flat());
