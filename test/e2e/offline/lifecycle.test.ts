import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Configuration, plannedActions, type Rig, requiredProviders, startRig, stored } from "./rig";

const awkward = {
  interpolation: "avg:shop.latency{service:${service}} > %{if}",
  quotes: 'fields @message | filter @message like /"error": "\\d+"/',
  lines: "first\nsecond\r\n\tthird\\n\n",
  words: "Größe ≥ 5 µs — 日本語 🚨 e\u0301 <&>\u2028",
  json: JSON.stringify({ a: "${b}", "c\\": ["%{d}", null, 1.5] }),
} as const;

/** As configurations are written: Terraform reads `${` and `%{` as templates. */
const literal = (text: string): string => text.replaceAll(/([$%])\{/g, "$1$1{");

/** Terraform normalizes text (NFC) as it reads it. */
const normalized = (text: string): string => text.normalize("NFC");

const monitor = {
  name: "ErrorRate",
  type: "query alert",
  message: literal(awkward.lines),
  query: literal(awkward.interpolation),
  monitor_thresholds: { critical: "0.05" },
  tags: ["service:shop", "team:web"],
};

const configuration = (changes: Configuration = {}): Configuration => ({
  terraform: {
    required_providers: requiredProviders,
    backend: { s3: { bucket: "company-state", key: "estate/prod.tfstate", region: "eu-west-1", use_lockfile: true } },
  },
  provider: { aws: [{ region: "eu-west-1", allowed_account_ids: ["123456789012"] }], datadog: [{}], grafana: [{}] },
  resource: {
    aws_cloudwatch_log_group: { shop: { name: "/ecs/shop", retention_in_days: 30, ...changes } },
    aws_cloudwatch_query_definition: {
      errors: {
        name: "Errors",
        query_string: literal(awkward.quotes),
        log_group_names: ["${aws_cloudwatch_log_group.shop.name}"],
      },
    },
    datadog_monitor: { errors: monitor },
    datadog_integration_pagerduty_service_object: {
      pages: { service_name: "shop", service_key: "k3y-that-nobody-sees" },
    },
    grafana_folder: { shop: { title: normalized(literal(awkward.words)) } },
    grafana_dashboard: { shop: { folder: "${grafana_folder.shop.uid}", config_json: literal(awkward.json) } },
  },
});

describe("a stack with an S3 backend, without credentials", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig({ prod: configuration() });
  });
  afterAll(() => rig.close());

  test("initializes and validates", async () => {
    expect(await rig.terraform("prod", "init", "-input=false")).toMatchObject({ code: 0, stderr: "" });
    expect(await rig.terraform("prod", "validate")).toMatchObject({ code: 0, stderr: "" });
  });

  test("plans the creation of everything, and says nothing of a secret", async () => {
    const plan = await rig.terraform("prod", "plan", "-input=false");
    expect(plan).toMatchObject({ code: 0, stderr: "" });
    expect(plan.stdout).toContain("Plan: 6 to add, 0 to change, 0 to destroy.");
    expect(plan.stdout).toMatch(/service_key\s+= \(sensitive value\)/);
    expect(plan.stdout).not.toContain("k3y-that-nobody-sees");
    expect(plan.stdout).toMatch(/arn\s+= \(known after apply\)/);
  });

  test("is applied, and then there is nothing left to do", async () => {
    expect(await rig.terraform("prod", "apply", "-auto-approve", "-input=false")).toMatchObject({
      code: 0,
      stderr: "",
    });
    expect(await rig.terraform("prod", "plan", "-detailed-exitcode")).toMatchObject({ code: 0, stderr: "" });
  });

  test("keeps every text byte for byte", () => {
    expect(stored(rig, "prod", "datadog_monitor", "errors")).toMatchObject({
      query: awkward.interpolation,
      message: awkward.lines,
    });
    expect(stored(rig, "prod", "aws_cloudwatch_query_definition", "errors")["query_string"]).toBe(awkward.quotes);
    expect(stored(rig, "prod", "grafana_folder", "shop")["title"]).toBe(normalized(awkward.words));
    expect(stored(rig, "prod", "grafana_dashboard", "shop")["config_json"]).toBe(awkward.json);
  });

  test("shows provider defaults and gives ids in digits", () => {
    expect(stored(rig, "prod", "datadog_monitor", "errors")).toMatchObject({
      include_tags: true,
      notify_no_data: false,
      id: expect.stringMatching(/^\d+$/),
    });
  });

  test("a changed argument is one update", async () => {
    rig.configure("prod", configuration({ retention_in_days: 90 }));
    expect(await plannedActions(rig, "prod")).toEqual({
      "aws_cloudwatch_log_group.shop": "update",
      "aws_cloudwatch_query_definition.errors": "no-op",
      "datadog_integration_pagerduty_service_object.pages": "no-op",
      "datadog_monitor.errors": "no-op",
      "grafana_dashboard.shop": "no-op",
      "grafana_folder.shop": "no-op",
    });
  });

  test("a changed argument that cannot be changed in place is a replacement", async () => {
    rig.configure("prod", configuration({ name: "/ecs/store" }));
    expect(await plannedActions(rig, "prod")).toMatchObject({
      "aws_cloudwatch_log_group.shop": "delete,create",
      "aws_cloudwatch_query_definition.errors": "update",
      "datadog_monitor.errors": "no-op",
    });
    const plan = await rig.terraform("prod", "plan");
    expect(plan.stdout).toMatch(/name\s+= "\/ecs\/shop" -> "\/ecs\/store" # forces replacement/);
  });

  test.each([
    ["a number", { retention_in_days: 31 }, "retention_in_days", 'retention_in_days is "31"'],
    ["a text", { log_group_class: "CHEAP" }, "log_group_class", '"STANDARD", "INFREQUENT_ACCESS", "DELIVERY"'],
    ["a read-only attribute", { arn: "arn:aws:x" }, "arn", "unconfigurable attribute"],
  ])("%s that the provider does not accept is an error at its attribute", async (_, changes, attribute, message) => {
    rig.configure("prod", configuration(changes));
    const { code, stdout } = await rig.terraform("prod", "validate", "-json");
    expect(code).toBe(1);
    const {
      diagnostics,
    }: { diagnostics: { summary: string; detail: string; address?: string; snippet: { context: string } }[] } =
      JSON.parse(stdout);
    expect(diagnostics).toHaveLength(1);
    const [diagnostic] = diagnostics;
    expect(`${diagnostic?.summary}\n${diagnostic?.detail}`.replaceAll(/\s+/g, " ")).toContain(message);
    expect(`${diagnostic?.summary}\n${diagnostic?.detail}`).toContain(attribute);
    expect(diagnostic?.snippet.context).toContain("aws_cloudwatch_log_group");
  });

  test("a second resource that is planned alike gets an id of its own", async () => {
    const twins = { one: monitor, two: monitor };
    rig.configure("prod", { ...configuration(), resource: { datadog_monitor: { ...twins, errors: monitor } } });
    expect(await rig.terraform("prod", "apply", "-auto-approve")).toMatchObject({ code: 0, stderr: "" });
    const ids = ["one", "two", "errors"].map((name) => stored(rig, "prod", "datadog_monitor", name)["id"]);
    expect(new Set(ids).size).toBe(3);
  });

  test("a moved resource is neither destroyed nor created", async () => {
    rig.configure("prod", {
      ...configuration(),
      resource: { datadog_monitor: { renamed: monitor, two: monitor, errors: monitor } },
      moved: [{ from: "datadog_monitor.one", to: "datadog_monitor.renamed" }],
    });
    expect(await plannedActions(rig, "prod")).toEqual({
      "datadog_monitor.errors": "no-op",
      "datadog_monitor.renamed": "no-op",
      "datadog_monitor.two": "no-op",
    });
  });

  test("an imported resource is planned", async () => {
    rig.configure("prod", {
      ...configuration(),
      resource: { datadog_monitor: { one: monitor, two: monitor, errors: monitor, found: monitor } },
      import: [{ to: "datadog_monitor.found", id: "12345" }],
    });
    const plan = await rig.terraform("prod", "plan");
    expect(plan).toMatchObject({ code: 0, stderr: "" });
    expect(plan.stdout).toContain("Plan: 1 to import, 0 to add, 1 to change, 0 to destroy.");
  });

  test("is destroyed", async () => {
    const destroyed = await rig.terraform("prod", "destroy", "-auto-approve");
    expect(destroyed).toMatchObject({ code: 0, stderr: "" });
    expect(destroyed.stdout).toContain("Destroy complete! Resources: 3 destroyed.");
  });
});
