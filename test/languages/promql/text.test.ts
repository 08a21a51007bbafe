import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatDuration, parseDuration, parseNumber } from "../../../languages/promql/durations";
import { formatMatchers, formatSelector, quoteLabelValue } from "../../../languages/promql/format";
import { MATCH_OPERATORS } from "../../../languages/promql/query";
import { decodeString } from "../../../languages/promql/strings";
import { parsed } from "./parsed";

describe("durations", () => {
  test.each([
    [0, "0s"],
    [0.25, "250ms"],
    [90, "1m30s"],
    [300, "5m"],
    [5400, "1h30m"],
    [86_400, "1d"],
    [604_800, "1w"],
    [90 * 86_400, "90d"],
    [30 * 86_400, "30d"],
    [365 * 86_400, "1y"],
    [604_800 + 3600, "7d1h"],
    [0.1 + 0.2, "300ms"],
    [-300, "-5m"],
  ])("%d seconds are written %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("%d seconds are none", (seconds) => {
    expect(() => formatDuration(seconds)).toThrow(RangeError);
  });

  test("a duration of whole milliseconds survives the way there and back", () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 ** 12 }), (milliseconds) => {
        expect(parseDuration(formatDuration(milliseconds / 1000))).toBe(milliseconds / 1000);
      }),
    );
  });

  test.each(["", "5", "5x", "1m1h", "5m5m", "1.5h", "h"])("%j is none", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test.each([
    ["1_000", 1000],
    ["0x1F", 31],
    ["017", 15],
    ["08", 8],
    ["1e-3", 0.001],
    [".5", 0.5],
    ["-Inf", Number.NEGATIVE_INFINITY],
    ["+5m", 300],
    ["- 2", -2],
    ["NaN", Number.NaN],
  ])("the number %s is %d", (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });
});

describe("strings", () => {
  test.each([
    ['a"b', '"a\\"b"'],
    ["a\\d", '"a\\\\d"'],
    ["two\nlines", '"two\\nlines"'],
    ["it's", `"it's"`],
    ["größe 😀", '"größe 😀"'],
  ])("%j is quoted", (value, quoted) => {
    expect(quoteLabelValue(value)).toBe(quoted);
  });

  test("a quoted value decodes to itself, and is one string to the parser", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        expect(decodeString(quoteLabelValue(value))).toEqual({ ok: true, value });
        expect(parsed(`up{a=${quoteLabelValue(value)}}`).selectors[0]?.matchers[0]?.value).toBe(value);
      }),
    );
  });

  test.each([
    ["`a\\n`", "a\\n"],
    ["'\\''", "'"],
    ['"\\a\\b\\f\\n\\r\\t\\v\\\\\\""', '\x07\b\f\n\r\t\v\\"'],
    ['"\\x41\\101\\u00e9\\U0001F600"', "AAé😀"],
  ])("%s is decoded", (literal, value) => {
    expect(decodeString(literal)).toEqual({ ok: true, value });
  });

  test.each([
    ['"a\\d"', 2, 2],
    [`"it\\'s"`, 3, 2],
    ['"\\u00g0"', 1, 2],
    ['"\\ud800"', 1, 2],
    ['"\\U00110000"', 1, 2],
    ['"\\8"', 1, 2],
    ['"\\😀"', 1, 3],
  ])("%s has a wrong escape at %d", (literal, offset, length) => {
    expect(decodeString(literal)).toMatchObject({ ok: false, diagnostics: [{ offset, length }] });
  });

  test("every wrong escape is found", () => {
    expect(decodeString('"\\d\\w"')).toMatchObject({ ok: false, diagnostics: [{ offset: 1 }, { offset: 3 }] });
  });
});

describe("selectors", () => {
  test.each([
    ["up", [], "up"],
    ["up", [{ label: "job", op: "=", value: "api" }], 'up{job="api"}'],
    ["http.requests", [{ label: "service.name", op: "!=", value: "a" }], '{"http.requests","service.name"!="a"}'],
    ["offset", [], '{"offset"}'],
    ["constructor", [{ label: "__proto__", op: "=", value: "a" }], 'constructor{__proto__="a"}'],
    ["Inf", [{ label: "on", op: "=~", value: "a\\d" }], '{"Inf",on=~"a\\\\d"}'],
  ] as const)("%s", (metric, matchers, text) => {
    expect(formatSelector(metric, matchers)).toBe(text);
  });

  test("no matchers need no braces", () => {
    expect(formatMatchers([])).toBe("");
  });

  test("what is written is what is read", () => {
    const names = fc.oneof(
      fc.constantFrom("up", "on", "sum", "group_left", "nan", "a:b", "a.b"),
      fc.string({ minLength: 1 }),
    );
    const label = names.filter((name) => name !== "__name__");
    const matcher = fc.record({
      label,
      op: fc.constantFrom(...MATCH_OPERATORS),
      value: fc.constantFrom("", "a", 'x"y\\z', "a|b"),
    });
    fc.assert(
      fc.property(names, fc.array(matcher), (metric, matchers) => {
        // A lone backslash pattern such as x"y\z is no regular expression.
        fc.pre(matchers.every(({ op, value }) => !op.includes("~") || !value.includes("\\")));
        expect(parsed(formatSelector(metric, matchers)).selectors).toMatchObject([{ metric, matchers }]);
      }),
    );
  });
});
