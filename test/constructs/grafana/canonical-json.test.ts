import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { canonicalJson } from "../../../constructs/grafana/canonical-json";

const json = fc.jsonValue();

/** The same value with the keys of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

test("the text means the value", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("the order in which keys were set does not show", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
    }),
  );
});

test("keys are in order at every depth, lists as they are, and nothing is written that JSON has not", () => {
  expect(canonicalJson({ b: [2, { d: 1, c: undefined }], a: null, f: () => 1 })).toBe('{"a":null,"b":[2,{"d":1}]}');
});
