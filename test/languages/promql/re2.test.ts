import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compileRe2 } from "../../../languages/promql/re2";

const ONE = { ok: true } as const;

function matches(pattern: string, value: string): boolean {
  const compiled = compileRe2(pattern);
  if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
  return compiled.value.test(value);
}

describe("expressions that RE2 knows", () => {
  test.each([
    ["5..", "503", "5031"],
    ["api|web", "web", "webs"],
    ["", "", "a"],
    ["a.b", "a\nb", "ab"],
    ["(?i)api", "API", "app"],
    ["(?i:a)pi", "Api", "bpi"],
    ["(?s-i:a.)", "ab", "b"],
    ["(?P<name>a)(?<other>b)", "ab", "a"],
    ["\\Aa\\z", "a", "b"],
    ["\\Qa.b\\E+", "a.bb", "axb"],
    ["[[:alpha:]_]+", "Ab_", "a1"],
    ["[[:^digit:]]", "a", "1"],
    ["[^[:space:]x]", "a", " "],
    ["[^\\d\\pL]", "-", "é"],
    ["[]a]+", "]a", "b"],
    ["[^]a]", "b", "]"],
    ["[a\\-z]", "-", "b"],
    ["[\\d-z]", "-", "a"],
    ["[&&]", "&", "a"],
    ["\\p{Greek}\\P{Lu}", "αa", "αA"],
    ["\\p{^Greek}", "a", "α"],
    ["\\x41\\x{1F600}\\101\\a", "A😀A\x07", "A"],
    ["x{,3}", "x{,3}", "xx"],
    ["a{", "a{", "a"],
    ["a{2,3}?", "aaa", "aaaa"],
    ["^*a$", "a", "b"],
    ["(|a)*", "aa", "b"],
    ["\\s", " ", "\v"],
    ["\\bno\\b", "no", "not"],
    ["😀+", "😀😀", "a"],
    ["\\_\\/\\-\\.", "_/-.", "_/-x"],
  ])("%j", (pattern, yes, no) => {
    expect({ yes: matches(pattern, yes), no: matches(pattern, no) }).toEqual({ yes: true, no: false });
  });
});

describe("expressions that RE2 refuses", () => {
  test.each([
    ["a(b", 1, /"\(" is never closed/],
    ["a)b", 1, /closes nothing/],
    ["*a", 0, /nothing to repeat/],
    ["a|*", 2, /nothing to repeat/],
    ["a**", 2, /repeated already/],
    ["a*+", 2, /repeated already/],
    ["a{1001}", 1, /more than 1000/],
    ["a{3,2}", 1, /ends before it begins/],
    ["(?=a)", 0, /lookahead.*second matcher/],
    ["(?!a)", 0, /lookahead/],
    ["(?<=a)", 0, /lookbehind/],
    ["(?<!a)", 0, /lookbehind/],
    ["(?>a)", 0, /no group/],
    ["(a)\\1", 3, /backreference/],
    ["\\k", 0, /no escape/],
    ["\\Z", 0, /no escape/],
    ["\\é", 0, /no escape/],
    ["a\\", 1, /escapes nothing/],
    ["\\Qa", 0, /needs a "\\E"/],
    ["\\p{Nope}", 0, /no class/],
    ["\\x{110000}", 0, /beyond the last character/],
    ["[a", 0, /"\[" is never closed/],
    ["[]", 0, /never closed/],
    ["[z-a]", 0, /runs backwards/],
    ["[a-\\d]", 0, /no escape/],
    ["[[:nope:]]", 0, /no class/],
  ])("%j at %d", (pattern, offset, message) => {
    expect(compileRe2(pattern)).toMatchObject({
      ok: false,
      diagnostics: [{ offset, message: expect.stringMatching(message) }],
    });
  });
});

describe("whatever the pattern", () => {
  const pieces = [
    "a",
    "é",
    "😀",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "{2}",
    "*",
    "+",
    "?",
    "|",
    "^",
    "$",
    ".",
    "-",
    "\\",
    "\\d",
    "\\p{L}",
    "[:alpha:]",
    "(?:",
    "(?i)",
    "\\Q",
    "\\E",
    "/",
    "\\b",
    "(?P<n>",
    "&&",
    "~",
  ];
  const patterns = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom(...pieces)).map((list) => list.join("")),
  );

  test("it compiles, or it is told why not", () => {
    fc.assert(
      fc.property(patterns, (pattern) => {
        const compiled = compileRe2(pattern);
        expect(compiled.ok || compiled.diagnostics.length > 0).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test("a quoted text matches itself and nothing else", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, other) => {
        fc.pre(!text.includes("\\E") && !text.endsWith("\\"));
        expect(compileRe2(`\\Q${text}\\E`)).toMatchObject(ONE);
        expect(matches(`\\Q${text}\\E`, text)).toBe(true);
        expect(matches(`\\Q${text}\\E`, other)).toBe(text === other);
      }),
    );
  });
});
