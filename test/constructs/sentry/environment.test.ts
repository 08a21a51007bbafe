import { describe, expect, test } from "@jest/globals";
import { App, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { routingRules } from "../../../constructs/pagerduty/orchestration";
import { SentryEnvironment } from "../../../constructs/sentry/environment";
import { checked } from "../../../model/result";
import { meets } from "../pagerduty/pcl";
import { byName, only, synthesized } from "../pagerduty/synthesized";
import { environmentOf, trackedCatalog, trackedServices } from "./tracked";

function made(environment: string, estate = environmentOf(trackedCatalog(), environment)) {
  const catalog = trackedCatalog();
  const { sentry } = catalog;
  if (sentry === undefined) throw new Error("no organization");
  const stack = new TerraformStack(new App({ stackTraces: false }), "tested");
  const options = { sentry, routingKey: "the-key", teamIds: { backend: "42" } };
  const { dsns } = new SentryEnvironment(stack, "sentry", estate, options);
  new TerraformOutput(stack, "dsns", { value: dsns, sensitive: true, staticId: true });
  return synthesized(Testing.synth(stack));
}

const prod = made("prod");
const dev = made("dev");
const alerts = (stack: typeof prod) => [
  ...stack.resources("sentry_issue_alert"),
  ...stack.resources("sentry_metric_alert"),
];

describe("what Sentry has of an environment", () => {
  test("is a key for each service, limited as the environment says", () => {
    const limitsOf = (stack: typeof prod) =>
      stack
        .resources("sentry_key")
        .map(({ project, rate_limit_count: count, rate_limit_window: window }) => [project, count, window]);
    expect(limitsOf(prod)).toEqual([
      ["shop", 600, 60],
      ["worker", 300, 60],
    ]);
    expect(limitsOf(dev)).toEqual([
      ["shop", 100, 60],
      ["worker", 300, 60],
    ]);
  });

  test("puts out each service's DSN, as a reference to what the provider keeps secret", () => {
    expect(prod.output("dsns")).toEqual({
      shop: expect.stringMatching(/^\$\{sentry_key\.\w+\.dsn\["public"\]\}$/),
      worker: expect.stringMatching(/^\$\{sentry_key\.\w+\.dsn\["public"\]\}$/),
    });
  });

  test("has alerts of this environment alone, each owned", () => {
    for (const [name, stack] of [["prod", prod] as const, ["dev", dev] as const]) {
      expect(alerts(stack).length).toBeGreaterThan(1);
      for (const alert of alerts(stack)) expect(alert).toMatchObject({ environment: name, owner: "team:42" });
    }
  });

  test("pages through the environment's orchestration, and tells the team's channel of everything", () => {
    expect(only(prod.resources("sentry_integration_pagerduty"))).toMatchObject({
      integration_id: "8",
      integration_key: "the-key",
      service: "prod",
    });
    expect(byName(prod.resources("sentry_issue_alert"), "[prod] shop: IssueAffectsManyUsers")).toMatchObject({
      actions_v2: [
        { pagerduty_notify_service: { account: "8", severity: "error" } },
        { slack_notify_service: { workspace: "7", channel: "#backend" } },
      ],
    });
    expect(byName(prod.resources("sentry_issue_alert"), "[prod] shop: IssueAppeared")).toMatchObject({
      actions_v2: [{ slack_notify_service: { channel: "#backend" } }],
    });
    expect(byName(prod.resources("sentry_metric_alert"), "[prod] worker: ErrorVolumeHigh")).toMatchObject({
      resolve_threshold: 450,
      time_window: 15,
      trigger: [
        {
          alert_threshold: 500,
          action: [
            { type: "pagerduty", priority: "warning", integration_id: 8 },
            { type: "slack", target_identifier: "#backend", integration_id: 7 },
          ],
        },
      ],
    });
  });

  test("has no way to PagerDuty where nothing needs one", () => {
    expect(dev.resources("sentry_integration_pagerduty")).toEqual([]);
    expect(JSON.stringify(alerts(dev))).not.toContain("pagerduty");
  });

  test("asks an address where the environment says so, and tells of errors and outages apart", () => {
    expect(only(prod.resources("sentry_uptime_monitor"))).toMatchObject({
      url: "https://example.com/health",
      environment: "prod",
      interval_seconds: 60,
      timeout_ms: 5000,
      owner: { team_id: "42" },
    });
    expect(dev.resources("sentry_uptime_monitor")).toEqual([]);
    const categories = prod
      .resources("sentry_issue_alert")
      .map(({ name, filters_v2: filters }) => [name, JSON.stringify(filters)]);
    expect(categories).toEqual(
      expect.arrayContaining([
        ["[prod] shop: AddressUnreachable", '[{"issue_category":{"value":"Uptime"}}]'],
        ["[prod] shop: IssueAppeared", '[{"issue_category":{"value":"Error"}}]'],
        ["[prod] worker: ScheduledTaskFailed", '[{"issue_category":{"value":"Cron"}}]'],
      ]),
    );
  });
});

describe("PagerDuty finds the service of an event of Sentry", () => {
  const rules = checked(routingRules(environmentOf(trackedCatalog(), "prod")));
  const serviceOf = (event: Parameters<typeof meets>[0]): readonly string[] =>
    rules.filter(({ conditions }) => conditions.some((each) => meets(event, each))).map(({ service }) => service);

  test("by the project of an issue", () => {
    expect(serviceOf({ component: "shop", summary: "TypeError" })).toEqual(["shop"]);
  });

  test("by the slug that a renamed service's project keeps, and its keys with it", () => {
    const [shop] = trackedServices;
    const renamed = environmentOf(
      trackedCatalog(shop === undefined ? [] : [{ ...shop, renamedFrom: "store" }]),
      "prod",
    );
    const told = checked(routingRules(renamed)).filter(({ conditions }) =>
      conditions.some((each) => meets({ component: "store" }, each)),
    );
    expect(told.map(({ service }) => service)).toEqual(["shop"]);
    expect(made("prod", renamed).resources("sentry_key")).toEqual([expect.objectContaining({ project: "store" })]);
  });

  test("by the name of a metric alert, which says nothing else of it", () => {
    const [{ name } = { name: "" }] = prod
      .resources("sentry_metric_alert")
      .filter(({ project }) => project === "worker");
    expect(serviceOf({ summary: String(name) })).toEqual(["worker"]);
    expect(serviceOf({ summary: "[dev] worker: ErrorVolumeHigh" })).toEqual([]);
    expect(serviceOf({ summary: "[prod] worker-2: ErrorVolumeHigh" })).toEqual([]);
  });
});
