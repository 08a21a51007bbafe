import { describe, expect, test } from "@jest/globals";
import { estateOf } from "../../model/estate";
import { checked } from "../../model/result";
import type { TeamOptions } from "../../model/team";
import { summaryHour, weeklySummariesOf } from "../../model/weekly-summary";
import { exampleCatalog } from "../support/example";

const summaries = (name: string, options: Partial<TeamOptions> = {}) => {
  const catalog = exampleCatalog();
  const teams = catalog.teams.map((team) => ({ ...team, ...options }));
  const environment = catalog.environments.find((each) => each.name === name);
  if (environment === undefined) throw new Error(`no environment ${name}`);
  return checked(weeklySummariesOf(estateOf({ ...catalog, teams }, environment)));
};

describe("a team's weekly summary", () => {
  test("comes on Mondays after eight in the team's own zone, to its address", () => {
    expect(summaries("prod")).toMatchObject([
      {
        interval: "weekly summary/backend",
        timeZone: "Europe/Berlin",
        parts: [{ days: ["monday"], from: 480, to: 540 }],
        addresses: ["backend@example.com"],
      },
    ]);
  });

  test("comes when the team says, also around midnight, and to who subscribed, each once", () => {
    const [summary] = summaries("prod", {
      weeklySummary: { day: "sunday", at: "23:30" },
      subscribers: ["head@example.com", "backend@example.com"],
    });
    expect(summary?.parts).toEqual([
      { days: ["sunday"], from: 1410, to: 1440 },
      { days: ["monday"], from: 0, to: 30 },
    ]);
    expect(summary?.addresses).toEqual(["backend@example.com", "head@example.com"]);
  });

  test("is of production alone, and of no team that turned it off", () => {
    expect(summaries("dev")).toEqual([]);
    expect(summaries("prod", { weeklySummary: "off" })).toEqual([]);
  });

  test.each([
    ["Europe/Berlin", 21],
    ["America/New_York", 3],
    ["Asia/Kolkata", 16.5],
    ["Australia/Sydney", 12],
  ])("knows when the night begins in %s, in standard time", (timeZone, hour) => {
    const onCall = { rotation: ["a@example.com"], timeZone, start: "2026-01-05" };
    expect(summaries("prod", { onCall })[0]?.nightStarts).toBe(hour * 3600);
  });
});

test("an hour that is none is an error", () => {
  expect(summaryHour({ at: "25:00" }).ok).toBe(false);
});
