import { describe, expect, test } from "@jest/globals";
import { mistakes } from "./parsed";

type Case = readonly [text: string, at: number, marks: string, says: RegExp];

const ONE_MISTAKE: { readonly [kind: string]: readonly Case[] } = {
  "types of arguments": [
    ["rate(foo)", 5, "foo", /needs a range vector here, not an instant vector\. Add a range, such as \[5m\]/],
    ["rate(sum(foo))", 5, "sum(foo)", /before the aggregation.*sum\(rate\(/],
    ["sum(foo[5m])", 4, "foo[5m]", /Wrap it in a function over time/],
    ["abs(5)", 4, "5", /Wrap it in vector\(\)/],
    ["clamp_max(foo, bar)", 15, "bar", /Wrap it in scalar\(\)/],
    ["vector(foo)", 7, "foo", /needs a number/],
    ['topk("3", foo)', 5, '"3"', /needs a number here, not a string/],
    ["count_values(3, foo)", 13, "3", /needs a string here/],
    ['-"text"', 0, '-"text"', /have a sign/],
    ["info(a, b)", 8, "b", /without a series name/],
  ],
  "number of arguments": [
    ["floor()", 0, "floor()", /takes 1 argument, not 0/],
    ["time(foo)", 0, "time(foo)", /takes no argument, not 1/],
    ["round(a, 1, 2)", 0, "round(a, 1, 2)", /takes 1 to 2 arguments, not 3/],
    ['label_join(a, "b")', 0, 'label_join(a, "b")', /takes at least 3 arguments, not 2/],
    ["topk(foo)", 0, "topk(foo)", /takes 2 arguments, not 1/],
    ["sum(1, foo) by (a)", 0, "sum(1, foo) by (a)", /takes 1 argument, not 2/],
  ],
  operators: [
    ["1 > 2", 0, "1 > 2", /"> bool"/],
    ["foo + bool bar", 0, "foo + bool bar", /"bool" belongs to comparisons/],
    ["foo and 1", 8, "1", /instant vector on both sides/],
    ["foo[5m] + bar", 0, "foo[5m]", /not on a range vector/],
    ['foo * "a"', 6, '"a"', /not on a string/],
    ["foo == on (bar) 10", 0, "foo == on (bar) 10", /one side of "==" is a number/],
    ["foo and on (a) group_left (b) bar", 0, "foo and on (a) group_left (b) bar", /cannot be combined with group_left/],
    ["foo or fill(0) bar", 0, "foo or fill(0) bar", /cannot be combined with fill/],
    ["a * on (x, y) group_left (y) b", 26, "y", /matched on already/],
  ],
  "ranges and times": [
    ["rate(sum(foo)[5m])", 5, "sum(foo)", /Only a series selector can have a range/],
    ["sum(rate(foo[5m])[5m])", 4, "rate(foo[5m])", /subquery/],
    ["(foo)[5m]", 1, "foo", /Only a series selector/],
    ["foo offset 5m [5m]", 0, "foo offset 5m", /right after the selector/],
    ["sum(foo) offset 5m", 0, "sum(foo)", /"offset" belongs to a selector/],
    ["a + (b) offset 5m", 5, "b", /"offset" belongs to a selector/],
    ["sum(rate(foo[5m])) @ 456", 0, "sum(rate(foo[5m]))", /"@" belongs to a selector/],
    ["foo offset 5m offset 1m", 0, "foo offset 5m offset 1m", /twice/],
    ["foo @ Inf", 6, "Inf", /no time/],
    ["foo[0s]", 4, "0s", /longer than 0/],
    ["foo[1h - 2h]", 4, "1h - 2h", /longer than 0/],
    ["time()[5m:]", 0, "time()", /made of an instant vector/],
    ["avg_over_time(a[5m] smoothed)", 14, "a[5m] smoothed", /takes no "smoothed" range/],
    ["a anchored smoothed", 0, "a anchored smoothed", /once/],
    ["sum(a) anchored", 0, "sum(a)", /belongs to a series selector/],
  ],
  selectors: [
    ["{}", 0, "{}", /selects every series/],
    ['{a=~".*"}', 0, '{a=~".*"}', /selects every series/],
    ['{a!="b"}', 0, '{a!="b"}', /selects every series/],
    ['foo{__name__="bar"}', 4, '__name__="bar"', /already named "foo"/],
    ['foo{"bar"}', 4, '"bar"', /already named "foo"/],
  ],
  "strings and regular expressions": [
    ['foo{a="\\d"}', 7, "\\d", /no[t]? an escape/],
    [`foo{a="it\\'s"}`, 9, "\\'", /not an escape/],
    ['foo{a=~"a(b"}', 7, '"a(b"', /"\(" is never closed/],
    ['foo{a!~"(?!b)"}', 7, '"(?!b)"', /lookahead/],
    ['label_replace(a, "x", "$1", "y", "(.*")', 33, '"(.*"', /never closed/],
  ],
};

describe.each(Object.entries(ONE_MISTAKE))("%s", (_kind, cases) => {
  test.each(cases)("%s", (text, at, marks, says) => {
    expect(mistakes(text)).toEqual([{ at, marks, says: expect.stringMatching(says) }]);
  });
});

test("mistakes of meaning are found all at once, in the order of the text", () => {
  expect(mistakes('rate(a) + abs(5) > sum(b{c=~"["}[0s])').map(({ marks }) => marks)).toEqual([
    "a",
    "5",
    'b{c=~"["}[0s]',
    '"["',
    "0s",
  ]);
});

test("a variable may name what is matched on already", () => {
  expect(mistakes("a * on (__) group_left (__) b")).toEqual([]);
});
