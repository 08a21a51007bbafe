import { describe, expect, test } from "@jest/globals";
import { limits, pagerDutyNameProblems } from "../../../constructs/pagerduty/limits";

describe("names that PagerDuty accepts", () => {
  test.each([["shop"], ["Unrouted alerts"], ["Zahlungsabwicklung für Händler"], ["a".repeat(limits.nameLength)]])(
    "%j",
    (name) => {
      expect(pagerDutyNameProblems(name)).toEqual([]);
    },
  );
});

describe("names that PagerDuty refuses or changes", () => {
  test.each([
    ["", "the name is blank"],
    ["   ", "the name is blank"],
    ["a".repeat(limits.nameLength + 1), "the name has 101 characters"],
    ["shop/api", 'the name holds "/"'],
    ["a\\b", 'the name holds "\\\\"'],
    ["R&D", 'the name holds "&"'],
    ["<shop>", 'the name holds "<", ">"'],
    ["shop\u0007", 'the name holds "\\u0007"'],
    ["shop ", "the name begins or ends with white space"],
  ])("%j: %s", (name, message) => {
    expect(pagerDutyNameProblems(name).map((problem) => problem.message)).toEqual([message]);
  });

  test("all problems are reported at once", () => {
    expect(pagerDutyNameProblems(` ${"a/".repeat(60)}`)).toHaveLength(3);
  });
});
