import { describe, expect, test } from "@jest/globals";
import { alert, unmonitored } from "../../model/alert";
import { labelsOfRule } from "../../model/alert-rule";
import { plain } from "../../model/quantity";
import { rds } from "../../model/runtime";
import { exampleEstate, exampleService } from "../support/example";

const options = {
  when: "error_rate > 1%",
  for: "5m",
  severity: "critical",
  summary: "x",
  runbook: "https://r.example.com",
} as const;
const alertsIn = (environment: "dev" | "prod", ...alerts: readonly ReturnType<typeof alert>[]) =>
  exampleEstate(environment, [exampleService({ alerts })]).services[0]?.alerts ?? [];

describe("an alert, made definite", () => {
  test("has its severity in production, and at most SEV-3 elsewhere", () => {
    expect(alertsIn("prod", alert("Tested", options))[0]).toMatchObject({
      severity: "SEV-1",
      route: { urgency: "high", slack: "#backend" },
    });
    expect(alertsIn("dev", alert("Tested", options))[0]).toMatchObject({
      severity: "SEV-3",
      route: { urgency: "low", slack: "#backend" },
    });
  });

  test("has the duration and the severity of its environment, else the default ones", () => {
    const tested = alert("Tested", {
      ...options,
      for: { default: "5m", dev: "1h" },
      severity: { default: "SEV-2", dev: "SEV-4" },
    });
    expect(alertsIn("prod", tested)[0]).toMatchObject({ forSeconds: 300, severity: "SEV-2" });
    expect(alertsIn("dev", tested)[0]).toMatchObject({ forSeconds: 3600, severity: "SEV-4" });
  });

  test("exists only in the environments that it names", () => {
    const rules = [alert("Everywhere", options), alert("ProductionOnly", { ...options, environments: ["prod"] })];
    expect(alertsIn("dev", ...rules).map(({ name }) => name)).toEqual(["Everywhere"]);
    expect(alertsIn("prod", ...rules).map(({ name }) => name)).toEqual(["Everywhere", "ProductionOnly"]);
  });

  test("is evaluated by its own evaluator, else by the environment's", () => {
    const [own, environments] = alertsIn(
      "prod",
      alert("Own", { ...options, evaluator: "datadog" }),
      alert("Default", options),
    );
    expect([own?.evaluator, environments?.evaluator]).toEqual(["datadog", "prometheus"]);
  });

  test.each([
    ["error_rate > 1%", "0.009"],
    ["request_rate < 10 per second", "11"],
    ["error_rate < 99.9%", "0.9995"],
  ] as const)("%s recovers on its healthy side, at %s", (when, recovery) => {
    const [rule] = alertsIn("prod", alert("Tested", { ...options, when }));
    expect(rule?.recovery && plain(rule.recovery.value)).toBe(recovery);
  });

  test("carries the labels that routing reads", () => {
    const [rule] = alertsIn("prod", alert("Tested", options));
    expect(rule && labelsOfRule(rule)).toEqual({
      environment: "prod",
      service: "shop",
      severity: "critical",
      team: "backend",
      tier: "1",
    });
  });
});

describe("the logs of a service", () => {
  test("are encrypted, protected and kept long in production only", () => {
    expect(exampleEstate("prod").services[0]?.logGroup).toEqual({
      name: "/ecs/shop",
      retentionDays: 90,
      encrypted: true,
      deletionProtected: true,
    });
    expect(exampleEstate("dev").services[0]?.logGroup).toEqual({
      name: "/ecs/shop",
      retentionDays: 7,
      encrypted: false,
      deletionProtected: false,
    });
  });

  test.each([
    ["prod", "/aws/rds/instance/production/postgresql"],
    ["dev", "/aws/rds/instance/development/postgresql"],
  ] as const)("of a database in %s are those of its own instance", (environment, name) => {
    const database = exampleService({ runtime: rds({ instance: { default: "production", dev: "development" } }) });
    expect(exampleEstate(environment, [database]).services[0]?.logGroup.name).toBe(name);
  });
});

test("an unmonitored service has no alerts, and still its logs and tags", () => {
  const [service] = exampleEstate("prod", [exampleService({ alerts: unmonitored("a prototype") })]).services;
  expect(service).toMatchObject({
    alerts: [],
    tags: { environment: "prod", service: "shop", team: "backend", tier: "1" },
  });
});
