import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { estateBindings } from "../../../offline/schema/bindings";
import { deriveConfiguration, deriveType } from "../../../offline/schema/derive";
import type { Block } from "../../../offline/schema/provider-schema";
import { localName } from "../../../offline/schema/provider-schemas";

const root = resolve(__dirname, "../../..");
const bindings = estateBindings(root);

function folderOf(provider: string): string {
  const found = bindings.find(({ source }) => localName(source) === provider);
  if (found === undefined) throw new Error(`no bindings of ${provider}`);
  return found.folder;
}

function blockOf(provider: string, mode: "resource" | "data", type: string): Block {
  const derived = deriveType(folderOf(provider), provider, mode, type);
  if (derived === undefined) throw new Error(`no ${type}`);
  expect(derived.warnings).toEqual([]);
  return derived.value.block;
}

describe("a schema derived from bindings", () => {
  test("tells required, optional and computed attributes apart", () => {
    expect(blockOf("pagerduty", "resource", "pagerduty_team")).toEqual({
      attributes: {
        default_role: { type: "string", optional: true, computed: true },
        description: { type: "string", optional: true, computed: true },
        html_url: { type: "string", computed: true },
        id: { type: "string", computed: true },
        name: { type: "string", required: true },
        parent: { type: "string", optional: true },
      },
      blocks: {},
    });
  });

  test("has attributes of an attribute that may be left out by themselves", () => {
    const { attributes } = blockOf("sentry", "resource", "sentry_cron_monitor");
    expect(attributes["owner"]).toEqual({
      nesting: "single",
      optional: true,
      attributes: { team_id: { type: "string", optional: true }, user_id: { type: "string", optional: true } },
    });
    const { attributes: alert } = blockOf("sentry", "resource", "sentry_issue_alert");
    expect(alert["conditions_v2"]).toMatchObject({
      nesting: "list",
      attributes: {
        first_seen_event: { nesting: "single", optional: true },
        event_frequency: { attributes: { value: { type: "number", required: true } } },
      },
    });
  });

  test("has blocks within blocks, required ones and lone ones", () => {
    const { blocks } = blockOf("pagerduty", "resource", "pagerduty_event_orchestration_router");
    expect(blocks["catch_all"]).toEqual({
      nesting: "list",
      minItems: 1,
      maxItems: 1,
      block: {
        attributes: {},
        blocks: {
          actions: {
            nesting: "list",
            minItems: 1,
            maxItems: 1,
            block: { attributes: { route_to: { type: "string", required: true } }, blocks: {} },
          },
        },
      },
    });
    expect(Object.keys(blocks["set"]?.block.blocks["rule"]?.block.blocks ?? {})).toEqual(["actions", "condition"]);
  });

  test.each([
    ["aws", "aws_cloudwatch_log_group", "tags", ["map", "string"]],
    ["aws", "aws_cloudwatch_log_group", "retention_in_days", "number"],
    ["aws", "aws_cloudwatch_query_definition", "log_group_names", ["list", "string"]],
    ["datadog", "datadog_monitor", "tags", ["set", "string"]],
    ["datadog", "datadog_monitor", "notify_no_data", "bool"],
    [
      "pagerduty",
      "pagerduty_schedule",
      "final_schedule",
      ["list", ["object", { name: "string", rendered_coverage_percentage: "string" }]],
    ],
    ["grafana", "grafana_data_source", "http_headers", ["map", "string"]],
  ])("knows the type of %s %s.%s", (provider, type, attribute, expected) => {
    expect(blockOf(provider, "resource", type).attributes[attribute]).toMatchObject({ type: expected });
  });

  test("of a data source has what is asked and what is answered", () => {
    expect(blockOf("pagerduty", "data", "pagerduty_user").attributes).toMatchObject({
      email: { type: "string", required: true },
      name: { type: "string", computed: true },
    });
  });

  test("is undefined for a type that the bindings do not have", () => {
    expect(deriveType(folderOf("pagerduty"), "pagerduty", "resource", "pagerduty_taem")).toBeUndefined();
    expect(deriveType(folderOf("pagerduty"), "pagerduty", "data", "pagerduty_schedule_layer")).toBeUndefined();
  });

  test.each(["aws", "datadog", "grafana", "pagerduty"])("of the configuration of %s has no alias", (provider) => {
    const { value, warnings } = deriveConfiguration(folderOf(provider));
    expect(warnings).toEqual([]);
    expect(Object.keys(value.attributes).length).toBeGreaterThan(3);
    expect(value.attributes).not.toHaveProperty("alias");
  });

  test("of every resource type of PagerDuty is read without a doubt", () => {
    const folder = folderOf("pagerduty");
    const types = readdirSync(folder).flatMap((name) => {
      if (!existsSync(join(folder, name, "index.d.ts"))) return [];
      const declaration = readFileSync(join(folder, name, "index.d.ts"), "utf8");
      const type = /class \w+ extends cdktf\.TerraformResource[\s\S]*?tfResourceType = "(\w+)"/.exec(declaration)?.[1];
      return type === undefined ? [] : [type];
    });
    expect(types.length).toBeGreaterThan(40);
    for (const type of types) {
      const derived = deriveType(folder, "pagerduty", "resource", type);
      expect([type, derived?.warnings, Object.keys(derived?.value.block.attributes ?? {}).length > 0]).toEqual([
        type,
        [],
        true,
      ]);
    }
  });
});
