import { describe, expect, test } from "@jest/globals";
import { escalationPolicies } from "../../../constructs/pagerduty/escalation";
import { limits } from "../../../constructs/pagerduty/limits";
import type { Catalog } from "../../../model/catalog";
import type { TeamName } from "../../../model/register";
import { responseMinutes, type Tier, tiers } from "../../../model/tier";
import { exampleCatalog, exampleService } from "../../support/example";

const catalogOf = (team: TeamName, tier: Tier, onCall: Partial<Catalog["onCall"]> = {}): Catalog => {
  const example = exampleCatalog([exampleService({ team, tier })]);
  return { ...example, onCall: { ...example.onCall, ...onCall } };
};

const policyNamed = (catalog: Catalog, name: string) => {
  const policy = escalationPolicies(catalog).find((candidate) => candidate.name === name);
  if (policy === undefined) throw new Error(`no policy ${name}`);
  return policy;
};

describe("levels of an escalation policy", () => {
  test.each<[TeamName, Tier, readonly [string, number][]]>([
    [
      "backend",
      1,
      [
        ["support", 20],
        ["backend", 20],
        ["architecture", 20],
      ],
    ],
    [
      "backend",
      2,
      [
        ["support", 80],
        ["backend", 80],
        ["architecture", 80],
      ],
    ],
    [
      "backend",
      3,
      [
        ["support", 480],
        ["backend", 480],
        ["architecture", 480],
      ],
    ],
    [
      "backend",
      4,
      [
        ["support", 960],
        ["backend", 960],
        ["architecture", 960],
      ],
    ],
    [
      "support",
      1,
      [
        ["support", 30],
        ["architecture", 30],
      ],
    ],
    [
      "architecture",
      1,
      [
        ["support", 30],
        ["architecture", 30],
      ],
    ],
  ])("services of %s, tier %i", (team, tier, levels) => {
    expect(policyNamed(catalogOf(team, tier), `${team} tier ${tier}`).levels).toEqual(
      levels.map(([name, delayMinutes]) => ({ team: name, delayMinutes })),
    );
  });

  test("one team that is everything is called alone", () => {
    const catalog = catalogOf("backend", 1, { support: "backend", architecture: "backend" });
    expect(policyNamed(catalog, "backend tier 1").levels).toEqual([{ team: "backend", delayMinutes: 60 }]);
  });

  test("support that is architecture too is called twice, with the owner between", () => {
    const catalog = catalogOf("backend", 1, { architecture: "support" });
    expect(policyNamed(catalog, "backend tier 1").levels.map(({ team }) => team)).toEqual([
      "support",
      "backend",
      "support",
    ]);
  });

  const everyPolicy = tiers.flatMap((tier) =>
    (["support", "backend", "architecture"] as const).flatMap((team) => escalationPolicies(catalogOf(team, tier))),
  );

  test.each(everyPolicy)(
    "$name: all are called, and have had time to answer, within the response time",
    ({ levels, tier }) => {
      const calledAt = levels.map((_, level) =>
        levels.slice(0, level).reduce((sum, each) => sum + each.delayMinutes, 0),
      );
      expect(calledAt[0]).toBe(0);
      expect(Math.max(...calledAt)).toBeLessThan(responseMinutes[tier]);
      expect(levels.reduce((sum, each) => sum + each.delayMinutes, 0)).toBe(responseMinutes[tier]);
    },
  );

  test.each(everyPolicy)("$name: PagerDuty accepts it", ({ levels, loops }) => {
    for (const { delayMinutes } of levels) expect(delayMinutes).toBeGreaterThanOrEqual(limits.escalationDelayMinutes);
    expect(levels.length).toBeLessThanOrEqual(limits.escalationRules);
    expect(loops).toBe(2);
    expect(loops).toBeLessThanOrEqual(limits.escalationLoops);
  });
});

describe("which policies there are", () => {
  const namesOf = (catalog: Catalog) => escalationPolicies(catalog).map(({ name }) => name);

  test("one for each team and tier in use, and the support team's for unrouted alerts", () => {
    const catalog = exampleCatalog([
      exampleService({ team: "backend", tier: 1 }, "shop"),
      exampleService({ team: "backend", tier: 3 }, "reports"),
      exampleService({ team: "backend", tier: 1 }, "basket"),
    ]);
    expect(namesOf(catalog)).toEqual(["backend tier 1", "backend tier 3", "support tier 1"]);
  });

  test("unrouted alerts share the policy that support has already", () => {
    expect(namesOf(catalogOf("support", 1))).toEqual(["support tier 1"]);
  });
});
