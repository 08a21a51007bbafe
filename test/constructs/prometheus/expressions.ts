import fc from "fast-check";
import type { Expression, LabelMatcher, Selection } from "../../../model/expression";
import { type MetricType, type MetricUnit, metricUnits } from "../../../model/metric";

const labels = ["method", "endpoint", "status", "on", "group"] as const;

/** Texts that people put into labels, and those that a query language trips over. */
export const labelValue = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom("a", ".", "*", "|", "(", "[", "\\", '"', "{", "$", "\n", "ü") }),
);

const matcher: fc.Arbitrary<LabelMatcher> = fc.oneof(
  fc.record({
    label: fc.constantFrom(...labels),
    kind: fc.constantFrom("equals" as const, "not-equals" as const, "starts-with" as const),
    value: labelValue,
  }),
  fc.record({
    label: fc.constantFrom(...labels),
    kind: fc.constant("one-of" as const),
    values: fc.array(labelValue, { minLength: 1, maxLength: 3 }),
  }),
);

const units = Object.keys(metricUnits).filter((unit): unit is MetricUnit => unit in metricUnits);

const selection = (type: MetricType): fc.Arbitrary<Selection> =>
  fc.record({
    metric: fc.constantFrom(...units).map((unit) => ({
      type,
      name: `example_${type}_${unit}`,
      prometheus: true,
      help: "",
      unit,
      labels: Object.fromEntries(labels.map((label) => [label, { kind: "bounded", max: 9, example: "x" } as const])),
    })),
    where: fc.array(matcher, { maxLength: 3 }),
  });

const window = fc.constantFrom("30s", "5m", "1.5h", "1h", "30d", "2w");

const leaf = (by: readonly string[]): fc.Arbitrary<Expression> =>
  fc.oneof(
    fc.record({
      kind: fc.constant("value" as const),
      of: selection("gauge"),
      aggregation: fc.constantFrom("sum", "avg", "max", "min"),
      by: fc.constant(by),
    }),
    fc.record({
      kind: fc.constant("rate" as const),
      of: fc.oneof(selection("counter"), selection("histogram")),
      window,
      aggregation: fc.constantFrom("sum", "avg", "max", "min", "count"),
      by: fc.constant(by),
    }),
    fc.record({
      kind: fc.constant("increase" as const),
      of: fc.oneof(selection("counter"), selection("histogram")),
      window,
      by: fc.constant(by),
    }),
    fc.record({
      kind: fc.constant("quantile" as const),
      quantile: fc.double({ min: 0, max: 1, noNaN: true }),
      of: selection("histogram"),
      window,
      by: fc.constant(by),
    }),
  );

const tree = (by: readonly string[], depth: number): fc.Arbitrary<Expression> =>
  depth === 0
    ? leaf(by)
    : fc.oneof(
        leaf(by),
        fc.subarray([...by]).chain((kept) =>
          fc.record({
            kind: fc.constant("ratio" as const),
            numerator: tree(by, depth - 1),
            denominator: tree(kept, depth - 1),
          }),
        ),
        fc.record({ kind: fc.constant("complement" as const), of: tree(by, depth - 1) }),
      );

/** Any expression that Prometheus can evaluate. */
export const expression: fc.Arbitrary<Expression> = fc.subarray([...labels]).chain((by) => tree(by, 3));
