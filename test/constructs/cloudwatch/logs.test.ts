import { describe, expect, test } from "@jest/globals";
import { Testing } from "cdktf";
import { logsKeyStatements } from "../../../constructs/cloudwatch/encryption";
import { CloudwatchLogs } from "../../../constructs/cloudwatch/logs";
import { iamPolicy } from "../../../constructs/iam/document";
import type { EnvironmentEstate } from "../../../model/estate";
import { logMetric } from "../../../model/log-metric";
import { rds } from "../../../model/runtime";
import { insights } from "../../../model/saved-query";
import type { Service } from "../../../model/service";
import { exampleEstate, exampleLogs, exampleService } from "../../support/example";

const QUERY = "aws_cloudwatch_query_definition";

type Resource = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, Resource>>;

/** The resources of one type that an estate's logs synthesize to, by their logical ids; without the group of findings, which is no service's. */
function synthesized(estate: EnvironmentEstate): (type: string) => Resources {
  const json = Testing.synthScope((scope) => {
    new CloudwatchLogs(scope, "logs", estate);
  });
  const { resource }: { readonly resource?: Readonly<Record<string, Resources>> } = JSON.parse(json);
  return (type) =>
    Object.fromEntries(
      Object.entries(resource?.[type] ?? {}).filter(([, { name }]) => !String(name).endsWith("/data-protection")),
    );
}

/** The one resource of a type, and how Terraform refers to it. */
function only(resources: (type: string) => Resources, type: string): Resource & { readonly address: string } {
  const [first, ...more] = Object.entries(resources(type));
  if (first === undefined || more.length > 0) throw new Error(`${more.length + (first ? 1 : 0)} resources of ${type}`);
  const [id, resource] = first;
  return { ...resource, address: `${type}.${id}` };
}

const attribute = (address: string, name: string): string => `\${${address}.${name}}`;
const production = (...services: readonly Service[]) => synthesized(exampleEstate("prod", services));
const two = [exampleService(), exampleService({}, "search")];

describe("the log group of a service", () => {
  test("in production: kept long, protected, encrypted with the environment's key", () => {
    const resources = production(exampleService());
    const key = only(resources, "aws_kms_key");
    expect(only(resources, "aws_cloudwatch_log_group")).toMatchObject({
      name: "/ecs/shop",
      retention_in_days: 90,
      deletion_protection_enabled: true,
      kms_key_id: attribute(key.address, "arn"),
      tags: { environment: "prod", service: "shop", team: "backend", tier: "1" },
    });
  });

  test("elsewhere: kept short, not protected, without a key", () => {
    const resources = synthesized(exampleEstate("dev"));
    const group = only(resources, "aws_cloudwatch_log_group");
    expect(group).toMatchObject({ name: "/ecs/shop", retention_in_days: 7, deletion_protection_enabled: false });
    expect(group).not.toHaveProperty("kms_key_id");
    expect(resources("aws_kms_key")).toEqual({});
    expect(resources("aws_kms_alias")).toEqual({});
  });

  test("of a database is the one of the environment's own instance", () => {
    const database = exampleService({ runtime: rds({ instance: { default: "shop-dev", prod: "shop-prod" } }) });
    const { name } = only(production(database), "aws_cloudwatch_log_group");
    expect(name).toMatch(/^\/aws\/rds\/instance\/shop-prod(\/|$)/);
  });
});

describe("the key of a production environment", () => {
  test("is one for all services, rotates, and can be brought back for 30 days", () => {
    const resources = production(...two);
    expect(Object.keys(resources("aws_cloudwatch_log_group"))).toHaveLength(2);
    const { policy, ...key } = only(resources, "aws_kms_key");
    expect(key).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 30,
      description: "Encrypts the logs of prod",
      tags: { environment: "prod" },
    });
    expect(policy).toBe(iamPolicy(logsKeyStatements({ account: "222222222222", region: "eu-west-1" })));
    expect(only(resources, "aws_kms_alias")).toMatchObject({
      name: "alias/prod-logs",
      target_key_id: attribute(key.address, "key_id"),
    });
  });
});

describe("a log metric", () => {
  test("is a metric filter on its service's log group", () => {
    const resources = production(exampleService());
    const group = only(resources, "aws_cloudwatch_log_group");
    expect(only(resources, "aws_cloudwatch_log_metric_filter")).toMatchObject({
      name: "errors",
      pattern: '{ $.level = "ERROR" }',
      log_group_name: attribute(group.address, "name"),
      metric_transformation: {
        name: "errors",
        namespace: "Estate/shop",
        value: "1",
        default_value: "0",
        unit: "Count",
      },
    });
  });

  test("with dimensions has no default value", () => {
    const metric = logMetric("errors", { filter: exampleLogs.level.equals("ERROR"), by: ["level"] });
    const filter = only(production(exampleService({ logMetrics: [metric] })), "aws_cloudwatch_log_metric_filter");
    expect(filter["metric_transformation"]).toEqual({
      name: "errors",
      namespace: "Estate/shop",
      value: "1",
      unit: "Count",
      dimensions: { level: "$.level" },
    });
  });
});

describe("a saved query", () => {
  test("is a query definition over its service's log group", () => {
    const resources = production(exampleService());
    const group = only(resources, "aws_cloudwatch_log_group");
    expect(only(resources, QUERY)).toMatchObject({
      name: "shop/Errors of the last hour",
      query_string: "fields @timestamp, @message | filter level = 'ERROR' | limit 100",
      log_group_names: [attribute(group.address, "name")],
    });
  });

  test("that Terraform must not read as a template reaches it escaped, and otherwise as written", () => {
    const text = "fields @message\n| filter path = \"/größe/${x}/%{y}\" and path != '\\\\$'\n| limit 20 # ✓";
    const query = only(production(exampleService({ queries: [insights("Wie oft? ${x}", text)] })), QUERY);
    expect(query["query_string"]).toBe(
      "fields @message\n| filter path = \"/größe/$${x}/%%{y}\" and path != '\\\\$'\n| limit 20 # ✓",
    );
    expect(query["name"]).toBe("shop/Wie oft? $${x}");
  });
});

test("a compared text that Terraform must not read as a template reaches it escaped", () => {
  const metric = logMetric("odd", { filter: exampleLogs.path.equals('${x}"%{y}') });
  const filter = only(production(exampleService({ logMetrics: [metric] })), "aws_cloudwatch_log_metric_filter");
  expect(filter["pattern"]).toBe('{ $.path = "$${x}\\"%%{y}" }');
});

test("another service, metric or query changes no resource that is already there", () => {
  const types = ["aws_kms_key", "aws_cloudwatch_log_group", "aws_cloudwatch_log_metric_filter", QUERY];
  const [shop, search] = two;
  if (shop === undefined || search === undefined) throw new Error("two services are needed");
  const before = production(shop);
  const richer: Service = {
    ...shop,
    queries: [insights("All", "fields @message"), ...shop.queries],
    logMetrics: [logMetric("all", { filter: exampleLogs.path.exists() }), ...shop.logMetrics],
  };
  const after = production(search, richer);
  for (const type of types) {
    expect(Object.keys(before(type))).toHaveLength(1);
    expect(after(type)).toMatchObject(before(type));
  }
});

test("what the checks refuse is not synthesized", () => {
  const broken = exampleService({ queries: [insights("Broken", "fields levl")] });
  expect(() => production(broken)).toThrow('"levl"');
});
