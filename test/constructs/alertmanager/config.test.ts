import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import shipped from "../../../catalog/catalog";
import {
  type AlertmanagerConfig,
  alertmanagerConfig,
  promisedReceivers,
  strayAlerts,
  watchdogAlert,
} from "../../../constructs/alertmanager/config";
import {
  arrivalsOf,
  groupKeyOf,
  nodesOf,
  type RouteNode,
  receiversOf,
} from "../../../constructs/alertmanager/routing-tree";
import { alert } from "../../../model/alert";
import { type EnvironmentEstate, estateOf } from "../../../model/estate";
import { routedLabels } from "../../../model/inhibition";
import type { Labels } from "../../../model/label-matcher";
import { type MaintenanceWindow, weekly } from "../../../model/maintenance-window";
import { checked } from "../../../model/result";
import type { Service, ServiceOptions } from "../../../model/service";
import type { SeverityName } from "../../../model/severity";
import { exampleCatalog, exampleEstate, exampleService } from "../../support/example";

const severities = ["SEV-1", "SEV-2", "SEV-3", "SEV-4"] as const;

const named = (name: string, severity: SeverityName) =>
  alert(name, {
    when: "error_rate > 1%",
    for: "5m",
    severity,
    summary: "x",
    runbook: "https://r.example.com",
    evaluator: "prometheus",
  });

/** A service with an alert of every severity. */
const service = (name: string, options: Partial<ServiceOptions> = {}): Service =>
  exampleService(
    { alerts: severities.map((severity) => named(severity.replace("SEV-", "Sev"), severity)), ...options },
    name,
  );

const window = (name: string, services?: readonly string[]): MaintenanceWindow =>
  weekly(name, {
    days: ["sunday"],
    start: "03:00",
    end: "04:00",
    timeZone: "UTC",
    reason: "Upgrades",
    ...(services === undefined ? {} : { services }),
  });

/** An estate of production with windows of its environment. */
function estateWith(services: readonly Service[], maintenance: readonly MaintenanceWindow[] = []): EnvironmentEstate {
  const catalog = exampleCatalog(services);
  const prod = catalog.environments.find(({ name }) => name === "prod");
  if (prod === undefined) throw new Error("no prod");
  const environment = { ...prod, maintenance };
  return estateOf({ ...catalog, environments: [environment] }, environment);
}

const configOf = (estate: EnvironmentEstate): AlertmanagerConfig => checked(alertmanagerConfig(estate));

/** Labels of the first alert of a service, of a severity. */
function labelsOf(estate: EnvironmentEstate, of: string, name = "Sev1"): Labels {
  const rule = estate.services
    .flatMap(({ alerts }) => alerts)
    .find((each) => each.service === of && each.name === name);
  if (rule === undefined) throw new Error(`no alert ${name} of ${of}`);
  return routedLabels(rule);
}

/** Every node with the windows that mute it, by where alerts of a service end. */
const mutedIn = (estate: EnvironmentEstate, of: string): readonly (readonly string[])[] =>
  arrivalsOf(configOf(estate).route, labelsOf(estate, of)).map(({ node }) => node.mutedIn);

const everyNode = (node: RouteNode): readonly RouteNode[] => [node, ...node.routes.flatMap(everyNode)];

describe("the routing tree", () => {
  test.each([
    ["Sev1", ["pagerduty", "slack-backend"]],
    ["Sev2", ["pagerduty", "slack-backend"]],
    ["Sev3", ["pagerduty", "slack-backend"]],
    ["Sev4", ["slack-backend", "digest-backend"]],
  ])("leads %s of production to %j", (name, receivers) => {
    const estate = estateWith([service("shop")]);
    expect(receiversOf(configOf(estate).route, labelsOf(estate, "shop", name))).toEqual(receivers);
  });

  test("leads every alert of the shipped catalog where its route says, in every environment", () => {
    for (const environment of shipped.environments) {
      const estate = estateOf(shipped, environment);
      const rules = estate.services.flatMap(({ alerts }) => alerts);
      expect(rules.length).toBeGreaterThan(20);
      for (const rule of rules)
        expect(receiversOf(configOf(estate).route, routedLabels(rule))).toEqual(promisedReceivers(rule));
      expect(strayAlerts(configOf(estate), estate)).toEqual([]);
    }
  });

  test("leads every alert where its route says, whatever the services, teams and windows", () => {
    const teams = ["support", "backend", "architecture"] as const;
    const names = ["a", "b", "c", "d"];
    const anyServices = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom(...names),
        team: fc.constantFrom(...teams),
        own: fc.boolean(),
      }),
      { selector: ({ name }) => name, minLength: 1 },
    );
    const anyWindows = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom("one", "two"),
        services: fc.option(fc.subarray(names, { minLength: 1 }), { nil: undefined }),
      }),
      { selector: ({ name }) => name },
    );
    fc.assert(
      fc.property(anyServices, anyWindows, fc.constantFrom("dev", "prod"), (services, windows, where) => {
        const catalog = exampleCatalog(
          services.map(({ name, team, own }) =>
            service(name, { team, ...(own ? { maintenance: [window("own")] } : {}) }),
          ),
        );
        const environments = catalog.environments.map((environment) => ({
          ...environment,
          maintenance: windows.map(({ name, services: about }) => window(name, about)),
        }));
        const environment = environments.find(({ name }) => name === where);
        if (environment === undefined) throw new Error(`no ${where}`);
        const estate = estateOf({ ...catalog, environments }, environment);
        const config = configOf(estate);
        for (const rule of estate.services.flatMap(({ alerts }) => alerts))
          expect(receiversOf(config.route, routedLabels(rule))).toEqual(promisedReceivers(rule));
        const known = new Set(config.receivers.map(({ name }) => name));
        const intervals = new Set(config.intervals.map(({ name }) => name));
        for (const node of everyNode(config.route)) {
          expect(known).toContain(node.receiver);
          for (const name of node.mutedIn) expect(intervals).toContain(name);
        }
      }),
    );
  });

  test("leads the heartbeat to its listener alone, and what nobody claims to somebody", () => {
    const { route } = configOf(estateWith([service("shop")]));
    expect(receiversOf(route, { alertname: watchdogAlert, severity: "critical", team: "backend" })).toEqual([
      "watchdog",
    ]);
    expect(receiversOf(route, { alertname: "Foreign" })).toEqual(["unrouted"]);
    expect(receiversOf(route, {})).toEqual(["unrouted"]);
  });

  test("grows with teams and with services that have windows, not with services", () => {
    const few = nodesOf(configOf(estateWith([service("shop")])).route);
    const many = Array.from({ length: 40 }, (_, index) => service(`service-${index}`));
    expect(nodesOf(configOf(estateWith(many)).route)).toBe(few);
  });
});

describe("what identifies an incident", () => {
  const keyOf = (estate: EnvironmentEstate, of = "shop"): string => {
    const labels = labelsOf(estate, of);
    const [first] = arrivalsOf(configOf(estate).route, labels);
    if (first === undefined) throw new Error("no arrival");
    expect(first.node.receiver).toBe("pagerduty");
    return groupKeyOf(first, labels);
  };
  const before = keyOf(estateWith([service("shop")]));

  test("is its severity, alert, environment and service", () => {
    expect(before).toBe('{}/{severity="critical"}:{alertname="Sev1", environment="prod", service="shop"}');
  });

  test("stays when the service changes its team, and when others come or go", () => {
    expect(keyOf(estateWith([service("shop", { team: "support" })]))).toBe(before);
    expect(keyOf(estateWith([service("basket"), service("shop"), service("site", { team: "support" })]))).toBe(before);
  });

  test("stays when the environment or another service gets a window", () => {
    expect(keyOf(estateWith([service("shop")], [window("all")]))).toBe(before);
    expect(keyOf(estateWith([service("shop"), service("basket", { maintenance: [window("own")] })]))).toBe(before);
  });

  test("changes with the first window of its own service, and not with its second", () => {
    const first = keyOf(estateWith([service("shop", { maintenance: [window("one")] })]));
    expect(first).not.toBe(before);
    expect(keyOf(estateWith([service("shop", { maintenance: [window("one"), window("two")] })]))).toBe(first);
    expect(keyOf(estateWith([service("shop")], [window("some", ["shop"])]))).toBe(first);
  });

  test("is one for all instances", () => {
    const estate = estateWith([service("shop")]);
    const [one, two] = ["a", "b"].map((instance) => {
      const labels = { ...labelsOf(estate, "shop"), instance };
      const [arrival] = arrivalsOf(configOf(estate).route, labels);
      return arrival === undefined ? undefined : groupKeyOf(arrival, labels);
    });
    expect(one).toBe(two);
  });
});

describe("maintenance windows", () => {
  test("of a service mute it wherever it is told, and nobody else", () => {
    const estate = estateWith([service("shop", { maintenance: [window("own")] }), service("basket")]);
    expect(mutedIn(estate, "shop")).toEqual([["shop/own"], ["shop/own"]]);
    expect(mutedIn(estate, "basket")).toEqual([[], []]);
  });

  test("of an environment mute everybody, beside what mutes each", () => {
    const estate = estateWith(
      [service("shop", { maintenance: [window("own")] }), service("basket"), service("site")],
      [window("all"), window("some", ["basket"])],
    );
    expect(mutedIn(estate, "shop")[0]).toEqual(["all", "shop/own"]);
    expect(mutedIn(estate, "basket")[0]).toEqual(["all", "some"]);
    expect(mutedIn(estate, "site")[0]).toEqual(["all"]);
  });

  test("mute neither the root, which Alertmanager refuses, nor the heartbeat", () => {
    const { route } = configOf(estateWith([service("shop")], [window("all")]));
    expect(route.mutedIn).toEqual([]);
    expect(
      everyNode(route)
        .filter(({ receiver }) => receiver === "watchdog")
        .map((node) => node.mutedIn),
    ).toEqual([[]]);
  });

  test("without times are refused", () => {
    const broken = { ...window("own"), start: "soon" };
    expect(alertmanagerConfig(estateWith([service("shop", { maintenance: [broken] })]))).toEqual({
      ok: false,
      error: 'the maintenance window shop/own: "soon" is not a time of day: write HH:MM, from 00:00 to 23:59',
    });
  });
});

test("an alert of a team that has no way is told as astray", () => {
  const estate = exampleEstate("prod", [service("shop")]);
  const { alerts } = estate.services[0] ?? { alerts: [] };
  const orphaned = {
    ...estate,
    services: estate.services.map((each) => ({ ...each, alerts: alerts.map((rule) => ({ ...rule, team: "nobody" })) })),
  };
  expect(strayAlerts(configOf(estate), orphaned).map(({ rule, reaches }) => [rule.name, reaches])).toEqual([
    ["Sev1", ["pagerduty"]],
    ["Sev2", ["pagerduty"]],
    ["Sev3", ["pagerduty"]],
    ["Sev4", ["unrouted"]],
  ]);
});
