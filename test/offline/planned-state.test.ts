import { describe, expect, test } from "@jest/globals";
import { plannedState } from "../../offline/planned-state";

const outputsOf = (changes: object): unknown => {
  const state = plannedState(JSON.stringify({ output_changes: changes }), "(later)");
  if (!state.ok) throw new Error(state.error);
  return JSON.parse(state.value).outputs;
};

describe("the outputs that a plan foretells", () => {
  test.each([
    ["known", { after: "a" }, { value: "a", type: "string" }],
    ["unknown", { after_unknown: true }, { value: "(later)", type: "string" }],
    ["sensitive", { after: 1, after_sensitive: true }, { value: 1, type: "number", sensitive: true }],
    ["null", { after: null, after_unknown: false }, { value: null, type: "dynamic" }],
    [
      "unknown in part",
      { after: { a: "1", list: ["x", null] }, after_unknown: { b: true, list: [false, true] } },
      {
        value: { a: "1", list: ["x", "(later)"], b: "(later)" },
        type: ["object", { a: "string", list: ["tuple", ["string", "string"]], b: "string" }],
      },
    ],
  ])("%s", (_, change, output) => {
    expect(outputsOf({ x: { actions: ["create"], ...change } })).toEqual({ x: output });
  });

  test("are without those that the plan removes", () => {
    expect(
      outputsOf({ gone: { actions: ["delete"], after: null }, kept: { actions: ["no-op"], after: true } }),
    ).toEqual({
      kept: { value: true, type: "bool" },
    });
  });

  test.each(["", "[]", '{"output_changes": 1}'])("cannot be told from %j", (text) => {
    expect(plannedState(text, "")).toMatchObject({ ok: false });
  });
});
