import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { valueOfJson, wireValue } from "../../../offline/protocol/state-json";
import type { Value } from "../../../offline/protocol/value";
import type { CtyType } from "../../../offline/schema/provider-schema";

describe("numbers of a state", () => {
  test.each([
    ["0", 0],
    ["-12", -12],
    ["999999999999999", 999999999999999],
    ["9007199254740993", "9007199254740993"],
    ["0.1", "0.1"],
    ["1e400", "1e400"],
    ["[1,2.5]", [1, "2.5"]],
  ] satisfies readonly (readonly [string, Value])[])("%s is not rounded", (text, expected) => {
    expect(valueOfJson(text)).toEqual(expected);
  });

  test("within texts and names are left alone", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (texts) => {
        expect(valueOfJson(JSON.stringify(texts))).toEqual(texts);
      }),
    );
  });
});

describe("a value of a state on the wire", () => {
  test.each([
    ["string", "a", "a"],
    ["string", null, null],
    [["list", "string"], ["a"], ["a"]],
    [["map", "number"], { a: 1 }, { a: 1 }],
    [["object", { a: "string", b: "bool" }], { a: "x", gone: 1 }, { a: "x", b: null }],
    [
      ["tuple", ["string", "number"]],
      ["x", 1],
      ["x", 1],
    ],
    ["dynamic", { type: "string", value: "x" }, [Buffer.from('"string"'), "x"]],
    [
      "dynamic",
      { type: ["object", { a: ["list", "number"] }], value: { a: [1] } },
      [Buffer.from('["object",{"a":["list","number"]}]'), { a: [1] }],
    ],
  ] satisfies readonly (readonly [CtyType, Value, Value])[])("of type %j: %j", (type, value, expected) => {
    expect(wireValue(type, value)).toEqual(expected);
  });
});
