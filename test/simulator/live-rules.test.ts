import { describe, expect, test } from "@jest/globals";
import shipped from "../../catalog/catalog";
import { httpServer } from "../../catalog/telemetry/http-server";
import { requestPerformance } from "../../catalog/telemetry/request-performance";
import { estateOf } from "../../model/estate";
import { fault, paces, sets, unreachable } from "../../model/fault";
import { startsWith } from "../../model/indicator";
import { type FaultOutcome, liveProofs } from "../../simulator/fault-outcome";
import { faultPlan, slack } from "../../simulator/fault-plan";
import { isWatchdog, liveServices, longestReach, reachOf } from "../../simulator/live-rules";

const production = shipped.environments.find((environment) => environment.production);
if (production === undefined) throw new Error("no production");
const estate = estateOf(shipped, production);
const services = liveServices(estate);
const rule = (expr: string, more = {}) => ({
  alert: "A",
  expr,
  labels: {},
  annotations: { summary: "", runbook_url: "", dashboard_url: "" },
  ...more,
});

describe("how far an alert reaches in time", () => {
  test.each([
    ["up == 0", 0],
    ["rate(a[5m]) > 1 and rate(b[1h]) > 1", 3600],
    ["avg_over_time((sum(rate(a[5m])))[1h:1m]) > 1", 3900],
    // What is recorded looks back over its own five minutes.
    ["sum_over_time(objective:errors:rate5m[30m]) > 1", 2100],
  ])("%s looks back over %d seconds", (expr, window) => {
    expect(reachOf(rule(expr)).window).toBe(window);
  });

  test("is with what it waits and keeps", () => {
    expect(reachOf(rule("up == 0", { for: "10m", keep_firing_for: "5m" }))).toEqual({
      window: 0,
      for: 600,
      keeps: 300,
    });
  });

  test("decides whether it can be waited for: each alert of a service either can or cannot", () => {
    for (const { service, rules, tooLong } of services) {
      const declared = estate.services
        .flatMap(({ alerts }) => alerts)
        .filter((alert) => alert.service === service && alert.evaluator === "prometheus");
      expect([...rules, ...tooLong].map((live) => live.rule.alert).sort()).toEqual(
        declared.map(({ name }) => name).sort(),
      );
      for (const { reach } of tooLong) expect(reach.window + reach.for).toBeGreaterThan(longestReach);
      for (const { reach } of rules) expect(reach.window + reach.for).toBeLessThanOrEqual(longestReach);
    }
  });

  test("and what reads nothing always fires", () => {
    expect(isWatchdog(rule("vector(1) == 1"))).toBe(true);
    expect(isWatchdog(rule("absent(up)"))).toBe(false);
  });
});

describe("a fault lasts until everything that reads what it changes had its time", () => {
  const at = (name: string, effects: Parameters<typeof fault>[1]["services"][string]["effects"]) =>
    faultPlan(fault(name, { reason: "", services: { "app-service": { effects, expects: [] } } }), services, 60);

  test("and not longer", () => {
    // MemoryUsageHigh alone reads it, and waits ten minutes.
    expect(at("memory", [sets(requestPerformance.memory, "2GB")]).holdSeconds).toBe(10 + slack);
    // AvailabilityLow looks back over an hour and waits five minutes.
    const failed = httpServer().requests.where({ status: startsWith("5") });
    expect(at("failing", [paces(failed, "1 per second")]).holdSeconds).toBe(65 + slack);
  });

  test("and the whole target is read by all", () => {
    expect(at("gone", [unreachable]).holdSeconds).toBeGreaterThanOrEqual(65 + slack);
  });
});

describe("what a live run proves", () => {
  const rules = estate.services.flatMap(({ alerts }) => alerts);
  const down = shipped.simulation.faults.find(({ name }) => name === "redis-down");
  if (down === undefined) throw new Error("no such fault");
  const well: FaultOutcome = { fault: down, fired: [], missed: [], unexpected: [], unresolved: [], seconds: 1 };
  const proven = (outcome: Partial<FaultOutcome>, strays: readonly string[] = []) =>
    liveProofs(rules, { environment: "prod", outcomes: [{ ...well, ...outcome }], strays }).map(
      ({ rule: { service, name }, by, outcome: { shown, problem } }) => [service, name, by, shown.length, problem],
    );

  test("is all of what a fault expects, and nothing of the rest", () => {
    expect(proven({})).toEqual([
      ["redis", "RedisDown", "live", 3, undefined],
      ["redis", "RedisServerDown", "live", 3, undefined],
    ]);
    expect(liveProofs(rules, { environment: "dev", outcomes: [well], strays: [] })).toEqual([]);
  });

  test("is contradicted by what is missed, unexpected, unresolved, or fires while all is well", () => {
    expect(proven({ missed: ["redis › RedisDown"] })[0]?.slice(3)).toEqual([0, "the fault redis-down did not fire it"]);
    expect(proven({ unexpected: ["redis › RedisReplicaLag"] })).toContainEqual([
      "redis",
      "RedisReplicaLag",
      "live",
      0,
      "the fault redis-down fired it, and should not have",
    ]);
    expect(proven({ unresolved: ["redis › RedisDown"] })[0]?.slice(3)).toEqual([
      0,
      "it still fired after the fault redis-down was over",
    ]);
    expect(proven({}, ["hosts › HighDiskUsage"])).toContainEqual([
      "hosts",
      "HighDiskUsage",
      "live",
      0,
      "it fired while all was well",
    ]);
  });
});
