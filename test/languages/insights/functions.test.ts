import { describe, expect, test } from "@jest/globals";
import { COMMAND_NAMES, commandNamed, FOREIGN_COMMANDS } from "../../../languages/insights/commands";
import { FOREIGN_FUNCTIONS, FUNCTIONS, type FunctionSpec, functionNamed } from "../../../languages/insights/functions";
import { parseInsights } from "../../../languages/insights/parse";

/** A query that calls the function with so many arguments, where it may stand. */
function calling(spec: FunctionSpec, count: number): string {
  const args = Array.from({ length: count }, (_, index) => (index === spec.periodAt ? "5m" : `a${index}`));
  return `${spec.aggregate ? "stats" : "fields"} ${spec.name}(${args.join(", ")})`;
}

const MOST_ARGUMENTS = 25;

describe("the function table", () => {
  test.each(FUNCTIONS.map((spec): [string, FunctionSpec] => [spec.name, spec]))(
    "%s takes what it says and no more",
    (_, spec) => {
      for (let count = 0; count <= MOST_ARGUMENTS; count++) {
        expect([count, parseInsights(calling(spec, count)).ok]).toEqual([
          count,
          count >= spec.min && count <= spec.max,
        ]);
      }
    },
  );

  test.each(FUNCTIONS.map(({ name }) => name))("%s is found in any case", (name) => {
    expect(functionNamed(name.toUpperCase())?.name).toBe(name);
    expect(functionNamed(name.toLowerCase())?.name).toBe(name);
  });

  test("names each function once, with the section that documents it", () => {
    expect(FUNCTIONS.length).toBeGreaterThan(80);
    expect(new Set(FUNCTIONS.map(({ name }) => name.toLowerCase())).size).toBe(FUNCTIONS.length);
    expect(FUNCTIONS.filter(({ section }) => section === "")).toEqual([]);
  });

  test("does not hold what it calls foreign", () => {
    expect([...FOREIGN_FUNCTIONS.keys()].filter((name) => functionNamed(name) !== undefined)).toEqual([]);
  });
});

describe("the command table", () => {
  test.each([...COMMAND_NAMES])("%s is found in any case", (name) => {
    expect(commandNamed(name.toUpperCase())).toBe(name);
  });

  test("does not hold what it calls foreign", () => {
    expect([...FOREIGN_COMMANDS.keys()].filter((name) => commandNamed(name) !== undefined)).toEqual([]);
  });
});
