import { describe, expect, test } from "@jest/globals";
import { dashboardsOf, panelConflicts, serviceDashboard } from "../../../dashboards/grafana/service";
import { parseInsights } from "../../../languages/insights/parse";
import { type ContractPanels, type Dashboard, type Panel, panel } from "../../../model/dashboard";
import { choice, type LogField, number, text } from "../../../model/log-field";
import { counter, telemetry } from "../../../model/telemetry";
import { exampleService } from "../../support/example";

const requests = counter("requests_total", { help: "Requests", unit: "requests" });
const rate = (key: string, title = key): Panel => panel(key, title, { rate: requests.rate("5m") });

const contract = (name: string, panels: ContractPanels, logFields: Readonly<Record<string, LogField>> = {}) =>
  telemetry(name, { metrics: { requests }, panels, logFields });

const sectionsOf = (telemetry: readonly ReturnType<typeof contract>[]) =>
  serviceDashboard(exampleService({ telemetry })).sections;

/** The panel of a key in the dashboard of a service that logs these fields. */
const logPanelOf = (key: string, logFields: Readonly<Record<string, LogField>>): Panel | undefined =>
  sectionsOf([contract("logs", {}, logFields)])
    .flatMap(({ panels }) => panels)
    .find((candidate) => candidate.key === key);

const insightsOf = (drawn: Panel | undefined): string =>
  (drawn?.queries ?? []).map((query) => (query.kind === "insights" ? query.text : "")).join();

const level = (...values: readonly string[]): Readonly<Record<string, LogField>> => ({
  level:
    values.length === 0
      ? text("level", { description: "Severity" })
      : choice("level", values, { description: "Severity" }),
});
const duration = number("duration_ms", { description: "Time taken", unit: "milliseconds" });
const path = text("path", { description: "Path" });

describe("the five sections", () => {
  test.each([
    ["without any telemetry", []],
    ["with a panel in one of them", [contract("a", { business: [rate("orders")] })]],
    [
      "with panels in all of them",
      [contract("a", { overview: [rate("a")], errors: [rate("b")], performance: [rate("c")] })],
    ],
  ])("are always there, in the same order, none of them empty: %s", (_, telemetry) => {
    const sections = sectionsOf(telemetry);
    expect(sections.map(({ key }) => key)).toEqual(["overview", "errors", "performance", "infrastructure", "business"]);
    expect(sections.map(({ title }) => title)).toEqual([
      "Overview",
      "Errors",
      "Performance",
      "Infrastructure",
      "Business",
    ]);
    expect(sections.every(({ panels }) => panels.length > 0)).toBe(true);
  });

  test("one without panels says so", () => {
    const [overview, errors] = sectionsOf([contract("a", { overview: [rate("traffic")] })]);
    expect(overview?.panels.map(({ key }) => key)).toEqual(["traffic"]);
    expect(errors?.panels).toEqual([
      expect.objectContaining({
        visualization: "text",
        text: "The telemetry of shop declares nothing for this section.",
      }),
    ]);
  });

  test("panels stand in the order of the contracts, and of each contract", () => {
    const [overview] = sectionsOf([
      contract("first", { overview: [rate("b"), rate("a")] }),
      contract("second", { overview: [rate("c")] }),
    ]);
    expect(overview?.panels.map(({ key }) => key)).toEqual(["b", "a", "c"]);
  });
});

describe("two contracts that bring a panel of the same key", () => {
  const conflicting = exampleService({
    telemetry: [contract("a", { overview: [rate("traffic")] }), contract("b", { errors: [rate("traffic", "Other")] })],
  });
  const shared = exampleService({
    telemetry: [contract("a", { overview: [rate("traffic")] }), contract("b", { overview: [rate("traffic")] })],
  });
  const titles = (dashboard: Dashboard): readonly string[] =>
    dashboard.sections.flatMap(({ panels }) => panels.map(({ title }) => title)).filter((title) => title !== "");

  test("the first is shown and the difference reported", () => {
    expect(titles(serviceDashboard(conflicting))).toEqual(["traffic"]);
    expect(panelConflicts(conflicting)).toEqual([
      { service: "shop", key: "traffic", shown: "traffic", dropped: "Other" },
    ]);
  });

  test("the same panel twice is shown once and is no conflict", () => {
    expect(titles(serviceDashboard(shared))).toEqual(["traffic"]);
    expect(panelConflicts(shared)).toEqual([]);
  });
});

describe("recent errors", () => {
  test.each([
    ["the levels that mean a failure", level("DEBUG", "ERROR", "CRITICAL"), 'level in ["ERROR", "CRITICAL"]'],
    ["in whatever case they are written", level("info", "fatal"), 'level in ["fatal"]'],
    ["any spelling, where the values are not known", level(), "level like /(?i)^(error|critical|"],
  ])("ask for %s", (_, fields, filter) => {
    const errors = logPanelOf("recent-errors", fields);
    expect(errors?.visualization).toBe("logs");
    expect(insightsOf(errors)).toContain(`filter ${filter}`);
  });

  test.each([
    ["no level is logged", { path }],
    ["no level means a failure", level("DEBUG", "INFO")],
    ["the level is a number", { level: number("level", { description: "pino" }) }],
  ])("are not there when %s", (_, fields) => {
    expect(logPanelOf("recent-errors", fields)).toBeUndefined();
  });
});

describe("slow requests", () => {
  test("are a table of what the contract declares of a request", () => {
    const slow = logPanelOf("slow-requests", { duration, path, method: text("method", { description: "Method" }) });
    expect(slow?.visualization).toBe("table");
    expect(insightsOf(slow)).toMatch(/^fields @timestamp, method, path, duration_ms \|.*sort duration_ms desc/);
  });

  test.each([
    ["a path", { duration }],
    ["a duration", { path }],
    ["a duration that is a number", { path, duration: text("duration_ms", { description: "As text" }) }],
  ])("are not there without %s", (_, fields) => {
    expect(logPanelOf("slow-requests", fields)).toBeUndefined();
  });
});

test.each([
  ["recent-errors", level("ERROR")],
  ["recent-errors", level()],
  ["recent-errors", level('a"b\\ERROR', "error")],
  ["slow-requests", { duration, path }],
])("%s is a query that Logs Insights accepts", (key, fields) => {
  const query = insightsOf(logPanelOf(key, fields));
  expect(query).not.toBe("");
  expect(parseInsights(query)).toMatchObject({ ok: true });
});

test("a contract's own panel stands in the place of the one made from the logs", () => {
  const own = rate("recent-errors", "Errors, as we want them");
  const [, errors] = sectionsOf([contract("a", { errors: [own] }, level("ERROR"))]);
  expect(errors?.panels).toEqual([own]);
});

test("a service's dashboards are its own, then those that people wrote for it", () => {
  const written = { key: "release", title: "Release", description: "Before and after.", sections: [] };
  const service = exampleService({ dashboards: [written] });
  expect(dashboardsOf(service)).toEqual([serviceDashboard(service), written]);
  expect(serviceDashboard(service)).toMatchObject({ key: "service", title: "shop", description: "Sells things." });
});
