import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { filterPattern } from "../../../constructs/cloudwatch/filter-pattern";
import { limits } from "../../../constructs/cloudwatch/limits";
import { allOf, anyOf, fieldsOf, type LogFilter, not } from "../../../model/log-filter";
import { checked } from "../../../model/result";
import { exampleLogs } from "../../support/example";
import { comparableText, logFilter } from "./log-filters";

const { level, path, duration_ms } = exampleLogs;
const pattern = (filter: LogFilter): string => checked(filterPattern(filter));
const errorOf = (filter: LogFilter): string => {
  const result = filterPattern(filter);
  return result.ok ? `no error: ${result.value}` : result.error;
};

describe("a filter that the grammar can say", () => {
  test.each<[string, LogFilter, string]>([
    ["equality of text", level.equals("ERROR"), '{ $.level = "ERROR" }'],
    ["equality of a number", duration_ms.equals(500), "{ $.duration_ms = 500 }"],
    ["above", duration_ms.above(1000), "{ $.duration_ms > 1000 }"],
    ["at least", duration_ms.atLeast(0.5), "{ $.duration_ms >= 0.5 }"],
    ["below", duration_ms.below(-1), "{ $.duration_ms < -1 }"],
    ["a number that is written with an exponent", duration_ms.above(1e21), "{ $.duration_ms > 1e+21 }"],
    ["existence", path.exists(), "{ $.path = * }"],
    ["a nested field", { kind: "exists", field: "http.status-code" }, "{ $.http.status-code = * }"],
    ["one of several", level.oneOf("ERROR", "CRITICAL"), '{ ($.level = "ERROR") || ($.level = "CRITICAL") }'],
    ["one of one", level.oneOf("ERROR"), '{ $.level = "ERROR" }'],
    [
      "both",
      allOf(level.equals("ERROR"), duration_ms.above(1000)),
      '{ ($.level = "ERROR") && ($.duration_ms > 1000) }',
    ],
    [
      "nested joins, with parentheses only between different operators",
      allOf(allOf(level.equals("ERROR"), path.exists()), anyOf(duration_ms.above(9), path.equals("/"))),
      '{ ($.level = "ERROR") && ($.path = *) && (($.duration_ms > 9) || ($.path = "/")) }',
    ],
    ["quotes and backslashes", path.equals('a"b\\c'), '{ $.path = "a\\"b\\\\c" }'],
    ["other symbols and alphabets", path.equals("${x} %{y} (&&) für"), '{ $.path = "${x} %{y} (&&) für" }'],
  ])("%s", (_, filter, expected) => {
    expect(pattern(filter)).toBe(expected);
  });
});

describe("a negation, for which the grammar has no sign", () => {
  test.each<[string, LogFilter, string]>([
    ["exists", path.exists(), "{ ($.path NOT EXISTS) || ($.path IS NULL) }"],
    ["equals", level.equals("INFO"), '{ ($.level NOT EXISTS) || ($.level IS NULL) || ($.level != "INFO") }'],
    [
      "above",
      duration_ms.above(5),
      "{ ($.duration_ms NOT EXISTS) || ($.duration_ms IS NULL) || ($.duration_ms <= 5) }",
    ],
    [
      "at least",
      duration_ms.atLeast(5),
      "{ ($.duration_ms NOT EXISTS) || ($.duration_ms IS NULL) || ($.duration_ms < 5) }",
    ],
    [
      "below",
      duration_ms.below(5),
      "{ ($.duration_ms NOT EXISTS) || ($.duration_ms IS NULL) || ($.duration_ms >= 5) }",
    ],
    [
      "one of",
      level.oneOf("INFO", "DEBUG"),
      '{ ($.level NOT EXISTS) || ($.level IS NULL) || (($.level != "INFO") && ($.level != "DEBUG")) }',
    ],
    [
      "and",
      allOf(path.exists(), level.equals("INFO")),
      '{ ($.path NOT EXISTS) || ($.path IS NULL) || ($.level NOT EXISTS) || ($.level IS NULL) || ($.level != "INFO") }',
    ],
    [
      "or",
      anyOf(not(path.exists()), duration_ms.above(5)),
      "{ ($.path = *) && (($.duration_ms NOT EXISTS) || ($.duration_ms IS NULL) || ($.duration_ms <= 5)) }",
    ],
  ])("not %s", (_, filter, expected) => {
    expect(pattern(not(filter))).toBe(expected);
  });

  test("twice is none", () => {
    fc.assert(
      fc.property(logFilter, (filter) => expect(filterPattern(not(not(filter)))).toEqual(filterPattern(filter))),
    );
  });

  test("of a join is the other join of the negations", () => {
    fc.assert(
      fc.property(fc.array(logFilter, { minLength: 1, maxLength: 3 }), (filters) => {
        expect(filterPattern(not(allOf(...filters)))).toEqual(filterPattern(anyOf(...filters.map(not))));
        expect(filterPattern(not(anyOf(...filters)))).toEqual(filterPattern(allOf(...filters.map(not))));
      }),
    );
  });
});

describe("a filter that the grammar cannot say", () => {
  test.each<[string, LogFilter, string]>([
    ["a field with a space", { kind: "exists", field: "user name" }, 'cannot name the field "user name": rename it'],
    ["a field of CloudWatch itself", { kind: "exists", field: "@message" }, 'cannot name the field "@message"'],
    ["a field with an empty part", { kind: "exists", field: "http..status" }, "cannot name the field"],
    ["an asterisk", path.equals("/orders/*"), "reads as any text"],
    ["a line break", path.equals("a\nb"), "control character"],
    ["no number", duration_ms.above(Number.NaN), "write a finite number"],
    ["no limit", duration_ms.below(Number.POSITIVE_INFINITY), "write a finite number"],
    ["one of nothing", level.oneOf(), '"level" is one of no values'],
    ["all of nothing", allOf(), "allOf() of no filters"],
    ["any of nothing", not(allOf(level.equals("INFO"), anyOf())), "anyOf() of no filters"],
    [
      "a long list",
      { kind: "one-of", field: "path", values: Array.from({ length: 60 }, (_, n) => `/page/${n}`) },
      "1024",
    ],
  ])("%s", (_, filter, reason) => {
    expect(errorOf(filter)).toContain(reason);
  });

  test("all that is in the way is said at once, each thing once", () => {
    const error = errorOf(allOf(path.equals("*"), path.equals("*"), duration_ms.above(Number.NaN), level.oneOf()));
    expect(error.split("; ")).toHaveLength(3);
  });
});

describe("every pattern that is made", () => {
  /** A pattern without the texts that it compares with. */
  const bare = (text: string): string => text.replace(/"(?:[^"\\]|\\.)*"/g, '""');

  test("is within the limit, or an error says that it would not be", () => {
    fc.assert(
      fc.property(logFilter, (filter) => {
        const result = filterPattern(filter);
        if (result.ok) expect(result.value.length).toBeLessThanOrEqual(limits.filterPatternLength);
        else expect(result.error).toContain(String(limits.filterPatternLength));
      }),
    );
  });

  test("names exactly the fields of its filter", () => {
    fc.assert(
      fc.property(logFilter, (filter) => {
        const result = filterPattern(filter);
        fc.pre(result.ok);
        const named = bare(result.value).matchAll(/\$\.([\w.-]+)/g);
        expect(new Set([...named].map(([, field]) => field))).toEqual(new Set(fieldsOf(filter)));
      }),
    );
  });

  test("is made of nothing but comparisons, two operators and balanced parentheses", () => {
    const term = String.raw`\$\.[\w.-]+ (?:(?:=|!=) (?:""|-?[\d.e+-]+)|(?:>|>=|<|<=) -?[\d.e+-]+|= \*|NOT EXISTS|IS NULL)`;
    const reduce = (text: string): string => {
      const next = text
        .replace(new RegExp(term, "g"), "T")
        .replace(/\(T\)/g, "T")
        .replace(/T(?: && T)+|T(?: \|\| T)+/g, "T");
      return next === text ? text : reduce(next);
    };
    fc.assert(
      fc.property(logFilter, (filter) => {
        const result = filterPattern(filter);
        fc.pre(result.ok);
        expect(reduce(bare(result.value))).toBe("{ T }");
      }),
    );
  });

  test("writes a compared text so that unescaping gives it back", () => {
    fc.assert(
      fc.property(comparableText, (value) => {
        const quoted = /^\{ \$\.path = "((?:[^"\\]|\\.)*)" \}$/su.exec(pattern(path.equals(value)))?.[1];
        expect(quoted?.replace(/\\(.)/gsu, "$1")).toBe(value);
      }),
    );
  });
});
