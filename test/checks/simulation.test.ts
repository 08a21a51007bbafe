import { describe, expect, test } from "@jest/globals";
import shipped from "../../catalog/catalog";
import { httpServer } from "../../catalog/telemetry/http-server";
import { postgresServer } from "../../catalog/telemetry/postgres-server";
import { rdsInstance } from "../../catalog/telemetry/rds-instance";
import { checkCatalog } from "../../checks/check-catalog";
import { type Fault, fault, paces, sets } from "../../model/fault";
import { levelOf } from "../../model/simulation";

const http = httpServer();

/** What the checks say of the shipped catalog with these faults instead of its own. */
const found = (faults: readonly Fault[], healthy = shipped.simulation.healthy): readonly string[] =>
  checkCatalog({ ...shipped, simulation: { ...shipped.simulation, healthy, faults } })
    .filter(({ level }) => level === "error")
    .map(({ id, where, message }) => `${id} ${where.rule}: ${message}`);

const of = (services: Fault["services"]): Fault => fault("it-breaks", { reason: "It breaks.", services });

describe("a fault that could not happen, or could not be noticed, is told:", () => {
  test("of a service that is not there", () => {
    expect(found([of({ databse: { effects: [], expects: [] } })])).toEqual([
      'simulation/unknown-service it-breaks: there is no service "databse". Did you mean "database"?',
    ]);
  });

  test("of an alert that the service does not have", () => {
    expect(found([of({ database: { effects: [], expects: ["DatabaseDwn"] } })])).toEqual([
      'simulation/unknown-alert it-breaks: database has no alert "DatabaseDwn". Did you mean "DatabaseDown"?',
    ]);
  });

  test("of a metric that the service does not emit, or not to Prometheus", () => {
    expect(found([of({ database: { effects: [paces(http.requests, "1 per second")], expects: [] } })])).toEqual([
      'simulation/unknown-metric it-breaks: database emits no metric "http_requests_total".',
    ]);
    expect(found([of({ database: { effects: [sets(rdsInstance.cpu, "99%")], expects: [] } })])).toEqual([
      'simulation/unknown-metric it-breaks: "rds_cpu_utilization" is not in Prometheus, and only what is there is simulated',
    ]);
  });

  test("with a value that is none", () => {
    // @ts-expect-error a count is no share
    const nonsense = sets(postgresServer.up, "none");
    const [message] = found([of({ database: { effects: [nonsense], expects: [] } })]);
    expect(message).toMatch(/^simulation\/value it-breaks: "none" is not a quantity/);
  });

  test("twice by one name", () => {
    expect(found([of({}), of({})])).toEqual([
      "simulation/duplicate-fault it-breaks: the fault it-breaks is declared twice",
    ]);
  });
});

test("a healthy value that is none is told", () => {
  // @ts-expect-error a share has no bytes
  const nonsense = levelOf(postgresServer.up, "lots", "as always");
  expect(found([], [nonsense])[0]).toMatch(/^simulation\/value pg_up: "lots" is not a quantity/);
});

test("a service that is misshapen is told, and not that its faults are", () => {
  const [first, ...rest] = shipped.services;
  if (first === undefined) throw new Error("no service");
  // A description that the compiler would refuse.
  const misshapen = { ...first, ...JSON.parse('{ "description": 5 }') };
  const ids = checkCatalog({ ...shipped, services: [misshapen, ...rest] }).map(({ id }) => id);
  expect(ids).toContain("catalog/shape");
  expect(ids.filter((id) => id.startsWith("simulation/"))).toEqual([]);
});
