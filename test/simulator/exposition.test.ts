import { describe, expect, test } from "@jest/globals";
import shipped from "../../catalog/catalog";
import { differences } from "../../conformance/compare";
import { expectedOf } from "../../conformance/contract";
import { parseExposition } from "../../conformance/exposition";
import { writtenByPrometheus } from "../../model/metric";
import { checked } from "../../model/result";
import { expositionOf } from "../../simulator/exposition";
import { mostSeries } from "../../simulator/label-values";
import { scrapedMetrics, simulatedServices } from "../../simulator/simulated-service";
import { begun, emissionsAt } from "../../simulator/timeline";
import { indicators, shopWith } from "./shop";

const start = 1_700_000_000;
const services = simulatedServices(shipped);

describe.each(services.map((service) => [service.name, service] as const))("the page of %s", (name, service) => {
  const page = expositionOf(emissionsAt(begun(service, start, 1), start + 3600));
  const declared = scrapedMetrics(shipped.services.find((known) => known.name === name) ?? missing(name)).filter(
    (metric) => !writtenByPrometheus.has(metric.name),
  );

  test("has every metric that is declared, with its type and labels, and no other", () => {
    const exposed = checked(parseExposition(page));
    expect(exposed.every(({ samples }) => samples.length > 0)).toBe(true);
    expect(differences(expectedOf(declared), exposed)).toEqual([]);
  });

  test("has few series of each, with values that the contract allows", () => {
    for (const metric of declared) {
      const own = service.healthy.filter(({ series }) => series.metric.name === metric.name);
      expect(own.length).toBeGreaterThan(0);
      expect(own.length).toBeLessThanOrEqual(mostSeries);
      for (const { series } of own)
        for (const [label, value] of Object.entries(series.labels)) {
          const values = metric.labels[label];
          if (values?.kind === "closed") expect(values.values).toContain(value);
        }
    }
  });
});

function missing(name: string): never {
  throw new Error(`no service ${name}`);
}

test("what Prometheus would misread is escaped", () => {
  const [service] = simulatedServices(
    shopWith([indicators.errors.above("5%")], { labels: { mountpoint: ['a"b\\c\nd'] } }),
  );
  if (service === undefined) throw new Error("no service");
  const page = expositionOf(emissionsAt(begun(service, start, 1), start + 60));
  expect(page).toContain(
    '# HELP requests_total Requests; "all" of them, on\\ntwo lines\n# TYPE requests_total counter\n',
  );
  expect(page).toContain('disk_free_bytes{mountpoint="a\\"b\\\\c\\nd"} ');
  expect(page).toMatch(
    /duration_milliseconds_bucket\{le="\+Inf"\} (\S+)\n.*_sum \S+\nduration_milliseconds_count \1\n/,
  );
  // What only Datadog holds is no series of Prometheus.
  expect(page).not.toContain("shop_elsewhere");
});
