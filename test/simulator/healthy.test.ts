import { describe, expect, test } from "@jest/globals";
import shipped from "../../catalog/catalog";
import { and, type Condition, or } from "../../model/condition";
import { estateOf } from "../../model/estate";
import { levelOf } from "../../model/simulation";
import { evaluateCondition } from "../../proof/evaluate-condition";
import type { Series } from "../../proof/series";
import { simulatedServices } from "../../simulator/simulated-service";
import { steadyRows } from "../../simulator/steady";
import { begun, type Emission, emissionsAt } from "../../simulator/timeline";
import { indicators, shop, shopWith } from "./shop";

const of = (conditions: readonly Condition[], simulation = {}) => {
  const [service] = simulatedServices(shopWith(conditions, simulation));
  if (service === undefined) throw new Error("no service");
  const value = (indicator: { readonly expression: Parameters<typeof steadyRows>[0] }): number =>
    steadyRows(indicator.expression, service.healthy)[0]?.value ?? Number.NaN;
  return { service, value };
};

describe("a metric is well away from the thresholds that read it:", () => {
  test("half of an upper one", () => {
    expect(of([indicators.errors.above("5%")]).value(indicators.errors)).toBeCloseTo(0.025, 6);
    // A quantile moves in the steps of its buckets, so that it may be a little further away.
    const p95 = of([indicators.p95.above("100ms")]).value(indicators.p95);
    expect(p95).toBeLessThanOrEqual(0.05);
    expect(p95).toBeGreaterThan(0.02);
  });

  test("twice a lower one, and of a share halfway to the whole", () => {
    expect(of([indicators.traffic.below("100 per second")]).value(indicators.traffic)).toBeCloseTo(200, 6);
    expect(of([indicators.availability.below("99%")]).value(indicators.availability)).toBeCloseTo(0.995, 6);
    expect(of([indicators.fast.below("90%")]).value(indicators.fast)).toBeGreaterThanOrEqual(0.95);
    expect(of([indicators.works.below("100%")]).value(indicators.works)).toBe(1);
  });

  test("and nothing is moved that is well already", () => {
    const untouched = of([]).value(indicators.traffic);
    expect(of([indicators.traffic.below("1 per minute")]).value(indicators.traffic)).toBe(untouched);
  });
});

describe("conditions that read one metric are settled together:", () => {
  test("a range leaves room on both sides", () => {
    const { service, value } = of([
      indicators.traffic.above("12 per second"),
      indicators.traffic.below("11 per second"),
    ]);
    expect(service.loud).toEqual([]);
    expect(value(indicators.traffic)).toBeGreaterThan(11);
    expect(value(indicators.traffic)).toBeLessThan(12);
  });

  test("what cannot be silent is told", () => {
    const { service } = of([indicators.traffic.above("5 per second"), indicators.traffic.below("6 per second")]);
    expect(service.loud.length).toBeGreaterThan(0);
  });

  test("of an `and` what is wrong moves, of an `or` both", () => {
    const { value } = of([and(indicators.errors.above("5%"), indicators.traffic.above("1 per second"))]);
    expect(value(indicators.errors)).toBeCloseTo(0.025, 6);
    expect(value(indicators.traffic)).toBeGreaterThan(1);
    const either = of([or(indicators.errors.above("5%"), indicators.traffic.above("1 per second"))]);
    expect(either.value(indicators.errors)).toBeLessThan(0.05);
    expect(either.value(indicators.traffic)).toBeLessThan(1);
  });

  test("what the catalog states stays, and the rest gives way", () => {
    const healthy = [levelOf(shop.size, "100GB", "as bought")];
    const { service, value } = of([indicators.full.above("80%"), indicators.runsOut.below("0B")], { healthy });
    expect(service.loud).toEqual([]);
    const size = service.healthy.find(({ series }) => series.metric.name === "disk_size_bytes");
    expect(size?.behaviour).toMatchObject({ kind: "level", level: 100e9 });
    expect(value(indicators.full)).toBeCloseTo(0.4, 6);
  });
});

/** What a service says every so often, as the samples of a scrape. */
function scraped(emissions: readonly (readonly [number, readonly Emission[]])[]): readonly Series[] {
  const series = new Map<string, { metric: string; labels: Record<string, string>; samples: [number, number][] }>();
  const add = (metric: string, labels: Readonly<Record<string, string>>, time: number, value: number): void => {
    const key = JSON.stringify([metric, labels]);
    const known = series.get(key) ?? { metric, labels: { ...labels, instance: "one" }, samples: [] };
    known.samples.push([time, value]);
    series.set(key, known);
  };
  for (const [time, all] of emissions) {
    for (const emission of all) {
      const { metric, labels } = emission.series;
      if (emission.kind === "value") add(metric.name, labels, time, emission.value);
      else {
        const bounds = [...(metric.buckets ?? []).map(String), "+Inf"];
        for (const [index, count] of emission.buckets.entries())
          add(`${metric.name}_bucket`, { ...labels, le: bounds[index] ?? "" }, time, count);
        add(`${metric.name}_count`, labels, time, emission.buckets.at(-1) ?? 0);
      }
    }
  }
  return [...series.values()];
}

describe("the shipped catalog while all is well", () => {
  const services = simulatedServices(shipped);

  test("is silent by what its conditions are known to mean", () => {
    expect(services.flatMap(({ name, loud }) => loud.map((alert) => `${name} ${alert}`))).toEqual([]);
  });

  // Two hours at one scrape a minute: enough for every window but those of days, whose alerts promtool proves.
  const times = Array.from({ length: 121 }, (_, index) => 1_700_000_000 + index * 60);
  const now = times.at(-1) ?? 0;
  test.each(services.map((service) => [service.name, service] as const))(
    "is silent by the reference evaluator, over two hours: %s",
    (name, service) => {
      const timeline = begun(service, (times[0] ?? 0) - 3600, 1);
      const samples = scraped(times.map((time) => [time, emissionsAt(timeline, time)]));
      for (const environment of shipped.environments) {
        const estate = estateOf(shipped, environment).services.find((known) => known.service.name === name);
        const judged = (estate?.alerts ?? []).filter(
          ({ evaluator, condition }) =>
            evaluator === "prometheus" && !JSON.stringify(condition).match(/"raw"|"1d"|"1w"|anomaly|burn-rate|"6h"/),
        );
        const loud = judged.filter(({ condition }) => evaluateCondition(condition, samples, now).length > 0);
        expect(loud.map((alert) => alert.name)).toEqual([]);
        if (environment.production) expect(judged.length).toBeGreaterThan(0);
      }
    },
  );
});
