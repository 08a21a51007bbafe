import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseDuration } from "../../model/duration";
import { parseQuantity, plain } from "../../model/quantity";

describe("a duration", () => {
  test.each([
    ["30s", 30],
    ["5m", 300],
    ["1h", 3600],
    ["1.5h", 5400],
    ["30d", 2_592_000],
    ["2w", 1_209_600],
    ["250ms", 0.25],
    ["0s", 0],
  ])("%s is %d seconds", (text, seconds) => {
    expect(parseDuration(text)).toEqual({ ok: true, value: seconds });
  });

  test.each([
    ["5 minuts", '"5 minuts" is not a duration: did you mean "5m"?'],
    ["5 m", '"5 m" is not a duration: did you mean "5m"?'],
    ["2hours", '"2hours" is not a duration: did you mean "2h"?'],
    ["soon", /write a number and a unit/],
    ["-5m", /write a number and a unit/],
    ["", /write a number and a unit/],
  ])("%j is none", (text, error) => {
    expect(parseDuration(text)).toEqual({
      ok: false,
      error: typeof error === "string" ? error : expect.stringMatching(error),
    });
  });
});

describe("a quantity", () => {
  test.each([
    ["1000ms", "time", "1"],
    ["0.1%", "ratio", "0.001"],
    ["1GB", "information", "1000000000"],
    ["1GiB", "information", "1073741824"],
    ["100", "count", "100"],
    [100, "count", "100"],
    ["-5", "count", "-5"],
    ["10000 per hour", "frequency", "10000"],
    ["10000 / hour", "frequency", "10000"],
    ["50MB per second", "throughput", "50000000"],
  ])("%s is a %s of %s", (text, dimension, value) => {
    const parsed = parseQuantity(text);
    expect(parsed.ok && [parsed.value.dimension, plain(parsed.value.value)]).toEqual([dimension, value]);
  });

  test.each([
    ["1000mss", 'unknown unit "mss"; did you mean "1000ms"?'],
    ["5 parsecs", /unknown unit "parsecs"; known are us, ms, s/],
    ["10 per hor", 'unknown time "hor"; did you mean "10 per hour"?'],
    ["5% per hour", /a ratio has no frequency; leave out "per hour"/],
    ["much", /is not a quantity/],
  ])("%j is none", (text, error) => {
    const parsed = parseQuantity(text);
    expect(parsed).toEqual({
      ok: false,
      error: typeof error === "string" ? expect.stringContaining(error) : expect.stringMatching(error),
    });
  });

  test("is exact: percent of any decimal shifts its point and loses nothing", () => {
    const decimals = fc
      .tuple(fc.nat(10 ** 6), fc.nat(9999))
      .map(([whole, part]) => `${whole}.${String(part).padStart(4, "0")}`);
    fc.assert(
      fc.property(decimals, (decimal) => {
        const parsed = parseQuantity(`${decimal}%`);
        const digits = decimal.replace(".", "");
        // The text is value × 10⁴ as a percentage, so value × 10⁶ as a ratio.
        expect(parsed.ok && plain(parsed.value.value.times("1e6"))).toBe(String(BigInt(digits)));
      }),
    );
  });
});
