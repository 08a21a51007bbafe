import { describe, expect, test } from "@jest/globals";
import { routeOf } from "../../model/route";
import { severities, severityIn, severityNames, severityOf } from "../../model/severity";
import { exampleEstate } from "../support/example";

describe("a severity", () => {
  test.each([
    ["SEV-1", ["critical", "P1"]],
    ["SEV-2", ["error", "high", "P2"]],
    ["SEV-3", ["warning", "medium", "P3"]],
    ["SEV-4", ["info", "low", "P4"]],
  ] as const)("%s is what others call %s", (severity, words) => {
    expect(words.map(severityOf)).toEqual(words.map(() => severity));
    expect(severityOf(severity)).toBe(severity);
  });

  test("has no other word", () => {
    expect(severityNames).toHaveLength(15);
  });

  test.each([
    ["SEV-1", "SEV-3"],
    ["SEV-2", "SEV-3"],
    ["SEV-3", "SEV-3"],
    ["SEV-4", "SEV-4"],
  ] as const)("%s is %s outside production, and itself in it", (severity, elsewhere) => {
    expect(severityIn(false, severity)).toBe(elsewhere);
    expect(severityIn(true, severity)).toBe(severity);
  });

  test.each([
    ["SEV-1", "high"],
    ["SEV-2", "high"],
    ["SEV-3", "low"],
    ["SEV-4", undefined],
  ] as const)("%s reaches PagerDuty with urgency %s", (severity, urgency) => {
    expect(severities[severity].urgency).toBe(urgency);
  });

  test("of any kind reaches the team's channel, so that no alert is mute", () => {
    const [team] = exampleEstate().teams;
    if (team === undefined) throw new Error("no team");
    for (const severity of ["SEV-1", "SEV-2", "SEV-3", "SEV-4"] as const)
      expect(routeOf(severity, team).slack).toBe(team.slack);
  });
});
