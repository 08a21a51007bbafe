import fc from "fast-check";
import { AGGREGATIONS } from "../../../languages/promql/query";
import { signatures } from "../../../languages/promql/signatures";

/*
 * PromQL as people and machines write it, and texts near it. Types and words do not
 * always fit, on purpose, so that many of the texts are refused, each for a reason of its own.
 */

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** Mostly what is right, now and then what is rare or wrong. */
const mostly = (right: readonly string[], rare: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: pick(...right), weight: 12 }, { arbitrary: pick(...rare), weight: 1 });

const name = mostly(
  ["up", "http_requests_total", "a:b:rate5m", "node_cpu"],
  ["sum", "rate", "by", "on", "offset", "bool", "inf", "start", "unless", "5a", "a.b", "a-b"],
);
const label = mostly(
  ["a", "le", "job", "code"],
  ["__name__", "by", "sum", "on", "nan", "bool", "offset", '"a.b"', "1a"],
);
const duration = mostly(
  ["5m", "1h30m", "30s", "1d", "500ms", "1y2w", "90"],
  ["0s", "30s5m", "1.5h", "-5m", "5x", "Inf", "0x10", "5m 5m", "1e3"],
);
const number = mostly(
  ["0", "1", "-1", "0.95", "1e3", "100"],
  [".5", "5.", "0x1F", "017", "1_000", "Inf", "NaN", "+inf", "1e", "08", "0X1f", "5and", "5m"],
);
const text = mostly(
  ['"x"', "'x'", "`x`", '"a.*|b"', '"5.."', '".+"', '"a b"'],
  [
    '"["',
    '"(?i)x"',
    '"(?=x)"',
    '"\\\\d+"',
    '"\\d"',
    '"x{2,1}"',
    '""',
    '"(a{100}){100}"',
    '"(a{10}){100}"',
    '"',
    '"\\xff"',
    '"\\\\pL"',
  ],
);
const space = pick("", " ", " ", " ", "\n", "  ", " # note\n");

const joined = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
    .map((texts) => texts.join(""));

const listOf = (item: fc.Arbitrary<string>, most: number): fc.Arbitrary<string> =>
  fc.tuple(fc.array(item, { maxLength: most }), pick("", "", "", ",")).map(([items, end]) => items.join(",") + end);

const matcher = joined(label, space, mostly(["=", "!=", "=~", "!~"], ["==", ""]), text);
const labels = joined("(", listOf(label, 3), ")");
const selector = fc.oneof(
  { arbitrary: name, weight: 3 },
  { arbitrary: joined(name, space, "{", listOf(matcher, 3), "}"), weight: 3 },
  { arbitrary: joined("{", listOf(matcher, 3), "}"), weight: 1 },
  { arbitrary: joined('{"up"', pick("", ","), listOf(matcher, 2), "}"), weight: 1 },
);
const modifier = fc.oneof(
  joined(" offset ", duration),
  joined(" @ ", pick("start()", "end()", "1609746000", "1.5e9", "-1", "NaN", "1h")),
  joined("[", duration, "]"),
  joined("[", duration, ":", pick("", "1m", "30s"), "]"),
);
/** An operator with what may stand around it. */
const operator = fc.oneof(
  { arbitrary: pick("+", "-", "*", "/", "%", "^", "atan2"), weight: 10 },
  { arbitrary: pick("and", "or", "unless", "AND"), weight: 4 },
  { arbitrary: joined(pick("==", "!=", ">", "<", ">=", "<="), pick("", "", " bool")), weight: 8 },
  { arbitrary: pick("=", "=~", "<>", "&&", "|", "!"), weight: 1 },
);
const matching = fc.oneof(
  { arbitrary: fc.constant(""), weight: 8 },
  { arbitrary: joined(pick(" on", " ignoring"), labels), weight: 1 },
  {
    arbitrary: joined(
      pick(" on", " ignoring"),
      labels,
      pick(" group_left", " group_right"),
      pick("", "(le)", "()", "(a,job)"),
    ),
    weight: 1,
  },
);

const { expression } = fc.letrec<{ expression: string; vector: string; range: string; scalar: string }>((tie) => ({
  range: fc.oneof(
    { depthSize: "small" },
    { arbitrary: joined(selector, "[", duration, "]"), weight: 6 },
    { arbitrary: joined(selector, "[", duration, "]", modifier), weight: 1 },
    { arbitrary: joined("(", tie("vector"), ")[", duration, ":", pick("", "1m"), "]"), weight: 1 },
    { arbitrary: joined(tie("vector"), modifier), weight: 1 },
  ),
  scalar: fc.oneof(
    { depthSize: "small" },
    { arbitrary: number, weight: 6 },
    { arbitrary: joined("scalar(", tie("vector"), ")"), weight: 1 },
    { arbitrary: pick("time()", "pi()", "5m"), weight: 1 },
    { arbitrary: joined(tie("scalar"), pick("+", " - ", "*", " == bool ", " > "), tie("scalar")), weight: 1 },
  ),
  vector: fc.oneof(
    { depthSize: "small" },
    { arbitrary: selector, weight: 5 },
    { arbitrary: joined(selector, modifier), weight: 1 },
    { arbitrary: joined("(", space, tie("vector"), space, ")"), weight: 2 },
    { arbitrary: joined(pick("-", "+", "- "), tie("vector")), weight: 1 },
    {
      arbitrary: joined(
        tie("vector"),
        pick(" ", "\n", " # note\n"),
        operator,
        matching,
        pick(" ", " ", " # note\n"),
        tie("vector"),
      ),
      weight: 6,
    },
    { arbitrary: joined(tie("vector"), " ", operator, " ", tie("scalar")), weight: 3 },
    { arbitrary: joined(tie("scalar"), " ", operator, " ", tie("vector")), weight: 1 },
    {
      arbitrary: joined(
        pick("sum", "MAX", "count", "group"),
        pick(" by ", " without "),
        labels,
        " (",
        tie("vector"),
        ")",
      ),
      weight: 4,
    },
    {
      arbitrary: joined(pick(...AGGREGATIONS), "(", tie("vector"), ")", pick("", " by (a)", " without (job,)")),
      weight: 2,
    },
    {
      arbitrary: joined(
        pick("topk", "quantile", "count_values"),
        "(",
        pick("5", "0.9", '"x"'),
        ", ",
        tie("vector"),
        ")",
      ),
      weight: 1,
    },
    { arbitrary: joined(pick("rate", "increase", "max_over_time", "delta"), "(", tie("range"), ")"), weight: 5 },
    { arbitrary: joined(pick(...signatures.keys()), "(", tie("expression"), ")"), weight: 2 },
    { arbitrary: joined(pick(...signatures.keys()), "(", tie("expression"), ", ", tie("expression"), ")"), weight: 1 },
    { arbitrary: joined("histogram_quantile(", tie("scalar"), ", ", tie("vector"), ")"), weight: 1 },
    { arbitrary: joined("label_replace(", tie("vector"), ", ", text, ", ", text, ", ", text, ', "(.*)")'), weight: 1 },
  ),
  expression: fc.oneof(
    { depthSize: "small" },
    { arbitrary: tie("vector"), weight: 12 },
    { arbitrary: tie("scalar"), weight: 1 },
    { arbitrary: tie("range"), weight: 1 },
    { arbitrary: text, weight: 1 },
  ),
}));

/** Queries by a loose grammar. */
export const promqlTexts: fc.Arbitrary<string> = expression;

const scraps = [..."()[]{}=!~<>+-*/%^,:@\"'`\\#. \n$0", " by ", " and ", " offset ", "5m", "up", "e", "_", "é"];

interface Change {
  readonly at: number;
  readonly cut: number;
  readonly put: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.integer({ min: 0, max: 3 }),
  put: fc.oneof(fc.constant(""), pick(...scraps)),
});

/** Text with a few characters taken away or put in between, as by a slip of the hand. */
export const slipped = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(texts, fc.array(change, { minLength: 1, maxLength: 2 })).map(([whole, changes]) =>
    changes.reduce((text, { at, cut, put }) => {
      const from = Math.floor(at * text.length);
      return text.slice(0, from) + put + text.slice(from + cut);
    }, whole),
  );
