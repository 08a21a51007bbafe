import { expect, test } from "@jest/globals";
import { ampAlertManagerLimits } from "../../../constructs/alertmanager/limits";
import { pagedSeverities, timings } from "../../../constructs/alertmanager/timing";

test("a repetition is a multiple of its interval, or Alertmanager rounds it up", () => {
  for (const { intervalSeconds, repeatSeconds } of Object.values(timings))
    expect(repeatSeconds % intervalSeconds).toBe(0);
});

test("AMP takes every repetition as it is", () => {
  for (const { repeatSeconds } of Object.values(timings))
    expect(repeatSeconds).toBeLessThanOrEqual(ampAlertManagerLimits.repeatSeconds);
});

test("the worse it is, the sooner and the oftener it is told", () => {
  const paged = pagedSeverities.map(({ timing }) => timings[timing]);
  expect(pagedSeverities.map(({ word }) => word)).toEqual(["critical", "error", "warning"]);
  for (const [index, timing] of paged.entries()) {
    const worse = paged[index - 1];
    if (worse === undefined) continue;
    expect(timing.waitSeconds).toBeGreaterThan(worse.waitSeconds);
    expect(timing.repeatSeconds).toBeGreaterThan(worse.repeatSeconds);
  }
});

test("a page waits for less than the minute that we may add", () => {
  expect(timings.critical.waitSeconds).toBeLessThan(60);
});

test("every timing has its reason", () => {
  for (const { reason } of Object.values(timings)) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
});
