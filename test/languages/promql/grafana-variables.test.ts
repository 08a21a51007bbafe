import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { standsForVariable, substituteGrafanaVariables } from "../../../languages/promql/grafana-variables";
import { VARIABLE } from "../../../languages/promql/tokens";
import { parsed } from "./parsed";

/** The result without the spaces that keep the length. */
const sample = (text: string): string =>
  substituteGrafanaVariables(text)
    .replaceAll(/ +/g, " ")
    .replaceAll(/ (?=[\]),}:]|$)/g, "");

describe("a variable becomes a sample of what may stand there", () => {
  test.each([
    ["rate(a[$__rate_interval])", "rate(a[1m])"],
    ["rate(a[${__interval}])", "rate(a[15s])"],
    ["a[$__range:$__interval]", "a[1h:15s]"],
    ["increase(a[$window])", "increase(a[5m])"],
    ["increase(a[[[window]]])", "increase(a[5m])"],
    ["increase(a[${minutes}m])", "increase(a[0000000001m])"],
    ["a offset $shift", "a offset 5m"],
    ["increase(a[$__range]) / $__range_s", "increase(a[1h]) / 3600"],
    ["a * $__interval_ms", "a * 15000"],
    ["topk($top, a)", "topk(1, a)"],
    ["clamp_max(a, $limit * 2)", "clamp_max(a, 1 * 2)"],
    ["histogram_quantile($quantile, a)", "histogram_quantile(1, a)"],
    ["quantile by (job) ($quantile, a)", "quantile by (job) (1, a)"],
    ["vector($value)", "vector(1)"],
    ["a @ ${__from:date:seconds}", "a @ 1"],
    ['a{job="$job"}', 'a{job="____"}'],
    ['a{job=~"${job:regex}|x"}', 'a{job=~"____________|x"}'],
    ['a{job=~"[[job]]"}', 'a{job=~"_______"}'],
    ["a > $limit", "a > ______"],
    ["$metric > 5", "_______ > 5"],
    ["sum($metric)", "sum(_______)"],
    ["rate(${app}_total[5m])", "rate(_______total[5m])"],
    ["sum by ($by) (a)", "sum by (___) (a)"],
    ["a * on ($key) group_left ($more) b", "a * on (____) group_left (_____) b"],
    ['a{$label="x"}', 'a{______="x"}'],
    ["a{$filters}", 'a{__="_"}'],
    ['a{x="y", ${filters}}', 'a{x="y", __="_"}'],
    ["$operator by (job) (a)", "sum by (job) (a)"],
    ["${fn}(a)", "sum (a)"],
    ["${fn}(a[5m])", "rate (a[5m])"],
    ["$function(rate(a[5m]))", "sum (rate(a[5m]))"],
  ])("%s", (text, expected) => {
    expect(sample(text)).toBe(expected);
  });

  test.each([
    'sum by ($by) (rate(${app}_total{job=~"$job", ${more}}[$__rate_interval])) > $limit',
    "histogram_quantile($q, sum by (le, $by) (rate(${app}_bucket[${window}])))",
    "topk($top, $metric) / on ($key) group_left ($more) $other offset $shift",
    "$metric",
    "increase($metric[$__range]) / $__range_s",
  ])("%s can be parsed then", (text) => {
    expect(parsed(substituteGrafanaVariables(text)).type).toBe("vector");
  });
});

test("what only looks like a variable stays", () => {
  const text = 'label_replace(a{b=~"c$|d$"}, "x", "$1-${2}", "y", "(.*)[[:alpha:]]$") # costs 5$';
  expect(substituteGrafanaVariables(text)).toBe(text);
});

test.each([
  ["____", true],
  ["_______total", true],
  ["__name__", false],
  ["http_requests_total", false],
])("%s stands for a variable: %s", (name, expected) => {
  expect(standsForVariable(name)).toBe(expected);
});

describe("whatever the text", () => {
  const variables = ["$a", "${b}", "${c:regex}", "[[d]]", "$__interval", "$__rate_interval"];
  const others = [
    "sum(",
    "rate(",
    "[",
    "]",
    ")",
    "{",
    "}",
    ",",
    '"',
    "'",
    "`",
    "offset",
    "by",
    "x",
    "1",
    "@",
    "$1",
    "#",
    "\n",
    " ",
  ];
  const texts = fc.array(fc.constantFrom(...variables, ...others)).map((pieces) => pieces.join(""));

  test("every other character stays in its place", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const result = substituteGrafanaVariables(text);
        expect(result).toHaveLength(text.length);
        const pattern = new RegExp(VARIABLE, "g");
        // Within a comment or after it, a variable means nothing and stays.
        if (!text.includes("#")) expect(result).not.toMatch(VARIABLE);
        const blank = (whole: string): string =>
          [...text.matchAll(pattern)].reduce(
            (rest, { index, 0: { length } }) => rest.slice(0, index) + " ".repeat(length) + rest.slice(index + length),
            whole,
          );
        expect(blank(result)).toBe(blank(text));
      }),
      { numRuns: 1000 },
    );
  });

  test("a text without variables stays as it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!VARIABLE.test(text));
        expect(substituteGrafanaVariables(text)).toBe(text);
      }),
    );
  });
});
