import { describe, expect, test } from "@jest/globals";
import { spokenSeconds } from "../../model/spoken-seconds";
import { alertRows, listedAlerts } from "../../tools/alert-list";
import { exampleEstate } from "../support/example";

describe("every alert with its time to page", () => {
  test("says who evaluates it, when it is true, and how long it takes", () => {
    const [listed] = listedAlerts(exampleEstate("prod"));
    expect(listed).toMatchObject({
      service: "shop",
      alert: "HighErrorRate",
      severity: "SEV-1",
      evaluator: "prometheus",
      timeToPage: { collect: 10, evaluate: 30, group: 10 },
      tells: "page, #backend",
    });
    expect(alertRows(listed === undefined ? [] : [listed])[0]?.slice(0, 4)).toEqual([
      "shop",
      "HighErrorRate",
      "SEV-1",
      "prometheus",
    ]);
  });

  test("pages nobody outside production", () => {
    const told = listedAlerts(exampleEstate("dev")).map(({ severity, tells }) => `${severity} ${tells}`);
    expect(new Set(told)).toEqual(new Set(["SEV-3 #backend"]));
  });
});

test.each([
  [50, "50s"],
  [353, "5m53s"],
  [900, "15m"],
  [3601, "1h1m"],
  [90_000, "1d1h"],
])("%d seconds are %s", (seconds, text) => {
  expect(spokenSeconds(seconds)).toBe(text);
});
