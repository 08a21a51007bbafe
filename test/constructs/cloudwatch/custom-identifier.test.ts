import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { customIdentifierRegex, fieldRegex } from "../../../constructs/cloudwatch/custom-identifier";
import { number, text } from "../../../model/log-field";
import { sensitivePatterns } from "../../../model/redaction";
import { checked } from "../../../model/result";

/** Amazon CloudWatch Logs User Guide, "Custom data identifier constraints". */
const characters = /^[A-Za-z0-9_#=@/;, ^$?[\]{}|\\*+.-]{1,200}$/;

describe("a pattern, written for CloudWatch", () => {
  test.each(sensitivePatterns.map(({ name, pattern }) => [name, pattern]))(
    "%s has only what it takes, and finds what it found",
    (_, pattern) => {
      const regex = checked(customIdentifierRegex(pattern));
      expect(regex).toMatch(characters);
      fc.assert(
        fc.property(
          fc.oneof(fc.stringMatching(new RegExp(pattern)), fc.string({ unit: "binary-ascii", maxLength: 40 })),
          (sample) => {
            const ours = new RegExp(pattern, "g");
            const theirs = new RegExp(regex, "g");
            expect(sample.match(theirs)).toEqual(sample.match(ours));
          },
        ),
        { numRuns: 200 },
      );
    },
  );

  test.each([
    ["a(b|c)", /takes no parentheses/],
    ["(a|(b))c", /takes no parentheses/],
    ["größe", /takes no "ö"/],
    [`a${"b".repeat(200)}`, /201 characters long: shorten it to at most 200/],
  ])("%s is refused", (pattern, message) => {
    const regex = customIdentifierRegex(pattern);
    expect(regex.ok ? regex.value : regex.error).toMatch(message);
  });
});

describe("a field of a JSON event", () => {
  const field = text("client_ip", { description: "Whose", pii: "personal" }).definition;
  const mask = (line: string, of = field): string =>
    line.replaceAll(new RegExp(fieldRegex(of), "g"), (found) => "*".repeat(found.length));

  test("law: its value is gone, whatever it is (without a quote), and the other fields stay", () => {
    expect(fieldRegex(field)).toMatch(characters);
    const value = fc.string({ minLength: 4 }).filter((sample) => !/["\\]/.test(sample) && !"message".includes(sample));
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1), (client_ip, indent) => {
        // Python writes a space behind the colon, JavaScript none unless it indents.
        const line = JSON.stringify({ a: "kept", client_ip, message: "kept too" }, undefined, indent).replaceAll(
          "\n",
          "",
        );
        const masked = mask(line);
        expect(masked).not.toContain(JSON.stringify(client_ip));
        expect(masked).toContain('"kept"');
        expect(masked).toContain('"kept too"');
      }),
    );
  });

  test("of a number, and not one whose name only ends like it", () => {
    const amount = number("amount", { description: "How much" }).definition;
    expect(mask('{"amount": -12.5e3, "x": 1}', amount)).toBe(`{${"*".repeat(17)}, "x": 1}`);
    expect(mask('{"total_amount": 12}', amount)).toBe('{"total_amount": 12}');
  });
});
