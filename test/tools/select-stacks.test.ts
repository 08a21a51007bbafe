import { describe, expect, test } from "@jest/globals";
import { selectStacks } from "../../tools/select-stacks";
import { UserError } from "../../tools/user-error";

const stacks = ["on-call", "dev", "staging", "prod"].map((name) => ({ name }));
const selected = (...globs: readonly string[]): readonly string[] =>
  selectStacks(stacks, globs).map(({ name }) => name);

const refusal = (...globs: readonly string[]): readonly string[] => {
  try {
    selectStacks(stacks, globs);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error instanceof UserError ? error.message.split("\n") : [];
  }
  return [];
};

describe("stacks", () => {
  test.each([
    ["nothing", [], ["on-call", "dev", "staging", "prod"]],
    ["a name", ["prod"], ["prod"]],
    ["names, whose order does not count", ["prod", "on-call"], ["on-call", "prod"]],
    ["a name twice", ["prod", "prod"], ["prod"]],
    ["a glob", ["*g"], ["staging"]],
    ["a glob of everything", ["*"], ["on-call", "dev", "staging", "prod"]],
    ["alternatives", ["{dev,prod}"], ["dev", "prod"]],
    ["a range", ["[dp]*"], ["dev", "prod"]],
    ["all but one", ["!prod"], ["on-call", "dev", "staging"]],
    ["globs that overlap", ["s*", "*g"], ["staging"]],
  ])("are selected by %s", (_, globs, expected) => {
    expect(selected(...globs)).toEqual(expected);
  });
});

describe("a glob that matches no stack", () => {
  const known = "  known: on-call, dev, staging, prod";

  test("is refused, with the names there are", () => {
    expect(refusal("qa-*")).toEqual(['no stack matches "qa-*".', known]);
  });

  test.each([
    ["stagin", "staging"],
    ["Prod", "prod"],
    ["oncall", "on-call"],
  ])("such as %s is met with what it most likely means: %s", (typed, meant) => {
    expect(refusal(typed)).toEqual([`no stack matches "${typed}". Did you mean "${meant}"?`, known]);
  });

  test("is refused even when others match, and with all of its kind", () => {
    expect(refusal("prod", "nowhere", "stagin")).toEqual([
      'no stack matches "nowhere".',
      'no stack matches "stagin". Did you mean "staging"?',
      known,
    ]);
  });
});
