import { describe, expect, test } from "@jest/globals";
import { App, TerraformStack, Testing } from "cdktf";
import { folderPermissionsOf } from "../../../constructs/grafana/access";
import { Grafana } from "../../../constructs/grafana/grafana";
import type { AccessOptions } from "../../../model/access";
import { type EnvironmentEstate, estateOf } from "../../../model/estate";
import { GrafanaProvider } from "../../../providers/grafana/provider";
import { exampleCatalog, exampleService } from "../../support/example";
import { only, synthesized } from "../pagerduty/synthesized";

const services = [exampleService(), exampleService({ team: "support" }, "desk")];

function production(access: AccessOptions): EnvironmentEstate {
  const catalog = exampleCatalog(services, { access });
  const environment = catalog.environments.find(({ production: is }) => is);
  if (environment === undefined) throw new Error("no production");
  return estateOf(catalog, environment);
}

const inGrafana = (access: AccessOptions) => {
  const stack = new TerraformStack(new App(), "prod");
  new GrafanaProvider(stack, "provider", { url: "https://grafana.example.com" });
  new Grafana(stack, "grafana", production(access), {
    prometheusUrl: "https://p.example.com",
    routingKey: "key",
    elasticsearchKey: undefined,
  });
  const json = Testing.synth(stack);
  const whole: { check?: Record<string, unknown> } = JSON.parse(json);
  return { ...synthesized(json), checks: whole.check ?? {} };
};

describe("folders", () => {
  const permissions = (grants: AccessOptions["grants"]) =>
    folderPermissionsOf(production({ grants })).map(({ folder, permissions: given }) => [
      folder,
      ...given.map(({ team, level }) => `${team} ${level}`),
    ]);

  test("are closed, to Grafana's own Viewers and Editors too, where nothing is said", () => {
    expect(permissions({})).toEqual([["support"], ["backend"]]);
    const { resources } = inGrafana({ grants: {} });
    expect(resources("grafana_team")).toEqual([]);
    const all = resources("grafana_folder_permission");
    expect(all).toHaveLength(2);
    for (const each of all) expect(each["permissions"] ?? []).toEqual([]);
  });

  test.each(["viewer", "on-call", "auditor"] as const)("of every team are read by a team whose role is %s", (role) => {
    expect(permissions({ backend: { prod: [role] } })).toEqual([
      ["support", "backend View"],
      ["backend", "backend View"],
    ]);
  });

  test("are edited by their own team's editors, who see no other", () => {
    expect(permissions({ backend: { prod: ["editor"] } })).toEqual([["support"], ["backend", "backend Edit"]]);
  });

  test("are open to a team once, as far as any of its roles goes", () => {
    expect(permissions({ backend: { prod: ["viewer", "editor", "on-call"] } })).toEqual([
      ["support", "backend View"],
      ["backend", "backend Edit"],
    ]);
  });

  test("are given to teams of people, by reference", () => {
    const { resources } = inGrafana({ grants: { backend: { prod: ["editor"] }, support: { dev: ["viewer"] } } });
    const team = only(resources("grafana_team"));
    expect(team).toMatchObject({
      name: "backend (prod)",
      email: "backend@example.com",
      members: ["backend-1@example.com", "backend-2@example.com"],
    });
    expect(resources("grafana_folder_permission")).toContainEqual(
      expect.objectContaining({
        folder_uid: expect.stringMatching(/^\$\{grafana_folder\..*backend.*\.uid\}$/),
        permissions: [{ team_id: `\${${team.address}.id}`, permission: "Edit" }],
      }),
    );
  });
});

describe("a dashboard that is shared", () => {
  const rule = {
    service: "shop",
    dashboard: "service",
    environment: "prod",
    since: "2026-01-05",
    until: "2026-02-05",
    reason: "The auditors look at it",
  } as const;

  test("is public without other times and annotations, once it is there", () => {
    const { resources } = inGrafana({ grants: {}, sharing: [rule] });
    expect(only(resources("grafana_dashboard_public"))).toMatchObject({
      dashboard_uid: expect.stringMatching(/^\$\{grafana_dashboard\..*shop.*\.uid\}$/),
      is_enabled: true,
      time_selection_enabled: false,
      annotations_enabled: false,
      share: "public",
    });
  });

  test("is warned of at every plan from its last day on", () => {
    expect(inGrafana({ grants: {}, sharing: [rule] }).checks).toEqual({
      "share-prod-shop-service": {
        assert: [
          {
            condition: expect.stringMatching(
              /^\$\{!grafana_dashboard_public\.\S+\.is_enabled \|\| timecmp\(plantimestamp\(\), "2026-02-05T00:00:00Z"\) < 0\}$/,
            ),
            error_message: expect.stringMatching(/was to end on 2026-02-05/),
          },
        ],
      },
    });
  });

  test("is not, in another environment", () => {
    const { resources, checks } = inGrafana({ grants: {}, sharing: [{ ...rule, environment: "dev" }] });
    expect([resources("grafana_dashboard_public"), checks]).toEqual([[], {}]);
  });
});
