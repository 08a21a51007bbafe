import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decodeValue, encodeValue } from "../../../offline/protocol/msgpack";
import { sameValue, Unknown, unknown, type Value } from "../../../offline/protocol/value";

const bytes = (...values: readonly number[]): Buffer => Buffer.from(values);

const key = fc.string().filter((name) => name !== "__proto__");

const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
    fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
    fc.string({ unit: "binary" }),
    fc.uint8Array({ minLength: 1, maxLength: 20 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe("values in MessagePack", () => {
  test("come back as they went", () => {
    fc.assert(fc.property(value, (each) => sameValue(decodeValue(encodeValue(each)), each)));
  });

  test.each([
    ["null", null, bytes(0xc0)],
    ["a small integer", 5, bytes(0x05)],
    ["a half", 0.5, bytes(0xcb, 0x3f, 0xe0, 0, 0, 0, 0, 0, 0)],
    ["the largest int64", 2n ** 63n - 1n, bytes(0xcf, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)],
    ["the least int64", -(2n ** 63n), bytes(0xd3, 0x80, 0, 0, 0, 0, 0, 0, 0)],
    ["a number of more digits than a double has, as text", "0.1", bytes(0xa3, 0x30, 0x2e, 0x31)],
    ["an unknown value", unknown, bytes(0xd4, 0, 0)],
    ["a dynamic value", [Buffer.from('"bool"'), true], bytes(0x92, 0xc4, 6, 0x22, 0x62, 0x6f, 0x6f, 0x6c, 0x22, 0xc3)],
  ] satisfies readonly (readonly [string, Value, Buffer])[])(
    "%s has the bytes that terraform writes",
    (_, each, encoded) => {
      expect(encodeValue(each)).toEqual(encoded);
      expect(encodeValue(decodeValue(encoded))).toEqual(encoded);
    },
  );

  test("a refined unknown value goes back with its refinements", () => {
    // Not null: a map of refinement 1 to false.
    const refined = bytes(0xc7, 3, 12, 0x81, 0x01, 0xc2);
    const decoded = decodeValue(refined);
    expect(decoded).toBeInstanceOf(Unknown);
    expect(decoded).not.toBe(unknown);
    expect(encodeValue(decoded)).toEqual(refined);
  });

  test("damaged bytes are refused", () => {
    expect(() => decodeValue(bytes(0x92, 0x01))).toThrow();
  });
});

describe("equality of values", () => {
  test("is reflexive but for what is unknown", () => {
    fc.assert(fc.property(value, (each) => sameValue(each, each)));
    expect(sameValue(unknown, unknown)).toBe(false);
    expect(sameValue({ a: [unknown] }, { a: [unknown] })).toBe(false);
  });

  test.each([
    [{ a: 1 }, { a: 1, b: null }],
    [[1, 2], [1]],
    [[], {}],
    [null, {}],
    ["1", 1],
    [Buffer.from("a"), "a"],
  ] satisfies readonly (readonly [Value, Value])[])("%j is not %j", (a, b) => {
    expect([sameValue(a, b), sameValue(b, a)]).toEqual([false, false]);
  });
});
