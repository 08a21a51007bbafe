import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  allSearches,
  anySearch,
  anyText,
  anyValue,
  between,
  compareTo,
  everyLog,
  exactly,
  excluding,
  freeText,
  hasField,
  inCidr,
  matchField,
  oneCharacter,
  pattern,
  phrase,
  word,
} from "../../../languages/datadog/log-search";
import { logSearchFields, logSearchMatches } from "../../../languages/datadog/log-search-fields";
import { parseDatadogLogSearch } from "../../../languages/datadog/log-search-parser";
import { printDatadogLogSearch } from "../../../languages/datadog/log-search-printer";
import { logSearch } from "./arbitraries";

const is = (field: string, value: string) => matchField(field, word(value));

describe("a log search that reads as it prints", () => {
  test.each([
    ["status:error env:production", allSearches(is("status", "error"), is("env", "production"))],
    ["service:payment status:error", allSearches(is("service", "payment"), is("status", "error"))],
    ["service:app-service", is("service", "app-service")],
    ["@duration:>1000", matchField("@duration", compareTo(">", "1000"))],
    ["@duration:<=0.5", matchField("@duration", compareTo("<=", "0.5"))],
    ["@user_id:12345", is("@user_id", "12345")],
    ["@http.status_code:[400 TO 499]", matchField("@http.status_code", between("400", "499"))],
    ["@http.status_code:{399 TO *}", matchField("@http.status_code", between("399", "*", false))],
    ["hello world", allSearches(freeText(word("hello")), freeText(word("world")))],
    ['"hello dolly"', freeText(phrase("hello dolly"))],
    ["*:hello*", matchField("*", pattern("hello", anyText))],
    ["service:*mongo", matchField("service", pattern(anyText, "mongo"))],
    ["@my_attribute:hello?world", matchField("@my_attribute", pattern("hello", oneCharacter, "world"))],
    ["@my_attribute:hello\\:world", is("@my_attribute", "hello:world")],
    ['@my_attribute:"hello:world"', matchField("@my_attribute", phrase("hello:world"))],
    ["-@http.status_code:*", excluding(hasField("@http.status_code"))],
    ["env:(prod OR test)", anySearch(is("env", "prod"), is("env", "test"))],
    ["-env:(prod OR test)", excluding(anySearch(is("env", "prod"), is("env", "test")))],
    ["(a b) OR c", anySearch(allSearches(freeText(word("a")), freeText(word("b"))), freeText(word("c")))],
    ["NOT (a b)", excluding(allSearches(freeText(word("a")), freeText(word("b"))))],
    ["CIDR(@network.client.ip,13.0.0.0/8,2001:db8::/32)", inCidr("@network.client.ip", "13.0.0.0/8", "2001:db8::/32")],
    ["#request_duration:>5", matchField("#request_duration", compareTo(">", "5"))],
    ["*", everyLog],
  ])("%s", (text, search) => {
    expect(parseDatadogLogSearch(text)).toEqual({ ok: true, value: search });
    expect(printDatadogLogSearch(search)).toBe(text);
  });
});

describe("other spellings of the same search", () => {
  test.each([
    ["a AND b OR c", "(a b) OR c"],
    ["a && (b || c)", "a (b OR c)"],
    ["(env:prod AND -version:beta)", "env:prod -version:beta"],
    ["+service:web  NOT status:info", "service:web -status:info"],
    ["NOT(CIDR(@ip, 13.0.0.0/8))", "NOT CIDR(@ip,13.0.0.0/8)"],
    ["env:prod OR env:test", "env:(prod OR test)"],
    ["@x:(>1 AND <5)", "@x:>1 @x:<5"],
    ["@http.url:/api\\-v1/*", "@http.url:/api-v1/*"],
    ["-(-a)", "a"],
    ["*:*", "*"],
    ["", "*"],
  ])("%s is %s", (text, canonical) => {
    const parsed = parseDatadogLogSearch(text);
    expect(parsed.ok && printDatadogLogSearch(parsed.value)).toBe(canonical);
  });
});

describe("values are escaped", () => {
  test.each([
    ["a b", "@x:a\\ b"],
    ["-5", "@x:\\-5"],
    ["a-b", "@x:a-b"],
    ['say "hi"', '@x:say\\ \\"hi\\"'],
    ["C:\\Users", "@x:C\\:\\\\Users"],
    ["*", "@x:\\*"],
    ["user@example.com", "@x:user@example.com"],
    ["OR", "@x:\\OR"],
    ["", '@x:""'],
  ])("the word %j prints as %s", (value, text) => {
    expect(printDatadogLogSearch(is("@x", value))).toBe(text);
  });

  test.each([
    ["app-service", "@x:app-service"],
    ["/api/v1", '@x:"/api/v1"'.replaceAll('"', "")],
    ["hello world", '@x:"hello world"'],
    ['say "hi"', '@x:"say \\"hi\\""'],
    ["-5", '@x:"-5"'],
    ["AND", '@x:"AND"'],
  ])("exactly %j is quoted only where it must be", (value, text) => {
    expect(printDatadogLogSearch(matchField("@x", exactly(value)))).toBe(text);
  });

  test("any text may be looked for in any field", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        const search = matchField("@x", exactly(value));
        expect(parseDatadogLogSearch(printDatadogLogSearch(search))).toEqual({ ok: true, value: search });
      }),
    );
  });
});

test("every search is read back from its canonical text", () => {
  fc.assert(
    fc.property(logSearch, (search) => {
      expect(parseDatadogLogSearch(printDatadogLogSearch(search))).toEqual({ ok: true, value: search });
    }),
    { numRuns: 2000 },
  );
});

describe("what is wrong with a search is shown at its place", () => {
  test.each<readonly [string, readonly (readonly [string, RegExp])[]]>([
    ["a OR", [["OR", /both sides/]]],
    ["OR a", [["", /missing/]]],
    ["a AND OR b", [["AND", /both sides/]]],
    ["( )", [["( )", /empty/]]],
    ["(a", [["(", /never closed/]]],
    ["a) b", [[")", /closes nothing/]]],
    ['"x', [['"x', /never closed/]]],
    [
      "“x”",
      [
        ["“", /quotation mark/],
        ["”", /quotation mark/],
      ],
    ],
    ["@foo", [["@foo", /@foo:value/]]],
    ["service: x", [["service:", /right behind/]]],
    ["@x:>", [[">", /number/]]],
    ["@url:http://x", [[":", /special/]]],
    ["!a", [["!", /write - or NOT/]]],
    ["- a", [["-", /right before/]]],
    ["@x:-5", [["-", /escaped/]]],
    ["@x:[5 TO 1]", [["[5 TO 1]", /empty/]]],
    ["@x:[1 TO 5}", [["[1 TO 5}", /two brackets/]]],
    ["@x:[5 1]", [["[5 1]", /looks like/]]],
    ["@x:[5 TO", [["[5 TO", /looks like/]]],
    ["foo*:x", [["foo*", /wildcards/]]],
    [":x", [[":", /name of a field/]]],
    ["x\\", [["\\", /backslash/]]],
    ["CIDR(x)", [["", /address block/]]],
    ["CIDR(@a,foo)", [["foo", /10\.0\.0\.0\/8/]]],
    [
      "@x:a:b @y: (",
      [
        [":", /special/],
        ["@y:", /right behind/],
        ["(", /never closed/],
      ],
    ],
  ])("%s", (text, expected) => {
    const parsed = parseDatadogLogSearch(text);
    const found = parsed.ok ? [] : parsed.diagnostics;
    for (const [at, message] of expected) {
      expect(found).toContainEqual(
        expect.objectContaining({ message: expect.stringMatching(message), length: at.length }),
      );
    }
    expect(found.map(({ offset, length }) => text.slice(offset, offset + length))).toEqual(
      expect.arrayContaining(expected.map(([at]) => at)),
    );
  });
});

test("whatever is typed is read or refused, never thrown at", () => {
  const pieces = [
    "a",
    "@b",
    ":",
    '"',
    "(",
    ")",
    " ",
    "AND ",
    "OR ",
    "NOT ",
    "-",
    "*",
    "[1 TO 2]",
    ">",
    "\\",
    "CIDR(",
    ",",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces)), (typed) => {
      const text = typed.join("");
      const parsed = parseDatadogLogSearch(text);
      if (parsed.ok) {
        expect(parseDatadogLogSearch(printDatadogLogSearch(parsed.value))).toEqual(parsed);
      } else {
        expect(parsed.diagnostics.length).toBeGreaterThan(0);
        expect(parsed.diagnostics.every((each) => each.offset + each.length <= text.length)).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["deeply nested parentheses", "(".repeat(20_000)],
  ["exclusions without end", `${"-".repeat(20_000)}a`],
  ["a text of absurd length", "a ".repeat(200_000)],
])("%s are refused", (_, text) => {
  expect(parseDatadogLogSearch(text).ok).toBe(false);
});

describe("what a search reads", () => {
  const parsed = parseDatadogLogSearch(
    'status:error (env:prod OR -@http.code:[1 TO 2]) #cost:>1 CIDR(@ip,10.0.0.0/8) "timed out" @ip:*',
  );
  const search = parsed.ok ? parsed.value : everyLog;

  test("its fields, by what they are", () => {
    expect(logSearchFields(search)).toEqual({
      attributes: ["http.code", "ip"],
      reserved: ["status", "message"],
      tags: ["env"],
      calculated: ["cost"],
    });
  });

  test("its matches, and whether they are left out", () => {
    expect(logSearchMatches(search)).toEqual([
      { field: "status", value: "error", excluded: false },
      { field: "env", value: "prod", excluded: false },
      { field: "@http.code", value: undefined, excluded: true },
      { field: "#cost", value: undefined, excluded: false },
      { field: "@ip", value: undefined, excluded: false },
    ]);
  });
});

test("searches are built in normal form", () => {
  const [a, b, c] = [is("a", "1"), is("b", "2"), is("c", "3")];
  expect(allSearches(a, allSearches(b, c), everyLog)).toEqual(allSearches(a, b, c));
  expect(anySearch(a, anySearch(b, c))).toEqual(anySearch(a, b, c));
  expect(allSearches(a)).toEqual(a);
  expect(allSearches()).toEqual(everyLog);
  expect(excluding(excluding(a))).toEqual(a);
  expect(freeText(anyValue)).toEqual(everyLog);
  expect(pattern("a", "b")).toEqual(word("ab"));
});
