import { describe, expect, test } from "@jest/globals";
import { Fn, TerraformStack, Testing } from "cdktf";
import { GrafanaAlertRules } from "../../../constructs/grafana/alert-rules";
import { mutedIn, muteTimingsOf } from "../../../constructs/grafana/mute-timing";
import { alert } from "../../../model/alert";
import { type WindowOptions, weekly } from "../../../model/maintenance-window";
import { GrafanaProvider } from "../../../providers/grafana/provider";
import { exampleEstate, exampleService } from "../../support/example";

const night: WindowOptions = {
  days: ["sunday"],
  start: "22:30",
  end: "01:00",
  timeZone: "Europe/Berlin",
  reason: "Upgrades",
};
const full = alert("Full", {
  when: "memory > 1GB",
  for: "5m",
  severity: "SEV-3",
  summary: "Memory runs out",
  runbook: "https://runbooks.example.com/full",
  evaluator: "grafana",
});
const shop = exampleService({ alerts: [full], maintenance: [weekly("night", night)] });
const elsewhere = exampleService({ maintenance: [weekly("night", night)] }, "elsewhere");
const estate = exampleEstate("prod", [shop, elsewhere]);

describe("a maintenance window in Grafana", () => {
  test("that goes on after midnight is one mute timing of two parts, in its own time zone", () => {
    expect(muteTimingsOf(estate, ["shop"])).toEqual([
      {
        name: "prod: shop/night",
        intervals: [
          { weekdays: ["sunday"], times: [{ start: "22:30", end: "24:00" }], location: "Europe/Berlin" },
          { weekdays: ["monday"], times: [{ start: "00:00", end: "01:00" }], location: "Europe/Berlin" },
        ],
      },
    ]);
  });

  test("mutes the rules of its service alone", () => {
    expect([mutedIn(estate, "shop"), mutedIn(exampleEstate("prod", [exampleService()]), "shop")]).toEqual([
      ["prod: shop/night"],
      [],
    ]);
  });

  test("is declared where Grafana evaluates an alert that it mutes, and named by that rule", () => {
    const stack = new TerraformStack(Testing.app(), "test");
    new GrafanaProvider(stack, "provider", { url: "https://grafana.example.com" });
    new GrafanaAlertRules(stack, "alerts", estate, {
      dataSources: [],
      folders: new Map(estate.teams.map(({ name }) => [name, name])),
      routingKey: Fn.sensitive("key"),
    });
    const { resource } = JSON.parse(Testing.synth(stack));
    const timings = Object.entries<{ readonly name: string }>(resource.grafana_mute_timing);
    expect(timings.map(([, { name }]) => name)).toEqual(["prod: shop/night"]);
    const address = timings[0]?.[0];
    const [group] = Object.values<{ readonly rule: readonly { readonly notification_settings: object }[] }>(
      resource.grafana_rule_group,
    );
    expect(group?.rule[0]?.notification_settings).toMatchObject({
      mute_timings: [`\${grafana_mute_timing.${address}.name}`],
    });
  });
});
