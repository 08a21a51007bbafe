import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  type BurnRateQuery,
  parseDatadogBurnRateQuery,
  printDatadogBurnRateQuery,
} from "../../../languages/datadog/slo-query";

const query: fc.Arbitrary<BurnRateQuery> = fc.record(
  {
    slo: fc.string(),
    over: fc.constantFrom("7d", "30d", "90d"),
    long: fc.integer({ min: 1, max: 48 }).map((hours) => `${hours}h` as const),
    short: fc.integer({ min: 1, max: 59 }).map((minutes) => `${minutes}m` as const),
    threshold: fc.constantFrom("1", "6", "14.4"),
  },
  { noNullPrototype: true },
);

describe("the query of a burn-rate monitor", () => {
  test("reads as it prints", () => {
    fc.assert(
      fc.property(query, (each) => {
        expect(parseDatadogBurnRateQuery(printDatadogBurnRateQuery(each))).toEqual({ ok: true, value: each });
      }),
    );
  });

  test("is the documented one", () => {
    const text = 'burn_rate("abc").over("30d").long_window("1h").short_window("5m") > 14.4';
    const value = { slo: "abc", over: "30d", long: "1h", short: "5m", threshold: "14.4" } as const;
    expect(parseDatadogBurnRateQuery(text)).toEqual({ ok: true, value });
    expect(printDatadogBurnRateQuery(value)).toBe(text);
  });

  test.each([
    [`burn_rate("a").over("28d").long_window("1h").short_window("5m") > 1`, /over 7d, 30d or 90d, not "28d"/],
    [`burn_rate("a").over("30d").long_window("49h").short_window("5m") > 1`, /1 to 48 whole hours/],
    [`burn_rate("a").over("30d").long_window("90m").short_window("5m") > 1`, /1 to 48 whole hours/],
    [`burn_rate("a").over("30d").long_window("1h").short_window("60m") > 1`, /shorter than the long one/],
    [`burn_rate("a").over("30d").long_window("1.5h").short_window("5m") > 1`, /"1.5h" is no window/],
    [`burn_rate("a").over("30d").long_window("1h").short_window("5m") < 1`, /write >/],
    [`burn_rate("a").over("30d").long_window("1h").short_window("5m")`, /comparator and a threshold are missing/],
    [`burn_rate(a).over("30d").long_window("1h").short_window("5m") > 1`, /stands in quotes/],
    [`burn_rate("a").long_window("1h").short_window("5m") > 1`, /\.over\("…"\) is missing/],
    ["", /burn_rate\("…"\) is missing/],
  ])("%s is refused", (text, message) => {
    const parsed = parseDatadogBurnRateQuery(text);
    expect(parsed.ok ? [] : parsed.diagnostics.map((each) => each.message).join(" ")).toMatch(message);
  });

  test("of any text is read or refused, and never thrown at", () => {
    const piece = fc.constantFrom('burn_rate("', '")', '.over("30d")', ".long_window", '("1h")', " > ", "1", '"', "(");
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const parsed = parseDatadogBurnRateQuery(pieces.join(""));
        if (!parsed.ok) expect(parsed.diagnostics.length).toBeGreaterThan(0);
      }),
    );
  });
});
