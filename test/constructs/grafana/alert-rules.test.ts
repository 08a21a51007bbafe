import { describe, expect, test } from "@jest/globals";
import { Fn, TerraformStack, Testing } from "cdktf";
import { z } from "zod";
import { grafanaAlertRule } from "../../../constructs/grafana/alert-rule";
import { GrafanaAlertRules } from "../../../constructs/grafana/alert-rules";
import { pagerDutyEvent, slackMessage } from "../../../constructs/grafana/contact-point";
import { limits } from "../../../constructs/grafana/limits";
import { type Alert, type AlertOptions, alert } from "../../../model/alert";
import { absent } from "../../../model/condition";
import { checked } from "../../../model/result";
import type { Service } from "../../../model/service";
import { DataSource } from "../../../providers/grafana/data-source";
import { GrafanaProvider } from "../../../providers/grafana/provider";
import { example, exampleEstate, exampleService } from "../../support/example";

const inGrafana = (name: string, options: Partial<AlertOptions> = {}): Alert =>
  alert(name, {
    when: "memory > 1GB",
    for: "5m",
    severity: "SEV-1",
    summary: "{value} of memory, ${not a token}",
    runbook: "https://runbooks.example.com/example",
    evaluator: "grafana",
    ...options,
  });

const stage = z.strictObject({
  ref_id: z.string(),
  datasource_uid: z.string(),
  model: z.string(),
  relative_time_range: z.strictObject({ from: z.int(), to: z.int() }),
});
const rule = z.strictObject({
  uid: z.string().regex(/^[a-zA-Z0-9_-]{1,40}$/),
  name: z.string().max(limits.ruleTitleLength),
  data: z.array(stage),
  condition: z.string(),
  for: z.string(),
  keep_firing_for: z.string().optional(),
  no_data_state: z.string(),
  exec_err_state: z.string(),
  missing_series_evals_to_resolve: z.int().optional(),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  notification_settings: z.strictObject({
    contact_point: z.string(),
    group_by: z.array(z.string()),
    group_wait: z.string(),
    group_interval: z.string(),
    repeat_interval: z.string(),
  }),
});
const group = z.strictObject({
  name: z.string(),
  folder_uid: z.string(),
  depends_on: z.tuple([z.literal("grafana_data_source.source")]),
  interval_seconds: z.int().multipleOf(limits.baseIntervalSeconds),
  rule: z.array(rule),
});
const contactPoint = z.strictObject({
  name: z.string(),
  lifecycle: z.strictObject({ create_before_destroy: z.literal(true) }),
  pagerduty: z.array(z.looseObject({ integration_key: z.string() })).optional(),
  slack: z.array(z.looseObject({ token: z.string(), recipient: z.string() })),
});
const stackJson = z.looseObject({
  variable: z.record(z.string(), z.unknown()).optional(),
  resource: z.strictObject({
    grafana_data_source: z.unknown(),
    grafana_rule_group: z.record(z.string(), group).optional(),
    grafana_contact_point: z.record(z.string(), contactPoint).optional(),
  }),
});

function synthesized(...services: readonly Service[]) {
  const stack = new TerraformStack(Testing.app(), "test");
  const estate = exampleEstate("prod", services);
  new GrafanaProvider(stack, "provider", { url: estate.environment.grafana });
  const source = new DataSource(stack, "source", { name: "Prometheus", type: "prometheus" });
  new GrafanaAlertRules(stack, "alerts", estate, {
    dataSources: [source],
    folders: new Map(estate.teams.map(({ name }) => [name, `folder-of-${name}`])),
    routingKey: Fn.sensitive("from-the-orchestration"),
  });
  const { resource, variable } = stackJson.parse(JSON.parse(Testing.synth(stack)));
  const all = <T extends object>(blocks: Readonly<Record<string, T>> = {}) =>
    Object.entries(blocks).map(([address, block]) => ({ address, ...block }));
  return {
    estate,
    variable,
    groups: all(resource.grafana_rule_group),
    points: all(resource.grafana_contact_point).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

const service = (name: string, ...alerts: readonly Alert[]): Service => exampleService({ alerts }, name);

test("nothing at all, not even a variable, where Grafana evaluates no alert", () => {
  expect(synthesized(exampleService())).toMatchObject({ groups: [], points: [], variable: undefined });
});

describe("a rule group", () => {
  const { groups, points, estate } = synthesized(
    service("api", inGrafana("Full"), inGrafana("Gone", { when: absent(example.memory), severity: "SEV-4" })),
    service("shop", inGrafana("Full", { keepFiringFor: "10m" })),
    exampleService({}, "elsewhere"),
  );

  test("is one for each service with such alerts, in its team's folder", () => {
    expect(
      groups.map(({ name, folder_uid, interval_seconds, rule: rules }) => [
        name,
        folder_uid,
        interval_seconds,
        rules.map(({ name: title }) => title),
      ]),
    ).toEqual([
      ["api", "folder-of-backend", 30, ["api: Full", "api: Gone"]],
      ["shop", "folder-of-backend", 30, ["shop: Full"]],
    ]);
  });

  test("holds what was rendered, escaped for Terraform", () => {
    const [api] = estate.services;
    const [full, gone] = api?.alerts ?? [];
    if (api === undefined || full === undefined || gone === undefined) throw new Error("no alerts");
    const [first, second] = groups[0]?.rule ?? [];
    const expected = checked(grafanaAlertRule(full, api));
    expect(first).toMatchObject({
      uid: "prod-api-Full",
      condition: "C",
      for: "5m",
      no_data_state: "OK",
      exec_err_state: "Error",
      labels: expected.labels,
      data: expected.stages.map(({ refId, datasourceUid, range, model }) => ({
        ref_id: refId,
        datasource_uid: datasourceUid,
        relative_time_range: range,
        model,
      })),
    });
    expect(first?.annotations["summary"]).toMatch(/ of memory, \$\$\{not a token\}$/);
    expect(first?.annotations["summary"]?.replace("$$", "$")).toBe(expected.annotations["summary"]);
    expect(second).toMatchObject({ missing_series_evals_to_resolve: 1 });
    expect(groups[1]?.rule[0]).toMatchObject({ keep_firing_for: "10m" });
  });

  test("names its contact points by reference, so that they exist first, and one notification for each rule", () => {
    const [full, gone] = groups[0]?.rule ?? [];
    const addressOf = (name: string) => points.find((point) => point.name === name)?.address;
    expect(full?.notification_settings).toEqual({
      contact_point: `\${grafana_contact_point.${addressOf("backend (prod), PagerDuty")}.name}`,
      group_by: ["grafana_folder", "alertname", "service", "severity"],
      group_wait: "10s",
      group_interval: "1m",
      repeat_interval: "4h",
    });
    expect(gone?.notification_settings.contact_point).toBe(
      `\${grafana_contact_point.${addressOf("backend (prod)")}.name}`,
    );
  });
});

describe("contact points", () => {
  const { points, variable } = synthesized(
    service("shop", inGrafana("Page"), inGrafana("Note", { severity: "SEV-4" })),
  );

  test("tell PagerDuty by the orchestration's key, and Slack by a variable that Terraform keeps out of sight", () => {
    const { details, ...event } = pagerDutyEvent;
    const slack = [
      {
        token: "${var.slack_bot_token}",
        recipient: "#backend",
        disable_resolve_message: false,
        ...slackMessage,
      },
    ];
    expect(points.map(({ address: _address, lifecycle: _lifecycle, ...point }) => point)).toEqual([
      { name: "backend (prod)", slack },
      {
        name: "backend (prod), PagerDuty",
        slack,
        pagerduty: [
          {
            integration_key: '${sensitive("from-the-orchestration")}',
            disable_resolve_message: false,
            details,
            ...event,
          },
        ],
      },
    ]);
    expect(variable).toEqual({
      slack_bot_token: { type: "string", sensitive: true, description: expect.stringContaining("Slack") },
    });
  });

  test("are those of the teams that have such alerts", () => {
    const { points: both } = synthesized(
      service("shop", inGrafana("Page")),
      exampleService({ alerts: [inGrafana("Page")], team: "support" }, "desk"),
    );
    expect(both.map(({ name }) => name).sort()).toEqual(["backend (prod), PagerDuty", "support (prod), PagerDuty"]);
  });
});

describe("addresses in Terraform come from names", () => {
  const addressesOf = (...services: readonly Service[]) => {
    const { groups, points } = synthesized(...services);
    return [...groups, ...points].map(({ address }) => address);
  };

  test("a service or an alert added or moved changes no other's", () => {
    const [api, shop] = [service("api", inGrafana("A")), service("shop", inGrafana("B"))];
    const before = addressesOf(shop);
    expect(before).toHaveLength(2);
    expect(addressesOf(api, shop)).toEqual(expect.arrayContaining(before));
    expect(addressesOf(shop, api).sort()).toEqual(addressesOf(api, shop).sort());
    expect(addressesOf(service("shop", inGrafana("A"), inGrafana("B")))).toEqual(before);
  });

  test("a renamed service keeps its group, which nobody can rename", () => {
    const { groups } = synthesized(exampleService({ alerts: [inGrafana("A")], renamedFrom: "store" }, "shop"));
    expect(groups).toMatchObject([{ name: "store", rule: [{ uid: "prod-store-A", name: "shop: A" }] }]);
  });
});
