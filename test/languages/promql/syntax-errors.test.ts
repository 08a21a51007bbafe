import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parsePromql } from "../../../languages/promql/parse";
import { mistakes } from "./parsed";

type Case = readonly [text: string, at: number, marks: string, says: RegExp];

const ONE_MISTAKE: { readonly [kind: string]: readonly Case[] } = {
  "brackets and strings": [
    ["sum(foo", 7, "", /^"\)" is missing at the end/],
    ["sum(rate(foo{a='b'}[5m", 22, "", /^"\]\)\)" are missing at the end/],
    ["sum(foo # ) ", 7, "", /^"\)" is missing at the end/],
    ["rate(foo[5m]))", 13, ")", /closes nothing/],
    ["sum(foo]", 7, "", /"\)" is missing before this "\]"/],
    ["foo[5m offset 1m]", 7, "", /"\]" is missing here/],
    ['foo{a="b}', 6, '"b}', /never closed/],
    ["foo == `a", 7, "`a", /never closed/],
    ["foo{a=“b”}", 6, "“", /straight quotes/],
  ],
  functions: [
    ["rte(foo[5m])", 0, "rte", /no function "rte"\. Did you mean "rate"\?/],
    ["RATE(foo[5m])", 0, "RATE", /Did you mean "rate"\?/],
    ["holt_winters(foo[5m], 1, 2)", 0, "holt_winters", /double_exponential_smoothing/],
    ["zebra(foo, bar) > 5", 0, "zebra", /no function "zebra"\.$/],
    ["rate()()", 6, "()", /operator is missing/],
    ["topk(,foo)", 5, ",", /cannot stand here/],
    ["sum(rate(foo[5m]), )", 19, "", /expression is missing/],
  ],
  operators: [
    ["foo +", 5, "", /^Nothing follows "\+"/],
    ["foo and", 7, "", /^Nothing follows "and"/],
    ["foo > > 5", 6, "", /^Nothing follows ">"/],
    ["foo && bar", 4, "&&", /writes "&&" as "and"/],
    ["foo || bar", 4, "||", /writes "\|\|" as "or"/],
    ["foo = 1", 4, "=", /compared with "=="/],
    ["foo <> 1", 4, "<>", /as "!="/],
    ["foo => 1", 4, "=>", /as ">="/],
    ["!foo", 0, "!", /unless/],
    ["foo bar", 4, "bar", /operator is missing before "bar"/],
    ["foo;", 3, ";", /means nothing/],
    ["on", 0, "on", /cannot stand here/],
  ],
  "label matchers": [
    ["foo{a=b}", 6, "b", /must be quoted: "b"/],
    ["foo{a=5}", 6, "5", /must be quoted: "5"/],
    ["foo{a=}", 6, "", /value is missing/],
    ["foo{a}", 5, "", /followed by =, !=, =~ or !~/],
    ['foo{a=="b"}', 5, "==", /single "="/],
    ['foo{a~"b"}', 5, "~", /matched by "=~"/],
    ['foo{a="b",,}', 10, ",", /comma separates nothing/],
    ['foo{a="b" c="d"}', 10, "", /comma is missing/],
    ['foo{a.b="c"}', 4, "a.b", /quoted: "a\.b"/],
    ["sum by (a.b) (foo)", 8, "a.b", /quoted: "a\.b"/],
    ["a ! b", 2, "!", /no operator/],
    ["http.requests > 5", 0, "http.requests", /quoted in braces: \{"http\.requests"\}/],
  ],
  "times and labels": [
    ["foo[5x]", 4, "5x", /no duration/],
    ["foo[]", 4, "", /duration is missing/],
    ["foo[abc]", 4, "abc", /no duration/],
    ["foo offset", 10, "", /needs a duration/],
    ["foo offset bar", 11, "bar", /needs a duration/],
    ["foo @", 5, "", /needs a time/],
    ["sum by a (foo)", 7, "", /list of labels in parentheses/],
    ["foo + on bar", 9, "", /list of labels in parentheses/],
    ["sum foo by (a)", 4, "foo", /must follow in parentheses/],
  ],
  "the whole": [
    ["", 0, "", /empty/],
    [" # nothing ", 0, "", /empty/],
    ["rate(foo[$__rate_interval])", 9, "$__rate_interval", /Grafana variable/],
  ],
};

describe.each(Object.entries(ONE_MISTAKE))("%s", (_kind, cases) => {
  test.each(cases)("%s", (text, at, marks, says) => {
    expect(mistakes(text)).toEqual([{ at, marks, says: expect.stringMatching(says) }]);
  });
});

test("mistakes of form are found all at once, each once", () => {
  expect(mistakes('rat(foo{a=b}[5x]) && sum(bar{c="d" e="f"}) >')).toMatchObject([
    { marks: "rat" },
    { marks: "b" },
    { marks: "5x" },
    { marks: "&&" },
    { marks: "", says: expect.stringContaining("comma") },
    { marks: "", says: expect.stringContaining("Nothing follows") },
  ]);
});

describe("whatever the text", () => {
  const words = [
    "sum",
    "rate",
    "by",
    "on",
    "offset",
    "foo",
    "x(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    "5m",
    ":",
    "@",
    "=~",
    "==",
    ">",
    "and",
  ];
  const pieces = [
    ...words,
    "-",
    '"a"',
    '"',
    "'",
    "`",
    "\\",
    "$v",
    "${v}",
    "[[v]]",
    "#",
    "\n",
    "é",
    "😀",
    ".",
    "1",
    "=",
    "bool",
  ];
  const queries = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(fc.constantFrom(...pieces)).map((list) => list.join(" ")),
  );

  test("parsing answers, and what it points at lies within", () => {
    fc.assert(
      fc.property(queries, (text) => {
        const result = parsePromql(text);
        if (result.ok) return;
        expect(result.diagnostics).not.toHaveLength(0);
        for (const { offset, length, message } of result.diagnostics) {
          expect(message).toMatch(/[.?…)]$/);
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset + length).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
