import { describe, expect, test } from "@jest/globals";
import { burnRates, burnRateWindows, factorOf, windowsFor } from "../../model/burn-rate";
import { objectiveWindows } from "../../model/objective";

const factors = (window: (typeof objectiveWindows)[number]) =>
  Object.fromEntries(windowsFor(window).map((long) => [long, factorOf(long, window)]));

describe("burn rates", () => {
  test("are the workbook's for 30 days, and spend the same share of every other budget", () => {
    expect(factors("30d")).toEqual({ "1h": "14.4", "6h": "6", "1d": "3", "3d": "1" });
    expect(factors("28d")).toEqual({ "1h": "13.44", "6h": "5.6", "1d": "2.8", "3d": "1" });
    expect(factors("90d")).toEqual({ "1h": "43.2", "6h": "18", "1d": "9", "3d": "3" });
  });

  test("are never below the pace that a budget lasts for, and none says twice what a shorter one says", () => {
    expect(factors("7d")).toEqual({ "1h": "3.36", "6h": "1.4", "1d": "1" });
    for (const window of objectiveWindows)
      for (const long of burnRateWindows) expect(Number(factorOf(long, window))).toBeGreaterThanOrEqual(1);
  });

  test("page for the short windows alone", () => {
    expect(burnRateWindows.map((long) => burnRates[long].severity)).toEqual(["SEV-1", "SEV-2", "SEV-3", "SEV-3"]);
  });
});
