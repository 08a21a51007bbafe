import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { cursorOf } from "../../../languages/datadog/cursor";
import { quoted, takeQuoted } from "../../../languages/datadog/quoted";

const read = (text: string) => takeQuoted(cursorOf(text)).value;

describe("a text in quotes", () => {
  test.each([
    ["status:error", '"status:error"'],
    ['say "hi"', String.raw`"say \"hi\""`],
    ["it's", '"it\'s"'],
    [String.raw`Suburb\:*`, String.raw`"Suburb\:*"`],
    [String.raw`C\:\\Users`, String.raw`"C\:\\\\Users"`],
    [String.raw`\"`, String.raw`"\\\""`],
    ["ends in \\", String.raw`"ends in \\"`],
    ["", '""'],
  ])("%s is written %s", (value, text) => {
    expect(quoted(value, '"')).toBe(text);
    expect(read(text)).toBe(value);
  });

  test("is read back as it was, whatever is in it", () => {
    const value = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom("\\", '"', "'", "a") }));
    fc.assert(
      fc.property(value, fc.constantFrom('"' as const, "'" as const), (text, quote) => {
        const cursor = cursorOf(`${quoted(text, quote)} and more`);
        expect(takeQuoted(cursor).value).toBe(text);
        expect(cursor.text.slice(cursor.at)).toBe(" and more");
        expect(cursor.diagnostics).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test("that is never closed is reported from its opening quote", () => {
    const cursor = cursorOf(String.raw`"abc\"`);
    expect(takeQuoted(cursor).value).toBe('abc"');
    expect(cursor.diagnostics).toMatchObject([{ offset: 0, length: 6 }]);
  });

  test("knows where each of its characters came from", () => {
    const text = String.raw`"a\"b\\c\d"`;
    const { value, offsetOf } = takeQuoted(cursorOf(text));
    expect(value).toBe(String.raw`a"b\c\d`);
    expect([...value].map((_, index) => offsetOf(index))).toEqual([1, 2, 4, 5, 7, 8, 9]);
    expect(offsetOf(value.length)).toBe(text.length - 1);
  });
});
