import { describe, expect, test } from "@jest/globals";
import { errorDiagnostic, type Path, pathText } from "../../../offline/protocol/diagnostic";
import { writeDiagnostics } from "../../../offline/protocol/responses";
import { answered } from "./definitions";

const cases: readonly (readonly [Path, string, readonly object[]])[] = [
  [["name"], "name", [{ attribute_name: "name" }]],
  [
    ["rule", 0, "target", 2, "type"],
    "rule[0].target[2].type",
    [
      { attribute_name: "rule" },
      { element_key_int: 0 },
      { attribute_name: "target" },
      { element_key_int: 2 },
      { attribute_name: "type" },
    ],
  ],
  [["tags", { key: "a.b" }], 'tags["a.b"]', [{ attribute_name: "tags" }, { element_key_string: "a.b" }]],
  [["set", { inSet: 3 }, "inner"], "set[*].inner", [{ attribute_name: "set" }]],
];

describe("a path", () => {
  test.each(cases)("%j reads as %s", (path, text) => {
    expect(pathText(path)).toBe(text);
  });

  test.each(cases)("%j on the wire ends before what has no address", (path, _, steps) => {
    const response = writeDiagnostics("GetFunctions", [errorDiagnostic("summary", "detail", path)]);
    expect(answered("GetFunctions", response ?? Buffer.alloc(0))).toMatchObject({
      diagnostics: [{ attribute: { steps } }],
    });
  });
});

test("an error without a path is of the whole resource", () => {
  expect(errorDiagnostic("summary", "detail")).toEqual({ severity: 1, summary: "summary", detail: "detail" });
});
