import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { metricsOn, seriesOfService, seriesOnPage, seriesPerTarget } from "../../model/cardinality";
import { oneOf, upTo } from "../../model/metric";
import { cadvisor, metricsPage } from "../../model/scrape";
import { scrapesOf } from "../../model/service";
import { counter, gauge, histogram, telemetry } from "../../model/telemetry";
import { exampleService } from "../support/example";

const base = { help: "Events", unit: "events" } as const;

test("a metric without labels is one series, with labels one for each combination", () => {
  expect(seriesPerTarget(gauge("a", base).selection.metric)).toBe(1);
  const labels = { kind: oneOf("a", "b"), route: upTo(10, "/") };
  expect(seriesPerTarget(counter("b", { ...base, labels }).selection.metric)).toBe(20);
  expect(seriesPerTarget(counter("c", { ...base, labels, series: 12 }).selection.metric)).toBe(12);
});

test("a histogram has its buckets, the one without bound, a sum and a count, for each combination", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 20 }), (values, bounds) => {
      const buckets = Array.from({ length: bounds }, (_, index) => index + 1);
      const { metric } = histogram("d", { ...base, labels: { route: upTo(values, "/") }, buckets }).selection;
      expect(seriesPerTarget(metric)).toBe(values * (bounds + 1 + 2));
    }),
  );
});

const containers = telemetry("containers", {
  metrics: { memory: gauge("memory", { ...base, labels: { name: upTo(5, "a") } }) },
});
const own = telemetry("own", { metrics: { up: gauge("up", base), events: counter("events_total", base) } });

test("a page has the contracts that it names, and one without names those that no other has", () => {
  const service = exampleService({
    telemetry: [own, containers],
    scrapes: [metricsPage({ instances: { default: 2, prod: 6 } }), cadvisor({ exposes: [containers], instances: 3 })],
  });
  const pages = scrapesOf(service).map((scrape) => metricsOn(scrape, service).map(({ name }) => name));
  expect(pages).toEqual([["events_total"], ["memory"]]);
  expect(seriesOfService(service, "dev")).toBe(1 * 2 + 5 * 3);
  expect(seriesOfService(service, "prod")).toBe(1 * 6 + 5 * 3);
});

test("a service of which Prometheus holds nothing is not scraped", () => {
  const elsewhere = telemetry("elsewhere", { metrics: { events: counter("events", { ...base, prometheus: false }) } });
  expect(scrapesOf(exampleService({ telemetry: [elsewhere] }))).toEqual([]);
  const [page] = scrapesOf(exampleService());
  expect(page && seriesOnPage(page, exampleService())).toBe(2 * 50 * 60 + 2 * 50 * 17 + 1);
});
