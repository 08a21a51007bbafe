import { expect, test } from "@jest/globals";
import { uidConflicts } from "../../../constructs/grafana/uid-conflicts";
import { alert } from "../../../model/alert";
import { exampleEstate, exampleService } from "../../support/example";
import { dashboardOf } from "./dashboard-json";

const named = (name: string, ...keys: readonly string[]) =>
  exampleService({ dashboards: keys.map((key) => ({ ...dashboardOf(), key })) }, name);

test("the environments of one Grafana do not meet", () => {
  const services = [named("shop", "release"), named("api", "release")];
  expect(uidConflicts([exampleEstate("dev", services), exampleEstate("prod", services)])).toEqual([]);
});

test("names that are the same once they are joined are found", () => {
  expect(uidConflicts([exampleEstate("prod", [named("a-b", "c"), named("a", "b-c")])])).toEqual([
    {
      grafana: "https://grafana.example.com",
      uid: "prod-a-b-c",
      owners: ["dashboard a-b/c (prod)", "dashboard a/b-c (prod)"],
    },
  ]);
});

test("a key of the service's own dashboard is taken", () => {
  expect(uidConflicts([exampleEstate("prod", [named("shop", "service")])])).toMatchObject([
    { uid: "prod-shop-service", owners: ["dashboard shop/service (prod)", "dashboard shop/service (prod)"] },
  ]);
});

test("folders and dashboards share one space", () => {
  const estate = exampleEstate("prod", [named("backend", "x"), exampleService({}, "shop")]);
  const renamed = {
    ...estate,
    teams: estate.teams.map((team) => (team.name === "backend" ? { ...team, name: "backend-x" } : team)),
    services: estate.services.map((service) => ({ ...service, team: { ...service.team, name: "backend-x" } })),
  };
  expect(uidConflicts([renamed])).toMatchObject([
    { uid: "prod-backend-x", owners: ["folder backend-x (prod)", "dashboard backend/x (prod)"] },
  ]);
});

test("alert rules have a space of their own", () => {
  const inGrafana = (name: string) =>
    alert(name, {
      when: "memory > 1GB",
      for: "5m",
      severity: "SEV-4",
      summary: "x",
      runbook: "https://r.example.com",
      evaluator: "grafana",
    });
  const estates = (evaluated: "grafana" | "prometheus") => {
    const alerts = [inGrafana("a-b"), inGrafana("b")].map((each) => ({ ...each, evaluator: evaluated }));
    const services = [exampleService({ alerts }, "shop"), exampleService({ alerts }, "shop-a")];
    return [exampleEstate("prod", services)];
  };
  expect(uidConflicts(estates("grafana"))).toEqual([
    {
      grafana: "https://grafana.example.com",
      uid: "prod-shop-a-b",
      owners: ["alert shop/a-b (prod)", "alert shop-a/b (prod)"],
    },
  ]);
  expect(uidConflicts(estates("prometheus"))).toEqual([]);
  const dashboards = exampleService({ alerts: [inGrafana("x")], dashboards: [{ ...dashboardOf(), key: "x" }] }, "shop");
  expect(uidConflicts([exampleEstate("prod", [dashboards])])).toEqual([]);
});

test("two Grafanas may have the same addresses", () => {
  const one = exampleEstate("prod");
  const other = { ...one, environment: { ...one.environment, grafana: "https://other.example.com" } };
  expect(uidConflicts([one, other])).toEqual([]);
  expect(uidConflicts([one, one])).not.toEqual([]);
});
