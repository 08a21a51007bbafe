import { describe, expect, test } from "@jest/globals";
import catalog from "../../catalog/catalog";
import { checkCatalog } from "../../checks/check-catalog";
import { panelConflicts, serviceDashboard } from "../../dashboards/grafana/service";
import { parseInsights } from "../../languages/insights/parse";
import { estateOf } from "../../model/estate";
import type { Service } from "../../model/service";

const services = catalog.services.map((service) => [service.name, service] as const);

function queryOf(service: Service | undefined, name: string): string | undefined {
  return service?.queries.find((query) => query.name === name)?.text;
}

describe("the catalog", () => {
  test("has nothing that the checks object to", () => {
    expect(checkCatalog(catalog)).toEqual([]);
  });

  test("has three environments, of which production alone pages, in an account each", () => {
    expect(catalog.environments.map(({ name, production }) => [name, production])).toEqual([
      ["dev", false],
      ["staging", false],
      ["prod", true],
    ]);
    expect(new Set(catalog.environments.map(({ account }) => account)).size).toBe(3);
    expect(catalog.environments.map(({ state }) => state)).toEqual(Array(3).fill({ kind: "local" }));
  });

  test("has its services where they run, owned and ranked", () => {
    const [production] = catalog.environments.filter((environment) => environment.production);
    const estates = production === undefined ? [] : estateOf(catalog, production).services;
    expect(
      estates.map(({ service, team, logGroup }) => [service.name, team.name, service.tier, logGroup.name]),
    ).toEqual([
      ["app-service", "backend", 1, "/ecs/app-service"],
      ["celery-worker", "backend", 2, "/ecs/celery-worker"],
      ["database", "platform", 1, expect.stringMatching(/^\/aws\/rds\/instance\/production\b/)],
      ["analytics-backend", "analytics", 2, "/ecs/analytics-backend"],
      ["hosts", "platform", 2, "/ec2/hosts"],
      ["redis", "platform", 1, "/ecs/redis"],
      ["website", "backend", 1, "/ecs/website-probes"],
      ["monitoring", "platform", 1, "/ecs/monitoring"],
      ["logging", "platform", 1, "/ecs/fluentd"],
      ["tracing", "platform", 2, "/ecs/otel-gateway"],
    ]);
  });

  test("has people on call in every team, and calls support first and architecture last", () => {
    expect(catalog.onCall).toMatchObject({ support: "support", architecture: "architecture" });
    for (const { onCall, email, slack } of catalog.teams) {
      expect(onCall.rotation.length).toBeGreaterThan(1);
      for (const address of [email, ...onCall.rotation]) expect(address).toMatch(/^[a-z.]+@company\.com$/);
      expect(slack).toMatch(/^#[a-z-]+$/);
    }
  });
});

describe("saved queries", () => {
  const all = ["Errors of the last hour", "Slow queries over 1 s", "Slow queries over 500 ms"];
  const ofHttp = [
    "Top error types",
    "Errors by endpoint",
    "Latency by endpoint",
    "One request's trail",
    "One user's activity",
  ];

  test.each([
    ["app-service", [...all, ...ofHttp]],
    ["analytics-backend", [...all, ...ofHttp]],
    ["celery-worker", [...all, "Top error types", "Failed jobs by type", "One request's trail"]],
    ["database", [...all, "Deadlocks and lock waits"]],
    ["hosts", ["Out-of-memory kills", "Disk and filesystem errors"]],
    ["redis", ["Warnings of the last hour"]],
    ["website", ["Errors of the last hour"]],
    ["monitoring", ["Errors of the last hour"]],
    ["logging", ["Errors of the last hour"]],
    ["tracing", ["Errors of the last hour"]],
  ])("of %s are those that an incident asks for", (service, expected) => {
    const found = new Map(services).get(service)?.queries.map(({ name }) => name);
    expect([...(found ?? [])].sort()).toEqual([...expected].sort());
  });

  test.each(services)("of %s parse", (_name, { queries }) => {
    expect(queries.length).toBeGreaterThan(0);
    expect(queries.filter(({ text }) => !parseInsights(text).ok)).toEqual([]);
  });

  test.each(services)("of %s sort only by what an event or an alias has", (_name, { queries }) => {
    for (const { text } of queries) {
      const [, sorted] = /\| sort (\S+)/.exec(text) ?? [];
      expect(sorted).toMatch(/^(@timestamp|errors|failures|p99|duration_ms)$/);
      if (sorted !== "@timestamp") expect(text.slice(0, text.indexOf("| sort"))).toMatch(new RegExp(`\\b${sorted}\\b`));
    }
  });

  test("of the database take fields out of its lines, which the services' own need not", () => {
    const slow = "Slow queries over 1 s";
    const found = new Map(services);
    expect(queryOf(found.get("database"), slow)).toContain("| parse @message /duration: ");
    expect(queryOf(found.get("app-service"), slow)).not.toContain("parse");
  });

  test.each([
    [
      "2026-01-05 10:00:00 UTC:10.0.0.7(54321):app@app:[1234]:LOG:  duration: 1234.567 ms  statement: SELECT 1",
      "1234.567",
      "SELECT 1",
    ],
    [
      "2026-01-05 10:00:00 UTC::@:[9]:LOG:  duration: 801.2 ms  execute stmt_1: UPDATE orders SET paid = $1",
      "801.2",
      "UPDATE orders SET paid = $1",
    ],
  ])("of the database read %s", (line, took, statement) => {
    const text = queryOf(new Map(services).get("database"), "Slow queries over 500 ms") ?? "";
    const [, pattern = "nothing"] = /parse @message \/(.*)\/$/m.exec(text) ?? [];
    expect(new RegExp(pattern).exec(line)?.groups).toMatchObject({ duration_ms: took, query: statement });
  });
});

describe("log metrics", () => {
  test("count errors by category, and slow requests", () => {
    const found = catalog.services.map(({ name, logMetrics }) => [
      name,
      logMetrics.map((metric) => [metric.name, metric.by]),
    ]);
    expect(Object.fromEntries(found)).toEqual({
      "app-service": [
        ["errors", ["error_type"]],
        ["slow-requests", undefined],
      ],
      "celery-worker": [["errors", ["error_type"]]],
      database: [],
      "analytics-backend": [
        ["errors", ["error_type"]],
        ["slow-requests", undefined],
      ],
      hosts: [],
      redis: [],
      website: [],
      monitoring: [],
      logging: [],
      tracing: [],
    });
  });
});

describe("dashboards", () => {
  const titled = new Map(
    catalog.services.flatMap(({ name, dashboards }) =>
      dashboards.map(({ title, sections }) => [
        `${name}: ${title}`,
        sections.flatMap(({ panels }) => panels.map((panel) => `${panel.title} (${panel.visualization})`)),
      ]),
    ),
  );

  test.each([
    [
      "analytics-backend: Analytics Service Dashboard",
      ["Request Rate", "Error Rate", "P95 Latency", "Active Users", "Credits Consumed"].map(
        (title) => `${title} (timeseries)`,
      ),
    ],
    ["app-service: Performance", ["Request Latency (timeseries)", "Throughput (gauge)"]],
    ["app-service: Resources", ["CPU Usage (timeseries)", "Memory Usage (timeseries)"]],
  ])("%s has its panels", (title, panels) => {
    expect(titled.get(title)).toEqual(panels);
  });

  test.each(services)("of %s show every panel that its telemetry brings, under a key of its own", (_name, service) => {
    expect(panelConflicts(service)).toEqual([]);
    const keys = serviceDashboard(service).sections.flatMap(({ panels }) => panels.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each([
    ["app-service", ["overview", "errors", "performance", "infrastructure", "business"]],
    ["analytics-backend", ["overview", "errors", "performance", "infrastructure", "business"]],
    ["celery-worker", ["overview", "errors", "performance", "infrastructure"]],
    ["database", ["overview", "errors", "performance", "infrastructure"]],
    ["hosts", ["overview", "errors", "performance", "infrastructure"]],
    ["redis", ["overview", "errors", "performance", "infrastructure"]],
    ["website", ["overview", "errors", "performance", "infrastructure"]],
    ["monitoring", ["overview", "errors", "performance", "infrastructure"]],
    ["logging", ["overview", "errors", "performance", "infrastructure"]],
    ["tracing", ["overview", "errors", "performance", "infrastructure"]],
  ])("of %s fill the sections that it has something for", (name, filled) => {
    const brought = new Map(services).get(name)?.telemetry.flatMap(({ panels }) => Object.keys(panels));
    expect(new Set(brought)).toEqual(new Set(filled));
  });
});
