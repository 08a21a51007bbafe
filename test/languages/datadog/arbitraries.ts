import fc from "fast-check";
import {
  allSearches,
  anySearch,
  anyText,
  between,
  compareTo,
  type DatadogLogSearch,
  everyLog,
  excluding,
  freeText,
  inCidr,
  matchField,
  oneCharacter,
  pattern,
  phrase,
  type SearchText,
  type SearchValue,
  word,
} from "../../../languages/datadog/log-search";
import {
  arithmetic,
  asCount,
  asRate,
  functionCall,
  type MetricExpression,
  metricQuery,
  modified,
  namedArgument,
  negated,
  numberLiteral,
  type SpaceAggregator,
  textArgument,
  wordArgument,
} from "../../../languages/datadog/metric-expression";
import {
  allScopes,
  anyScope,
  bareTag,
  everywhere,
  type Scope,
  tag,
  tagIn,
  without,
} from "../../../languages/datadog/metric-scope";
import {
  type DatadogMonitorQuery,
  logMonitorQuery,
  MEASURE_METHODS,
  MONITOR_COMPARATORS,
  metricMonitorQuery,
} from "../../../languages/datadog/monitor-query";
import { queriesIn } from "../../../languages/datadog/monitor-rules";

/** Records as the parsers make them, with a prototype. */
const record = <T extends object>(model: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>({ ...model }, { noNullPrototype: true });

const letters = (from: string, least: number, most: number) =>
  fc.string({ unit: fc.constantFrom(...from), minLength: least, maxLength: most });

const name = (rest: string) =>
  fc.tuple(letters("abcxyzé", 1, 1), letters(rest, 0, 8)).map(([first, tail]) => first + tail);

const tagKey = name("abz09_-./é").filter((key) => !/^(and|or|not|in)$/i.test(key));
const tagValue = letters("aZ09_-./:*é", 1, 8).filter((value) => !value.endsWith(":"));

const scopeLeaf: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant(everywhere),
  fc.tuple(tagKey, tagValue).map(([key, value]) => tag(key, value)),
  tagKey.map(bareTag),
  fc.tuple(tagKey, tagValue, fc.array(tagValue, { maxLength: 2 })).map(([key, one, more]) => tagIn(key, one, ...more)),
);

const scope: fc.Arbitrary<Scope> = fc.letrec<{ scope: Scope }>((tie) => ({
  scope: fc.oneof(
    { maxDepth: 3 },
    scopeLeaf,
    tie("scope").map(without),
    fc.array(tie("scope"), { minLength: 2, maxLength: 3 }).map((each) => allScopes(...each)),
    fc.tuple(tie("scope"), tie("scope")).map(([one, other]) => anyScope(one, other)),
  ),
})).scope;

const decimal = fc
  .tuple(fc.boolean(), fc.nat(99_999), fc.option(letters("0123456789", 1, 4)))
  .map(([minus, whole, digits]) => `${minus ? "-" : ""}${whole}${digits === null ? "" : `.${digits}`}`);

const aggregator: fc.Arbitrary<SpaceAggregator> = fc.oneof(
  fc.constantFrom("avg" as const, "sum" as const, "min" as const, "max" as const, "count" as const),
  fc.constantFrom("p50" as const, "p99.9" as const),
  fc
    .tuple(fc.constantFrom("<" as const, "<=" as const, ">" as const, ">=" as const), decimal)
    .map(([comparator, value]): SpaceAggregator => ({ kind: "count-where", comparator, value })),
);

const metric = record({
  aggregator,
  metric: fc.tuple(letters("abcXYZ", 1, 1), letters("abZ09_.", 0, 8)).map(([first, tail]) => first + tail),
  scope,
  groupBy: fc.oneof(fc.uniqueArray(tagKey, { maxLength: 3 }), fc.constant(["*"])),
}).map(metricQuery);

const quotedText = fc.string({ maxLength: 6 });

/** Expressions that a monitor may measure: well-formed calls only, and no metric is left out. */
export const metricExpression: fc.Arbitrary<MetricExpression> = fc
  .letrec<{ expression: MetricExpression }>((tie) => {
    const inner = tie("expression");
    return {
      expression: fc.oneof(
        { maxDepth: 4 },
        metric,
        decimal.map(numberLiteral),
        inner.map(negated),
        fc
          .tuple(inner, fc.constantFrom("+" as const, "-" as const, "*" as const, "/" as const), inner)
          .map(([left, operator, right]) => arithmetic(left, operator, right)),
        fc
          .tuple(fc.constantFrom("abs", "default_zero", "ewma_10", "top5_mean"), inner)
          .map(([called, series]) => functionCall(called, series)),
        fc.tuple(inner, decimal).map(([series, least]) => functionCall("clamp_min", series, numberLiteral(least))),
        fc.tuple(inner, quotedText).map(([series, by]) => functionCall("exclude_null", series, textArgument(by))),
        fc
          .tuple(inner, decimal, quotedText)
          .map(([series, bounds, zone]) =>
            functionCall(
              "anomalies",
              series,
              textArgument("agile"),
              numberLiteral(bounds),
              namedArgument("interval", { kind: "number", text: "60" }),
              namedArgument("seasonality", { kind: "word", value: "weekly" }),
              namedArgument("timezone", { kind: "text", value: zone }),
            ),
          ),
        inner.map(asRate),
        inner.map(asCount),
        inner.map((series) => modified(series, "rollup", wordArgument("sum"), numberLiteral("60"))),
        inner.map((series) => modified(series, "rollup", wordArgument("daily"), wordArgument("12am"))),
      ),
    };
  })
  .expression.filter((expression) => queriesIn(expression).length > 0);

const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: "binary", maxLength: 5 }),
  fc.string({ unit: fc.constantFrom(..."ab-+=&|><!(){}[]^\"“”~*?:\\# @/'\t"), maxLength: 8 }),
  fc.constantFrom("AND", "OR", "NOT", "TO", "CIDR", "app-service", "user@example.com"),
);

const searchText: fc.Arbitrary<SearchText> = fc.oneof(
  text.map(word),
  text.map(phrase),
  fc
    .array(fc.oneof(text, fc.constant(anyText), fc.constant(oneCharacter)), { maxLength: 4 })
    .map((parts) => pattern(...parts)),
);

const range = fc.oneof(
  fc
    .tuple(fc.integer(), fc.nat(), fc.boolean())
    .map(([from, more, inside]) => between(`${from}`, `${from + more}`, inside)),
  fc.constantFrom(between("*", "500"), between("2024-01-01", "2024-02-01", false), between("a b", "c]d")),
);

const searchValue: fc.Arbitrary<SearchValue> = fc.oneof(
  { weight: 3, arbitrary: searchText },
  range,
  fc
    .tuple(fc.constantFrom(">" as const, ">=" as const, "<" as const, "<=" as const), fc.string({ minLength: 1 }))
    .map(([comparator, value]) => compareTo(comparator, value)),
);

const field = fc.oneof(
  fc.constantFrom("service", "status", "env", "*", "@duration", "@http.status_code", "#total"),
  fc
    .tuple(
      fc.constantFrom("@", "#", "t"),
      text.filter((each) => each !== ""),
    )
    .map((parts) => parts.join("")),
);

const block = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, bits]) => `${address}/${bits}`);

/** Searches over logs with any text in them. */
export const logSearch: fc.Arbitrary<DatadogLogSearch> = fc.letrec<{ search: DatadogLogSearch }>((tie) => ({
  search: fc.oneof(
    { maxDepth: 4 },
    searchText.map(freeText),
    fc.tuple(field, searchValue).map(([of, value]) => matchField(of, value)),
    fc.constant(everyLog),
    fc.tuple(block, fc.array(block, { maxLength: 2 })).map(([one, more]) => inCidr("@network.client.ip", one, ...more)),
    tie("search").map(excluding),
    fc.array(tie("search"), { minLength: 2, maxLength: 3 }).map((each) => allSearches(...each)),
    fc.tuple(tie("search"), tie("search"), tie("search")).map((each) => anySearch(...each)),
    fc
      .tuple(field, searchText, searchText)
      .map(([of, one, other]) => anySearch(matchField(of, one), matchField(of, other))),
  ),
})).search;

const threshold = { comparator: fc.constantFrom(...MONITOR_COMPARATORS), threshold: decimal };
const facet = fc.constantFrom("service", "@http.status_code", "env", "@duration", "host");

/** Queries of metric and log monitors that break no rule. */
export const monitorQuery: fc.Arbitrary<DatadogMonitorQuery> = fc.oneof(
  record({
    aggregate: fc.constantFrom("avg" as const, "sum" as const, "min" as const, "max" as const),
    window: fc.constantFrom("1m" as const, "5m" as const, "4h" as const, "1d" as const, "1w" as const, "1mo" as const),
    expression: metricExpression,
    ...threshold,
  }).map(metricMonitorQuery),
  record({
    aggregate: fc.constant("max" as const),
    window: fc.constantFrom("5m" as const, "1h" as const),
    change: record({
      kind: fc.constantFrom("change" as const, "pct_change" as const),
      since: fc.constantFrom("5m" as const, "1d" as const),
    }),
    expression: metricExpression,
    ...threshold,
  }).map(metricMonitorQuery),
  record({
    search: logSearch,
    window: fc.constantFrom("1h" as const, "1d" as const),
    frame: fc.constantFrom("last" as const, "current" as const),
    indexes: fc.constantFrom(["*"], ["main", "web"]),
    rollup: fc.oneof(
      fc.constant({ method: "count" } as const),
      record({ method: fc.constantFrom(...MEASURE_METHODS), measure: facet }),
    ),
    groupBy: fc.uniqueArray(facet, { maxLength: 4 }),
    ...threshold,
  }).map(logMonitorQuery),
);
