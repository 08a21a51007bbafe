import { describe, expect, test } from "@jest/globals";
import { App, TerraformStack, Testing } from "cdktf";
import { OnCall } from "../../../constructs/pagerduty/on-call";
import type { Catalog } from "../../../model/catalog";
import { exampleCatalog, exampleService } from "../../support/example";
import { byName, synthesized } from "./synthesized";

const synthesize = (catalog: Catalog) => {
  const stack = new TerraformStack(new App(), "on-call");
  const onCall = new OnCall(stack, "pagerduty", catalog);
  return { onCall, ...synthesized(Testing.synth(stack)) };
};

const services = [
  exampleService({ team: "backend", tier: 1, description: "Sells ${things}" }, "shop"),
  exampleService({ team: "backend", tier: 3 }, "reports"),
  exampleService({ team: "support", tier: 4 }, "desk"),
];
const { onCall, resources, data } = synthesize(exampleCatalog(services));

describe("services", () => {
  const all = resources("pagerduty_service");

  test("one for each service of the catalog, and one for unrouted alerts", () => {
    expect(all.map(({ name }) => name)).toEqual(["Unrouted alerts", "desk", "reports", "shop"]);
  });

  test.each([
    ["shop", "backend tier 1", "3600"],
    ["reports", "backend tier 3", "86400"],
    ["desk", "support tier 4", "86400"],
    ["Unrouted alerts", "support tier 1", "3600"],
  ])("%s is answered by %s, and calls again after %s seconds", (name, policy, seconds) => {
    const { address } = byName(resources("pagerduty_escalation_policy"), policy);
    expect(byName(all, name)).toMatchObject({
      escalation_policy: `\${${address}.id}`,
      acknowledgement_timeout: seconds,
    });
  });

  test.each(["shop", "Unrouted alerts"])("%s: severity decides the urgency, nothing resolves by the clock", (name) => {
    expect(byName(all, name)).toMatchObject({
      alert_creation: "create_alerts_and_incidents",
      incident_urgency_rule: { type: "constant", urgency: "severity_based" },
      auto_resolve_timeout: "null",
    });
  });

  test("a description reaches Terraform literally", () => {
    expect(byName(all, "shop")).toMatchObject({ description: "Sells $${things}" });
  });

  test("their identifiers are exposed by name", () => {
    expect(Object.keys(onCall.serviceIds)).toEqual(["shop", "reports", "desk", "Unrouted alerts"]);
  });
});

describe("people", () => {
  const schedules = resources("pagerduty_schedule");

  test("one team for each team", () => {
    expect(resources("pagerduty_team").map(({ name }) => name)).toEqual(["architecture", "backend", "support"]);
  });

  test("each address is looked up once", () => {
    const { teams, ...rest } = exampleCatalog(services);
    const shared = {
      ...rest,
      teams: teams.map((team) => ({ ...team, onCall: { ...team.onCall, rotation: ["ada@example.com"] } })),
    };
    expect(
      synthesize(shared)
        .data("pagerduty_user")
        .map(({ email }) => email),
    ).toEqual(["ada@example.com"]);
    expect(data("pagerduty_user")).toHaveLength(6);
  });

  test("a schedule turns weekly through the team's people, in the team's zone", () => {
    const address = (email: string) => data("pagerduty_user").find((user) => user["email"] === email)?.address;
    const team = byName(resources("pagerduty_team"), "backend");
    expect(byName(schedules, "backend on-call")).toMatchObject({
      time_zone: "Europe/Berlin",
      teams: [`\${${team.address}.id}`],
      layer: [
        {
          start: "2026-01-05T09:00:00+01:00",
          rotation_virtual_start: "2026-01-05T09:00:00+01:00",
          rotation_turn_length_seconds: 604_800,
          users: ["backend-1@example.com", "backend-2@example.com"].map((email) => `\${data.${address(email)}.id}`),
        },
      ],
    });
  });

  test("a policy calls support, the owner, architecture", () => {
    const target = (name: string) => [
      { type: "schedule_reference", id: `\${${byName(schedules, `${name} on-call`).address}.id}` },
    ];
    expect(byName(resources("pagerduty_escalation_policy"), "backend tier 1")).toMatchObject({
      num_loops: 2,
      rule: ["support", "backend", "architecture"].map((name) => ({
        escalation_delay_in_minutes: 20,
        target: target(name),
      })),
    });
  });
});

describe("stable identity", () => {
  const addresses = (catalog: Catalog) => synthesize(catalog).addresses;

  test("a service added first leaves every other resource where it was", () => {
    const before = addresses(exampleCatalog(services));
    const after = addresses(exampleCatalog([exampleService({ team: "backend", tier: 1 }, "new"), ...services]));
    expect(before.length).toBeGreaterThan(10);
    expect(after).toEqual(expect.arrayContaining([...before]));
    expect(after).toHaveLength(before.length + 1);
  });
});

test("an unknown team is a defect of ours, since the checks refuse it first", () => {
  const example = exampleCatalog(services);
  expect(() => synthesize({ ...example, teams: example.teams.filter(({ name }) => name !== "support") })).toThrow(
    "unchecked catalog",
  );
});
