import { describe, expect, test } from "@jest/globals";
import { type Mapper, parseMapper } from "../../../offline/schema/mapper";

const text: Mapper = { kind: "leaf", type: "string" };
const struct: Mapper = { kind: "struct", name: "scheduleLayer" };

const cases: readonly (readonly [string, Mapper | undefined])[] = [
  ["cdktf.stringToHclTerraform(this._name)", text],
  ["cdktf.numberToHclTerraform(this._count)", { kind: "leaf", type: "number" }],
  ["cdktf.booleanToHclTerraform(this._on)", { kind: "leaf", type: "bool" }],
  ["cdktf.anyToHclTerraform(this._any)", { kind: "leaf", type: "dynamic" }],
  [
    "cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._teams)",
    { kind: "list", element: text, block: false },
  ],
  [
    "cdktf.listMapperHcl(scheduleLayerToHclTerraform, true)(this._layer.internalValue)",
    { kind: "list", element: struct, block: true },
  ],
  ["cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._tags)", { kind: "map", element: text }],
  [
    "cdktf.listMapperHcl(cdktf.listMapperHcl(cdktf.stringToHclTerraform, false), false)(this._x)",
    { kind: "list", element: { kind: "list", element: text, block: false }, block: false },
  ],
  ["scheduleLayerToHclTerraform(this._layer.internalValue)", struct],
  ["Math.max(1, 2)", undefined],
];

describe("the expression", () => {
  test.each(cases)("%s", (expression, mapper) => {
    expect(parseMapper(expression)).toEqual(mapper);
  });
});
