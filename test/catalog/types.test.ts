import { describe, expect, test } from "@jest/globals";
import { activeUsersLow } from "../../alerts/business";
import { goldenSignals } from "../../alerts/golden-signals";
import catalog from "../../catalog/catalog";
import { analytics } from "../../catalog/telemetry/analytics";
import { httpServer } from "../../catalog/telemetry/http-server";
import { logs, structuredLogs } from "../../catalog/telemetry/logs";
import { checkCatalog } from "../../checks/check-catalog";
import { type Alert, type AlertOptions, alert } from "../../model/alert";
import { ratio } from "../../model/indicator";
import { ecs, rds } from "../../model/runtime";
import { type ServiceOptions, service } from "../../model/service";
import { noSimulation } from "../../model/simulation";

// Every `@ts-expect-error` is a test of its own: the compiler fails where the line below it compiles.

const http = httpServer();
const requests = http.requests.rate("5m");
const share = ratio(requests, requests);

const sound: AlertOptions = {
  when: "error_rate > 1%",
  for: "5m",
  severity: "SEV-3",
  summary: "{value} of requests fail",
  runbook: "https://runbooks.company.com/high-error-rate",
};
const options: ServiceOptions = {
  description: "Sells things",
  team: "backend",
  tier: 1,
  runtime: ecs({ cluster: "company", logGroup: "/ecs/shop" }),
  telemetry: [http, analytics, structuredLogs],
  alerts: [alert("HighErrorRate", sound)],
};

/** Ids of what the checks say of the catalog with this one service in it. */
const findings = (changed: Partial<ServiceOptions>): readonly string[] => [
  ...new Set(
    checkCatalog({
      ...catalog,
      // Whoever runs Elasticsearch is not here.
      environments: catalog.environments.map(({ elastic: _, ...environment }) => environment),
      services: [service("shop", { ...options, ...changed })],
      simulation: noSimulation,
    }).map(({ id }) => id),
  ),
];
const ofAlert = (changed: Partial<AlertOptions>): readonly string[] =>
  findings({ alerts: [alert("HighErrorRate", { ...sound, ...changed })] });
const ofAlerts = (alerts: readonly Alert[]): readonly string[] => findings({ alerts: [alerts] });

describe("a mistake neither compiles nor passes the checks", () => {
  test("and without one both agree", () => {
    expect(findings({})).toEqual([]);
  });

  test("a team that does not exist", () => {
    // @ts-expect-error misspelt
    expect(findings({ team: "bakend" })).toContain("service/unknown-team");
  });

  test("an environment that does not exist, of a threshold", () => {
    // @ts-expect-error misspelt
    expect(ofAlert({ thresholds: { default: "1%", pord: "2%" } })).toContain("alert/unknown-environment");
  });

  test("an environment that does not exist, of an alert", () => {
    // @ts-expect-error misspelt
    expect(ofAlert({ environments: ["production"] })).toContain("alert/unknown-environment");
  });

  test("an environment that does not exist, of a duration or a severity", () => {
    // @ts-expect-error misspelt
    expect(ofAlert({ for: { default: "5m", stagin: "1h" } })).toEqual(["alert/unknown-environment"]);
    // @ts-expect-error misspelt
    expect(ofAlert({ severity: { default: "SEV-2", pord: "SEV-1" } })).toEqual(["alert/unknown-environment"]);
  });

  test("a duration or a severity that is none, in one environment", () => {
    // @ts-expect-error it is 5m
    expect(ofAlert({ for: { default: "5m", dev: "5 minuts" } })).toEqual(["alert/duration"]);
    // @ts-expect-error misspelt
    expect(ofAlert({ severity: { default: "SEV-2", prod: "critcal" } })).toEqual(["alert/severity"]);
    // @ts-expect-error elsewhere it would be none
    expect(ofAlert({ severity: { prod: "SEV-1" } })).toEqual(["catalog/shape"]);
  });

  test("an environment that does not exist, of a database", () => {
    // @ts-expect-error misspelt
    const runtime = rds({ instance: { default: "production", stage: "staging" } });
    expect(findings({ runtime })).toContain("alert/unknown-environment");
  });

  test("a metric that nobody declares", () => {
    // @ts-expect-error misspelt
    const rate = http.reqests.rate("5m");
    expect(ofAlert({ when: rate.above("1 per second") })).toContain("telemetry/unknown-metric");
  });

  test("a label that the metric does not have, selected by", () => {
    // @ts-expect-error misspelt
    const rate = http.requests.where({ staus: "500" }).rate("5m");
    expect(ofAlert({ when: rate.above("1 per second") })).toContain("telemetry/unknown-label");
  });

  test("a label that the metric does not have, grouped by", () => {
    // @ts-expect-error misspelt
    const rate = requests.by("endpont");
    expect(ofAlert({ when: rate.above("1 per second") })).toContain("telemetry/unknown-label");
  });

  test("a threshold of another kind than its indicator", () => {
    // @ts-expect-error a ratio is not a time
    expect(ofAlert({ when: share.above("500ms") })).toContain("alert/condition");
    // @ts-expect-error a frequency says per what
    expect(ofAlert({ when: requests.above("500") })).toContain("alert/condition");
    // @ts-expect-error a time is not a ratio
    expect(ofAlert({ when: http.duration.quantile(0.95, "5m").above({ default: "5%" }) })).toContain("alert/condition");
  });

  test("a threshold of another kind than its row, in a pack", () => {
    // @ts-expect-error an error rate is a ratio
    expect(ofAlerts(goldenSignals({ errorRate: { threshold: "500ms" } }))).toContain("alert/condition");
    // @ts-expect-error users are counted
    expect(ofAlerts([activeUsersLow({ threshold: { default: "5%" } })])).toContain("alert/condition");
  });

  test("a duration that is none", () => {
    // @ts-expect-error it is 5m
    expect(ofAlert({ for: "5 minuts" })).toContain("alert/duration");
  });

  test("a severity that is none", () => {
    // @ts-expect-error misspelt
    expect(ofAlert({ severity: "critcal" })).toContain("alert/severity");
  });

  test("an evaluator that is none", () => {
    // @ts-expect-error misspelt
    expect(ofAlert({ evaluator: "datdog" })).toContain("alert/evaluator");
  });
});

describe("a mistake that only the compiler can see", () => {
  test("a row that a pack does not have changes nothing", () => {
    // @ts-expect-error misspelt
    expect(goldenSignals({ latncy: "off" })).toEqual(goldenSignals());
  });

  test("a level that no event has matches nothing", () => {
    // @ts-expect-error misspelt
    expect(logs.level.equals("ERR")).toEqual({ kind: "equals", field: "level", value: "ERR" });
  });
});
