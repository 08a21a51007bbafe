import Big from "big.js";
import fc from "fast-check";
import type { DefiniteCondition } from "../../../model/definite-condition";
import type { Duration } from "../../../model/duration";
import { dimensionOf, type Expression, type LabelMatcher, type Selection } from "../../../model/expression";
import type { MetricType, MetricUnit } from "../../../model/metric";
import type { Quantity } from "../../../model/quantity";
import { labelValue } from "../prometheus/expressions";

const labels = ["method", "endpoint", "status"] as const;

/** Plain values mostly, so that whole conditions are rendered, and now and then one that trips a query language. */
const value = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom("200", "/orders", "GET") },
  { weight: 1, arbitrary: labelValue },
);

const matcher: fc.Arbitrary<LabelMatcher> = fc.oneof(
  fc.record({
    label: fc.constantFrom(...labels),
    kind: fc.constantFrom("equals" as const, "not-equals" as const, "starts-with" as const),
    value,
  }),
  fc.record({
    label: fc.constantFrom(...labels),
    kind: fc.constant("one-of" as const),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  }),
);

const selection = (type: MetricType): fc.Arbitrary<Selection> =>
  fc.record({
    metric: fc
      .tuple(
        fc.constantFrom<MetricUnit>("seconds", "milliseconds", "bytes", "ratio", "percent", "requests"),
        fc.boolean(),
        fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
      )
      .map(([unit, other, held]) => ({
        type,
        name: `example_${type}_${unit}`,
        prometheus: true,
        help: "",
        unit,
        labels: Object.fromEntries(labels.map((label) => [label, { kind: "bounded", max: 9, example: "x" } as const])),
        ...(held ? { datadog: { name: `example.${type}.${unit}${other ? ".other" : ""}` } } : {}),
      })),
    where: fc.array(matcher, { maxLength: 2 }),
  });

const window = fc.constantFrom<Duration>("30s", "5m", "1.5h", "1h", "2w");
const aggregation = fc.constantFrom("sum", "avg", "max", "min", "count");
const by = fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray([...labels]) });

const gauge: fc.Arbitrary<Expression> = fc.record({
  kind: fc.constant("value" as const),
  of: selection("gauge"),
  aggregation,
  by,
});

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  gauge,
  fc.record({
    kind: fc.constant("rate" as const),
    of: fc.oneof(selection("counter"), selection("histogram")),
    window,
    aggregation,
    by,
  }),
  fc.record({
    kind: fc.constant("increase" as const),
    of: fc.oneof(selection("counter"), selection("histogram")),
    window,
    by,
  }),
  fc.record({
    kind: fc.constant("quantile" as const),
    quantile: fc.double({ min: 0, max: 1, noNaN: true }),
    of: selection("histogram"),
    window,
    by,
  }),
  fc.record({
    kind: fc.constant("fraction" as const),
    of: selection("histogram"),
    atMost: fc.constantFrom("500ms" as const, "1s" as const),
    window,
    by,
  }),
  fc.record({
    kind: fc.constant("forecast" as const),
    of: selection("gauge"),
    window,
    ahead: fc.constantFrom<Duration>("4h", "12h", "1d", "3w", "300d"),
    aggregation,
    by,
  }),
  fc.record({
    kind: fc.constant("log-count" as const),
    filter: fc.record({ kind: fc.constant("equals" as const), field: fc.constantFrom("level", "path"), value }),
    window,
  }),
);

const expression: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    leaf,
    fc.record({ kind: fc.constant("ratio" as const), numerator: tie("tree"), denominator: tie("tree") }),
    fc.record({ kind: fc.constant("complement" as const), of: tie("tree") }),
    fc.record({
      kind: fc.constant("time-share" as const),
      of: tie("tree"),
      comparison: fc.constant(">" as const),
      bound: fc.constant("1h" as const),
      window,
    }),
  ),
})).tree;

const number = fc
  .tuple(fc.integer({ min: 0, max: 10 ** 6 }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, decimals]) => {
    return new Big(digits).div(new Big(10).pow(decimals));
  });

const quantityFor = (of: Expression): fc.Arbitrary<Quantity> =>
  fc.tuple(number, fc.constantFrom("second" as const, "hour" as const)).map(([amount, per]): Quantity => {
    const dimension = dimensionOf(of);
    const counted = dimension === "frequency" || dimension === "throughput" ? { per } : {};
    return { dimension, value: amount, text: amount.toFixed(), ...counted };
  });

const simple: fc.Arbitrary<DefiniteCondition> = fc.oneof(
  expression.chain((of) =>
    fc.record({
      kind: fc.constant("compare" as const),
      expression: fc.constant(of),
      comparison: fc.constantFrom(">" as const, ">=" as const, "<" as const, "<=" as const),
      threshold: quantityFor(of),
    }),
  ),
  expression.chain((of) =>
    fc.record({
      kind: fc.constant("outside" as const),
      expression: fc.constant(of),
      low: quantityFor(of),
      high: quantityFor(of),
    }),
  ),
  fc.record({
    kind: fc.constant("absent" as const),
    of: fc.oneof(selection("gauge"), selection("counter"), selection("histogram")),
  }),
  fc.record({
    kind: fc.constant("anomaly" as const),
    expression,
    deviations: fc.double({ min: 0.5, max: 5, noNaN: true }),
    direction: fc.constantFrom("above" as const, "below" as const, "either" as const),
    baseline: fc.constantFrom<Duration>("1h", "1d", "1w"),
  }),
  fc.record({
    kind: fc.constant("burn-rate" as const),
    objective: fc.record({
      name: fc.constant("availability"),
      sli: fc.oneof(
        fc.record({ kind: fc.constant("events" as const), bad: selection("counter"), total: selection("counter") }),
        fc.record({
          kind: fc.constant("latency" as const),
          of: selection("histogram"),
          atMost: fc.constantFrom("500ms" as const, "1s" as const),
        }),
        fc.record({ kind: fc.constant("freshness" as const), of: gauge, atMost: fc.constant("1h" as const) }),
      ),
      target: fc
        .constantFrom("0.9", "0.999", "0.9999995")
        .map((share) => ({ dimension: "ratio" as const, value: new Big(share), text: `${share} of one` })),
      window: fc.constantFrom("7d" as const, "28d" as const, "30d" as const, "90d" as const),
    }),
    factor: fc.constantFrom("1", "6", "14.4").map((factor) => new Big(factor)),
    long: fc.constantFrom<Duration>("30m", "1h", "6h", "3d"),
    short: fc.constantFrom<Duration>("5m", "30m", "6h"),
  }),
  fc.record({
    kind: fc.constant("raw" as const),
    language: fc.constantFrom("datadog" as const, "promql" as const),
    text: fc.constantFrom(
      "avg(last_5m):avg:a{*} > 1",
      'logs("status:error").index("*").rollup("count").last("5m") > 10',
      "up == 0",
    ),
  }),
);

/** Any condition, definite. */
export const condition: fc.Arbitrary<DefiniteCondition> = fc.letrec<{ tree: DefiniteCondition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    { weight: 3, arbitrary: simple },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom("and" as const, "or" as const, "unless" as const),
        left: tie("tree"),
        right: tie("tree"),
      }),
    },
  ),
})).tree;
