import { describe, expect, test } from "@jest/globals";
import { App, TerraformStack, Testing } from "cdktf";
import shipped from "../../../../catalog/catalog";
import { logs } from "../../../../catalog/telemetry/logs";
import { logSearch } from "../../../../constructs/datadog/log-search";
import { DatadogLogs } from "../../../../constructs/datadog/logs/logs";
import { type DatadogLogSettings, datadogLogs } from "../../../../constructs/datadog/logs/settings";
import { parseDatadogLogSearch } from "../../../../languages/datadog/log-search-parser";
import { printDatadogLogSearch } from "../../../../languages/datadog/log-search-printer";
import { type EnvironmentEstate, estateOf } from "../../../../model/estate";
import { checked } from "../../../../model/result";
import { all, estateWith } from "../../fluentd/shipping";

const settingsOf = (estate: EnvironmentEstate): DatadogLogSettings => {
  const settings = checked(datadogLogs(estate));
  if (settings === undefined) throw new Error("no logs in Datadog");
  return settings;
};

const estates = shipped.environments.map((environment) => estateOf(shipped, environment));

describe("Datadog's logs of an environment", () => {
  test("are not declared where none are sent", () => {
    expect(datadogLogs(estateWith({ outputs: ["cloudwatch"] }))).toEqual({ ok: true, value: undefined });
  });

  test("have searches that our own parser reads, all of them", () => {
    for (const estate of estates) {
      const { query, index, metrics } = settingsOf(estate);
      for (const text of [query, ...index.exclusions.map((each) => each.query), ...metrics.map((each) => each.query)])
        expect([text, parseDatadogLogSearch(text).ok]).toEqual([text, true]);
    }
  });

  // Indexes, metrics, archives belong to the organization: what two environments named alike, one would take from the other.
  test("share no name with another environment's, and no log", () => {
    const all = estates.map(settingsOf);
    const names = all.flatMap(({ query, index, metrics }) => [query, index.name, ...metrics.map(({ name }) => name)]);
    expect(new Set(names).size).toBe(names.length);
  });

  test("are stored for no longer than the environment keeps logs, and for a time that is sold", () => {
    expect(estates.map((estate) => settingsOf(estate).index.retentionDays)).toEqual([7, 30, 30]);
  });

  test("are limited to a day of eight hours at the peak", () => {
    // 10,100 events a second.
    expect(settingsOf(estateWith(all)).index.dailyLimit).toBe(10_100 * 3600 * 8);
  });

  test("are measured by name, with few dimensions", () => {
    expect(settingsOf(estateWith(all)).metrics.find(({ service }) => service === "app-service")).toEqual({
      service: "app-service",
      id: "errors",
      name: "logs.prod.app_service.errors",
      query: "env:prod service:app-service status:(error OR critical) @error_type:*",
      groupBy: [{ path: "@error_type", tagName: "error_type" }],
    });
  });

  test("keep the fields by which the estate's own searches find them, beside Datadog's names", () => {
    const { processors } = settingsOf(estateWith(all));
    expect(processors.slice(0, 3)).toEqual([
      { kind: "date", source: "timestamp" },
      { kind: "status", source: "level" },
      { kind: "service", source: "service" },
    ]);
    const targets = processors.flatMap((each) => ("target" in each ? [each.target] : []));
    expect(targets).toContain("http.status_code");
    expect(new Set(targets).size).toBe(targets.length);
    const stack = new TerraformStack(new App(), "test");
    new DatadogLogs(stack, "logs", estateWith(all));
    const { resource } = JSON.parse(Testing.synth(stack));
    const [pipeline] = Object.values<{ processor: readonly Record<string, { preserve_source?: boolean }>[] }>(
      resource.datadog_logs_custom_pipeline,
    );
    const remapped = pipeline?.processor.flatMap((each) => each["attribute_remapper"] ?? []) ?? [];
    expect(remapped.length).toBeGreaterThan(5);
    const moved = remapped.filter((each) => !each.preserve_source);
    // A text and an object of one name cannot both be in a log; the search for the field follows it.
    expect(moved).toMatchObject([{ sources: ["error"], target: "error.message" }]);
    const search = logSearch(logs.error.exists(), { service: "app-service", environment: "prod" });
    expect(printDatadogLogSearch(search)).toBe("env:prod service:app-service @error.message:*");
    expect(Object.keys(resource.datadog_sensitive_data_scanner_rule)).toHaveLength(4);
    expect(Object.values<object>(resource.datadog_logs_archive)[0]).toMatchObject({
      query: "env:prod",
      s3_archive: { bucket: "company-logs", role_name: "DatadogIntegrationRole", account_id: "777788889999" },
    });
  });
});

describe("searches that people write", () => {
  test.each([
    "status:error env:production",
    "service:payment status:error",
    "service:database @duration:>1000",
    "@user_id:12345 service:api",
  ])("%s is read", (text) => expect(parseDatadogLogSearch(text).ok).toBe(true));
});
