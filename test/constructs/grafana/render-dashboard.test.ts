import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { renderDashboard } from "../../../constructs/grafana/render-dashboard";
import { serviceDashboard } from "../../../dashboards/grafana/service";
import { alert } from "../../../model/alert";
import { type Dashboard, logPanel, type Panel, panel } from "../../../model/dashboard";
import type { ServiceEstate } from "../../../model/estate";
import { checked } from "../../../model/result";
import type { ServiceOptions } from "../../../model/service";
import { example, exampleEstate, exampleService } from "../../support/example";
import { dashboardOf, drawnPanels, firstService, parsedDashboard } from "./dashboard-json";

const { requests, duration, memory } = example;

const estateWith = (options: Partial<ServiceOptions> = {}, environment: "dev" | "prod" = "prod"): ServiceEstate =>
  firstService(exampleEstate(environment, [exampleService(options)]));
const estate = estateWith();
const rendered = (dashboard: Dashboard, of = estate) => parsedDashboard(checked(renderDashboard(dashboard, of)));
const own = (of = estate) => rendered(serviceDashboard(of.service), of);
const errorOf = (dashboard: Dashboard, of = estate): string => {
  const result = renderDashboard(dashboard, of);
  return result.ok ? "no error" : result.error;
};

const panels: readonly Panel[] = [
  panel("rate", "Rate", { rate: requests.rate("5m") }),
  panel("latency", "Latency", { p95: duration.quantile(0.95, "5m"), p50: duration.quantile(0.5, "5m") }),
  panel("memory", "Memory", { memory: memory.max() }, { visualization: "stat" }),
  panel("share", "Share", { errors: memory.avg() }, { visualization: "gauge" }),
  logPanel("events", "Events", "fields @message"),
];
const anyPanels = fc.shuffledSubarray([...panels], { minLength: 1 });

test("a service's dashboard is addressed by environment and service, and says both", () => {
  const { uid, title, tags, description } = own();
  expect({ uid, title, tags, description }).toEqual({
    uid: "prod-shop-service",
    title: "shop (prod)",
    tags: ["shop", "backend", "prod", "estate"],
    description: "Sells things.",
  });
  expect(estate.alerts.map(({ dashboard }) => dashboard)).toContain(`https://grafana.example.com/d/${uid}`);
});

test("a team that is named like its service is tagged once", () => {
  expect(own(firstService(exampleEstate("prod", [exampleService({}, "backend")]))).tags).toEqual([
    "backend",
    "prod",
    "estate",
  ]);
});

test("each section is an open row, with its panels under it", () => {
  const rows = own().panels.flatMap((each) => (each.type === "row" ? [each.title] : []));
  expect(rows).toEqual(["Overview", "Errors", "Performance", "Infrastructure", "Business"]);
});

test("the last six hours are shown, renewed every minute, and cannot be edited", () => {
  const { time, refresh, editable, graphTooltip } = own();
  expect({ time, refresh, editable, graphTooltip }).toEqual({
    time: { from: "now-6h", to: "now" },
    refresh: "1m",
    editable: false,
    graphTooltip: 1,
  });
});

describe("whatever the panels", () => {
  test("everything drawn has an id of its own, and every query a letter and a data source", () => {
    fc.assert(
      fc.property(anyPanels, (some) => {
        const dashboard = rendered(dashboardOf(...some));
        const ids = dashboard.panels.map(({ id }) => id);
        expect(new Set(ids).size).toBe(some.length + 1);
        for (const { targets } of drawnPanels(dashboard)) {
          const letters = targets?.map(({ refId }) => refId) ?? [];
          expect(letters.length).toBeGreaterThan(0);
          expect(new Set(letters).size).toBe(letters.length);
          for (const target of targets ?? []) expect(target.datasource.uid).toMatch(/^prod-(prometheus|cloudwatch)$/);
        }
      }),
    );
  });

  test("a panel has the same id wherever it stands and whatever stands beside it", () => {
    const alone = new Map(
      panels.flatMap((each) => drawnPanels(rendered(dashboardOf(each))).map(({ title, id }) => [title, id] as const)),
    );
    expect(new Set(alone.values()).size).toBe(panels.length);
    fc.assert(
      fc.property(anyPanels, (some) => {
        for (const { title, id } of drawnPanels(rendered(dashboardOf(...some)))) expect(id).toBe(alone.get(title));
      }),
    );
  });

  test("the text is the same every time", () => {
    fc.assert(
      fc.property(anyPanels, (some) => {
        const dashboard = dashboardOf(...some);
        expect(renderDashboard(dashboard, estateWith())).toEqual(renderDashboard(dashboard, estateWith()));
      }),
    );
  });

  test("nothing overlaps, and nothing leaves the grid", () => {
    fc.assert(
      fc.property(anyPanels, (some) => {
        const cells = rendered(dashboardOf(...some)).panels.flatMap(({ gridPos: { x, y, w, h } }) =>
          Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
        );
        expect(new Set(cells).size).toBe(cells.length);
        expect(cells.every((cell) => Number(cell.split(",")[0]) < 24)).toBe(true);
      }),
    );
  });
});

test("keys are in order, without whitespace, so that a plan shows what changed and nothing else", () => {
  const text = checked(renderDashboard(serviceDashboard(estate.service), estate));
  expect(text.startsWith('{"annotations":{"list":[{')).toBe(true);
  expect(text).not.toMatch(/\n| {2}/);
});

test("each environment has its own address, data sources and title", () => {
  const text = checked(renderDashboard(serviceDashboard(estate.service), estateWith({}, "dev")));
  expect(parsedDashboard(text)).toMatchObject({ uid: "dev-shop-service", title: "shop (dev)" });
  expect(text).not.toContain("prod");
});

describe("alerts", () => {
  const page = (name: string, page = name) =>
    alert(name, {
      when: "error_rate > 1%",
      for: "5m",
      severity: "SEV-2",
      summary: "{value}",
      runbook: `https://runbooks.example.com/${page}`,
    });
  const linksOf = (names: readonly (readonly [string, string?])[]) =>
    own(estateWith({ alerts: names.map(([name, url]) => page(name, url)) })).links;

  test("that fire mark the graphs", () => {
    const [annotation, ...others] = own().annotations.list ?? [];
    expect(others).toEqual([]);
    expect(annotation).toMatchObject({
      name: "Firing alerts",
      enable: true,
      datasource: { uid: "prod-prometheus" },
      target: { expr: 'ALERTS{alertstate="firing", environment="prod", service="shop"}', refId: "Alerts" },
      titleFormat: "{{alertname}}",
    });
  });

  test("mark nothing where Prometheus evaluates none", () => {
    expect(own(estateWith({ alerts: [{ ...page("Elsewhere"), evaluator: "datadog" }] })).annotations.list).toEqual([]);
  });

  test("lead to their runbooks, each once", () => {
    expect(linksOf([["A"], ["B", "shared"], ["C", "shared"]])).toMatchObject([
      { type: "link", title: "Runbook: A", url: "https://runbooks.example.com/A", targetBlank: true },
      { title: "Runbook: B and 1 more", url: "https://runbooks.example.com/shared", tooltip: "B, C" },
    ]);
  });

  test.each([
    [4, undefined],
    [5, "inControlsMenu"],
  ])("with %i runbooks they stand in %p", (count, placement) => {
    const links = linksOf(Array.from({ length: count }, (_, index) => [`Alert${index}`]));
    expect(links).toHaveLength(count);
    expect(new Set(links.map((link) => link.placement))).toEqual(new Set([placement]));
  });
});

test("a service with several dashboards leads from one to the others", () => {
  const more = estateWith({ dashboards: [dashboardOf(...panels)], alerts: { unmonitored: "A test." } });
  expect(own(more).links).toMatchObject([
    { type: "dashboards", tags: ["shop", "prod"], asDropdown: true, keepTime: true },
  ]);
  expect(rendered(dashboardOf(...panels), more)).toMatchObject({ uid: "prod-shop-test", title: "Test (prod)" });
});

describe("errors, each in a line that names its dashboard", () => {
  const long = "x".repeat(200);
  const [first] = panels;
  if (first === undefined) throw new Error("no panel");
  test.each<[string, Dashboard, ServiceEstate, RegExp]>([
    [
      "a title too long",
      { ...dashboardOf(first), title: long },
      estate,
      /^dashboard "test": the title .* 207 characters/,
    ],
    [
      "a tag too long",
      dashboardOf(first),
      firstService(exampleEstate("prod", [exampleService({}, "ü".repeat(26))])),
      /the tag "ü+" has 52 bytes; Grafana accepts 50/,
    ],
    ["two panels of one key", dashboardOf(first, first), estate, /two panels have the key "rate"/],
    [
      "two panels of one key in two sections",
      {
        ...dashboardOf(first),
        sections: ["a", "b"].map((key) => ({ key, title: key, panels: [first] })),
      },
      estate,
      /two panels have the key "rate"/,
    ],
    [
      "two sections of one key",
      { ...dashboardOf(first), sections: ["A", "B"].map((title) => ({ key: "a", title, panels: [] })) },
      estate,
      /two sections have the key "a"/,
    ],
  ])("%s", (_, dashboard, of, message) => {
    expect(errorOf(dashboard, of)).toMatch(message);
    expect(errorOf(dashboard, of).split("\n")).toHaveLength(1);
  });

  test("a section and a panel may have the same key", () => {
    const dashboard = { ...dashboardOf(first), sections: [{ key: first.key, title: "S", panels: [first] }] };
    expect(new Set(rendered(dashboard).panels.map(({ id }) => id)).size).toBe(2);
  });
});
