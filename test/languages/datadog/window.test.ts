import { describe, expect, test } from "@jest/globals";
import { framedWindow, isWindow, type Window, windowProblem, windowSeconds } from "../../../languages/datadog/window";

describe("seconds of a window", () => {
  test.each<readonly [Window, number]>([
    ["1m", 60],
    ["90m", 5400],
    ["4h", 14_400],
    ["2d", 172_800],
    ["1w", 604_800],
    ["1mo", 2_628_000],
  ])("%s are %d", (window, seconds) => {
    expect(windowSeconds(window)).toBe(seconds);
  });
});

test.each(["0m", "05m", "1.5h", "-1h", "5", "m", "5min", "1y", "5 m", "1e3m", ""])("%j is no window", (text) => {
  expect(isWindow(text)).toBe(false);
});

test("a framed window comes apart", () => {
  expect(framedWindow("last_5m")).toEqual({ frame: "last", window: "5m" });
  expect(framedWindow("next_1w")).toEqual({ frame: "next", window: "1w" });
  expect(["5m", "past_5m", "last5m", "last_", "_5m"].map(framedWindow)).toEqual(Array(5).fill(undefined));
});

describe("windows that Datadog accepts, and those that it does not", () => {
  test.each([
    ["metric", "last", "1mo", true],
    ["metric", "last", "31d", false],
    ["metric", "last", "730h", true],
    ["metric", "last", "731h", false],
    ["metric", "current", "1mo", true],
    ["metric", "current", "2h", false],
    ["metric", "next", "3mo", true],
    ["metric", "next", "4mo", false],
    ["log", "last", "2880m", true],
    ["log", "last", "48h", true],
    ["log", "last", "3d", false],
    ["log", "current", "1d", true],
    ["log", "current", "1mo", false],
  ] as const)("%s %s %s: %s", (kind, frame, window, accepted) => {
    expect(windowProblem(kind, { frame, window }) === undefined).toBe(accepted);
  });
});
