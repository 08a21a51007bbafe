import { beforeAll, describe, expect, jest, test } from "@jest/globals";
import catalog from "../../../catalog/catalog";
import { labelsOfRule } from "../../../model/alert-rule";
import { estateOf } from "../../../model/estate";
import { liveProofs } from "../../../simulator/fault-outcome";
import { liveServices } from "../../../simulator/live-rules";
import { debianProgram } from "../../../tools/servers/debian";
import { type LiveReport, proveLive } from "../../../tools/simulate/live-proof";
import { scratchFolder } from "../support/folders";

jest.setTimeout(600_000);
const scratch = scratchFolder("faults");
const prometheus = debianProgram({ program: "prometheus", package: "prometheus" });
const production = catalog.environments.find((environment) => environment.production);
if (production === undefined) throw new Error("no environment is production");
const estate = estateOf(catalog, production);
const rules = estate.services.flatMap(({ alerts }) => alerts).filter(({ evaluator }) => evaluator === "prometheus");

/** Alerts that only the clock of promtool can prove: they look back for hours or days. */
const tooLong = [
  "ActiveUsersDropped",
  "AvailabilityBudgetBurn1d",
  "AvailabilityBudgetBurn3d",
  "AvailabilityBudgetBurn6h",
  "ConversionRateLow",
  "DatabaseCheckpointPressure",
  "DatabaseTableBloat",
  "DiskFullWithinADay",
  "ElasticsearchDiskFullWithinADay",
  "LatencyBudgetBurn1d",
  "LatencyBudgetBurn3d",
  "LatencyBudgetBurn6h",
  "PrometheusCompactionsFail",
  "RevenueLow",
  "SignupsDropped",
  "TrafficDropped",
  "TrafficStopped",
  "TrafficSurge",
];

test("every alert that can be waited for is expected of some fault, but the one that always fires", () => {
  const expected = new Set(
    catalog.simulation.faults.flatMap(({ services }) =>
      Object.entries(services).flatMap(([service, { expects }]) => expects.map((alert) => `${service} › ${alert}`)),
    ),
  );
  const live = liveServices(estate);
  const waited = live.flatMap((service) => service.rules.map(({ rule }) => `${service.service} › ${rule.alert}`));
  expect(waited.filter((name) => !expected.has(name))).toEqual(["monitoring › Watchdog"]);
  expect([...expected].filter((name) => !waited.includes(name))).toEqual([]);
  expect([...new Set(live.flatMap((service) => service.tooLong.map(({ rule }) => rule.alert)))].sort()).toEqual(
    tooLong,
  );
});

const suite = prometheus === undefined ? describe.skip : describe;
suite(`faults in a real Prometheus${prometheus === undefined ? " (not run: no prometheus)" : ""}`, () => {
  let report: LiveReport | undefined;
  beforeAll(async () => {
    report = await proveLive({ catalog, environment: production, prometheus: prometheus ?? "", folder: scratch });
  });
  const outcomeOf = (name: string) => report?.outcomes.find(({ fault }) => fault.name === name);

  test.each(catalog.simulation.faults.map((fault) => [fault.name, fault] as const))(
    "%s: what should say so does, and nothing else, until it is over",
    (name, { services }) => {
      const { missed, unexpected, unresolved, fired = [] } = outcomeOf(name) ?? {};
      expect({ missed, unexpected, unresolved }).toEqual({ missed: [], unexpected: [], unresolved: [] });
      const expected = Object.values(services).flatMap(({ expects }) => expects);
      expect(fired.map(({ labels }) => labels["alertname"]).sort()).toEqual([...expected].sort());
      for (const { labels } of fired) {
        const rule = rules.find((known) => known.service === labels["service"] && known.name === labels["alertname"]);
        expect(labels).toMatchObject(rule === undefined ? { rule: "declared" } : labelsOfRule(rule));
      }
    },
  );

  test("what no fault touches is silent all the time", () => {
    expect(report?.strays).toEqual([]);
  });

  test("so every alert that was waited for is proven", () => {
    const proofs = report === undefined ? [] : liveProofs(rules, report);
    expect(proofs.filter(({ outcome }) => outcome.problem !== undefined)).toEqual([]);
    const waited = liveServices(estate).reduce((sum, service) => sum + service.rules.length, 0);
    expect(proofs).toHaveLength(waited - 1);
  });
});
