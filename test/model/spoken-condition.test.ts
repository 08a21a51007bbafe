import { describe, expect, test } from "@jest/globals";
import { parseSpoken } from "../../model/spoken-condition";

const over = (indicator: string, threshold: string) => ({ kind: "compare", indicator, comparison: ">", threshold });

describe("a condition in words", () => {
  test.each([
    ["cpu_usage outside 10%..90%", { kind: "outside", indicator: "cpu_usage", low: "10%", high: "90%" }],
    ["heartbeat absent", { kind: "absent", indicator: "heartbeat" }],
    ["heartbeat is absent", { kind: "absent", indicator: "heartbeat" }],
    [
      "request_rate deviates by 3 sigma",
      { kind: "anomaly", indicator: "request_rate", deviations: 3, direction: "either", baseline: "1w" },
    ],
    [
      "request_rate deviates below by 2.5 sigma from 1d",
      { kind: "anomaly", indicator: "request_rate", deviations: 2.5, direction: "below", baseline: "1d" },
    ],
    [
      "error_rate > 5% and request_rate > 1 per second",
      { kind: "and", left: over("error_rate", "5%"), right: over("request_rate", "1 per second") },
    ],
  ])("%s", (text, spoken) => {
    expect(parseSpoken(text)).toEqual({ ok: true, value: spoken });
  });

  test("binds as PromQL does: and and unless before or, from the left", () => {
    const [a, b, c, d] = [over("a", "1"), over("b", "2"), over("c", "3"), over("d", "4")];
    expect(parseSpoken("a > 1 or b > 2 and c > 3 unless d > 4")).toEqual({
      ok: true,
      value: {
        kind: "or",
        left: a,
        right: { kind: "unless", left: { kind: "and", left: b, right: c }, right: d },
      },
    });
    expect(parseSpoken("(a > 1 or b > 2) and (c > 3)")).toEqual({
      ok: true,
      value: { kind: "and", left: { kind: "or", left: a, right: b }, right: c },
    });
  });

  test("does not take an operator out of the middle of a name", () => {
    expect(parseSpoken("orders_android > 5")).toEqual({ ok: true, value: over("orders_android", "5") });
  });

  test.each([
    ["a > 1 and", /is not a condition/],
    ["and a > 1", /is not a condition/],
    ["(a > 1", /parenthesis that is not closed/],
    ["a > 1)", /goes on where it should end/],
    ["(a > 1) b > 2", /goes on where it should end/],
    ["a outside 5..", /half a range/],
    ["a and b > 1", /"a" has no comparison/],
  ])("%j is refused", (text, error) => {
    expect(parseSpoken(text)).toEqual({ ok: false, error: expect.stringMatching(error) });
  });
});
