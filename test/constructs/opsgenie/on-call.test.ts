import { describe, expect, test } from "@jest/globals";
import { App, TerraformStack, Testing } from "cdktf";
import { OpsgenieEnvironment } from "../../../constructs/opsgenie/environment";
import { OpsgenieOnCall } from "../../../constructs/opsgenie/on-call";
import { teamRoutings } from "../../../constructs/opsgenie/routing";
import { opsgenieRotation } from "../../../constructs/opsgenie/schedule";
import { estateOf } from "../../../model/estate";
import { team } from "../../../model/team";
import catalog from "../../support/opsgenie-catalog";
import { byName, only, synthesized } from "../pagerduty/synthesized";

const stack = new TerraformStack(new App(), "on-call");
const onCall = new OpsgenieOnCall(stack, "opsgenie", catalog);
const { resources, data } = synthesized(Testing.synth(stack));
const idOf = (type: string, name: string): string => `\${${byName(resources(type), name).address}.id}`;

describe("people", () => {
  test("are looked up, and are members of their team", () => {
    expect(data("opsgenie_user").map(({ username }) => username)).toContain("backend-2@example.com");
    expect(byName(resources("opsgenie_team"), "backend")).toMatchObject({
      delete_default_resources: true,
      member: [
        { id: expect.stringMatching(/^\$\{data\.opsgenie_user\..+\.id\}$/), role: "user" },
        { id: expect.stringMatching(/^\$\{data\.opsgenie_user\..+\.id\}$/), role: "user" },
      ],
    });
    expect(Object.keys(onCall.teamIds)).toEqual(["support", "backend", "architecture"]);
  });

  test("change shifts at the hour of their zone, told in UTC", () => {
    const rotation = { timeZone: "Asia/Kolkata", start: "2026-01-05", handoff: "09:00", rotation: ["a@example.com"] };
    const value = opsgenieRotation(
      team("far", { description: "Far", slack: "#far", email: "f@example.com", onCall: rotation }),
    );
    expect(value).toMatchObject({ ok: true, value: { start: "2026-01-05T03:30:00Z", timeZone: "Asia/Kolkata" } });
    expect(byName(resources("opsgenie_schedule"), "backend-on-call")).toMatchObject({ timezone: "Europe/Berlin" });
    expect(resources("opsgenie_schedule_rotation").map(({ start_date }) => start_date)).toEqual(
      Array.from({ length: 3 }, () => "2026-01-05T08:00:00Z"),
    );
  });
});

describe("escalation", () => {
  test("calls support, the owner and architecture, each after its share of the tier's time", () => {
    const schedule = (name: string) => [{ type: "schedule", id: idOf("opsgenie_schedule", `${name}-on-call`) }];
    expect(byName(resources("opsgenie_escalation"), "backend tier 1")).toMatchObject({
      rules: [
        { delay: 0, condition: "if-not-acked", recipient: schedule("support") },
        { delay: 20, condition: "if-not-acked", recipient: schedule("backend") },
        { delay: 40, condition: "if-not-acked", recipient: schedule("architecture") },
      ],
      repeat: [{ count: 2, wait_interval: 20 }],
    });
  });
});

describe("routing", () => {
  test("is by priority, then by tier, and leaves nothing to Opsgenie's own rule", () => {
    expect(teamRoutings(catalog).find((routing) => routing.team === "backend")?.rules).toEqual([
      {
        name: "Minor",
        criterion: { kind: "priority", oneOf: ["P3", "P4", "P5"] },
        notified: { kind: "schedule", team: "support" },
      },
      {
        name: "Tier 1",
        criterion: { kind: "tier", tier: 1 },
        notified: { kind: "escalation", policy: "backend tier 1" },
      },
      {
        name: "Tier 3",
        criterion: { kind: "tier", tier: 3 },
        notified: { kind: "escalation", policy: "backend tier 3" },
      },
      { name: "Of no tier", criterion: { kind: "any" }, notified: { kind: "escalation", policy: "backend tier 1" } },
    ]);
  });

  test("is made rule by rule, in their order", () => {
    const rules = resources("opsgenie_team_routing_rule").filter(
      ({ team_id }) => team_id === idOf("opsgenie_team", "backend"),
    );
    const ordered = rules.toSorted((a, b) => Number(a["order"]) - Number(b["order"]));
    expect(ordered.map(({ name, order }) => [name, order])).toEqual([
      ["Minor", 0],
      ["Tier 1", 1],
      ["Tier 3", 2],
      ["Of no tier", 3],
    ]);
    expect(ordered.map(({ depends_on }) => depends_on)).toEqual([
      undefined,
      ...ordered.slice(0, -1).map(({ address }) => [address]),
    ]);
    expect(ordered[2]).toMatchObject({
      criteria: [
        {
          type: "match-all-conditions",
          conditions: [{ field: "extra-properties", key: "tier", operation: "equals", expected_value: "3" }],
        },
      ],
      notify: [{ type: "escalation", id: idOf("opsgenie_escalation", "backend tier 3") }],
    });
  });

  test("lets what is minor wait for the next working day", () => {
    const [policy] = resources("opsgenie_notification_policy");
    expect(policy).toMatchObject({
      filter: { conditions: ["P3", "P4", "P5"].map((priority) => ({ field: "priority", expected_value: priority })) },
      delay_action: { delay_option: "next-weekday", until_hour: 9, until_minute: 0 },
      time_restriction: {
        type: "weekday-and-time-of-day",
        restrictions: expect.arrayContaining([
          { start_day: "friday", start_hour: 17, start_min: 0, end_day: "monday", end_hour: 9, end_min: 0 },
        ]),
      },
    });
  });

  test("knows the services of the catalog", () => {
    expect(byName(resources("opsgenie_service"), "reports")).toMatchObject({
      team_id: idOf("opsgenie_team", "backend"),
      tags: ["tier:3"],
    });
  });
});

test("an environment has a way in that takes the team an alert names, and a heartbeat", () => {
  const [environment] = catalog.environments;
  if (environment === undefined) throw new Error("no environment");
  const own = new TerraformStack(new App(), "dev");
  new OpsgenieEnvironment(own, "opsgenie", estateOf(catalog, environment), { supportId: "the-support-team" });
  const made = synthesized(Testing.synth(own));
  const integration = only(made.resources("opsgenie_api_integration"));
  expect(integration).toMatchObject({ type: "API", ignore_responders_from_payload: false, allow_write_access: true });
  expect(integration).not.toHaveProperty("owner_team_id");
  expect(only(made.resources("opsgenie_heartbeat"))).toMatchObject({
    name: "dev-watchdog",
    interval: 10,
    interval_unit: "minutes",
    alert_priority: "P1",
    owner_team_id: "the-support-team",
  });
});
