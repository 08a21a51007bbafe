import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { wireNumber } from "../../../offline/state/number";

describe("a number on the wire", () => {
  test.each([
    ["0", 0],
    ["-0", 0],
    ["42", 42],
    ["-7", -7],
    ["4294967295", 4294967295],
    ["4294967296", 4294967296n],
    ["-2147483649", -2147483649n],
    ["0.5", 0.5],
    ["2.50", 2.5],
    ["1e3", 1000],
    ["12.5e1", 125],
    ["0.1", "0.1"],
    ["-0.01", "-0.01"],
    ["1e-7", "0.0000001"],
    ["18446744073709551617", "18446744073709551617"],
  ])("%s", (text, value) => {
    expect(wireNumber(text)).toBe(value);
  });

  test.each(["", "x", "1,5", "0x10", " 1", "NaN", "Infinity"])("%j is none", (text) => {
    expect(wireNumber(text)).toBeUndefined();
  });

  test("that a double holds stays the same number", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 10 }), (digits, places) => {
        const value = digits / 2 ** places;
        expect(Number(wireNumber(String(value)))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});
