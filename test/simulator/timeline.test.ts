import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  drifts,
  type Effect,
  paces,
  scales,
  sets,
  stretches,
  undiscovered,
  unreachable,
  vanishes,
} from "../../model/fault";
import { startsWith } from "../../model/indicator";
import { simulatedServices } from "../../simulator/simulated-service";
import { begun, type Emission, emissionsAt, stateOf, type Timeline, withFaults } from "../../simulator/timeline";
import { indicators, shop, shopFault, shopWith } from "./shop";

const [service] = simulatedServices(shopWith([indicators.errors.above("5%")]));
if (service === undefined) throw new Error("no service");
const start = 1_700_000_000;
const fresh = (): Timeline => begun(service, start, 1);

const failed = shop.requests.where({ status: startsWith("5") });
const effects: readonly Effect[] = [
  paces(failed, "5 per second"),
  scales(shop.requests, 0),
  scales(shop.duration, 10),
  stretches(shop.duration, 50),
  sets(shop.up, "0%"),
  drifts(shop.free, "0B", "1h"),
];

/** Faults that come and go: at each step some seconds pass, and then other effects hold. */
const histories = fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.subarray([...effects])), {
  minLength: 1,
  maxLength: 12,
});

/** Everything that only grows: counters, buckets and sums, by name and labels. */
const totals = (emissions: readonly Emission[]): readonly (readonly [string, number])[] =>
  emissions.flatMap((emission) => {
    const key = `${emission.series.metric.name} ${JSON.stringify(emission.series.labels)}`;
    if (emission.kind === "value")
      return emission.series.metric.type === "counter" ? [[key, emission.value] as const] : [];
    return [
      ...emission.buckets.map((count, index) => [`${key} ${index}`, count] as const),
      [`${key} sum`, emission.sum],
    ];
  });

describe("whatever faults come and go", () => {
  test("no counter, bucket or sum ever falls", () => {
    fc.assert(
      fc.property(histories, (history) => {
        let timeline = fresh();
        let now = start;
        let before = new Map(totals(emissionsAt(timeline, now)));
        for (const [seconds, active] of history) {
          now += seconds;
          timeline = withFaults(timeline, [{ ...shopFault(active), name: JSON.stringify(active) }], now);
          for (const later of [now, now + 1, now + 7]) {
            const found = totals(emissionsAt(timeline, later));
            expect(found.length).toBeGreaterThan(0);
            for (const [key, value] of found) expect(value).toBeGreaterThanOrEqual((before.get(key) ?? 0) - 1e-6);
            before = new Map(found);
          }
          now += 7;
        }
      }),
    );
  });

  test("buckets are cumulative, and the last holds every observation", () => {
    fc.assert(
      fc.property(histories, (history) => {
        let timeline = fresh();
        let now = start;
        for (const [seconds, active] of history) {
          now += seconds;
          timeline = withFaults(timeline, [{ ...shopFault(active), name: JSON.stringify(active) }], now);
        }
        const found = emissionsAt(timeline, now + 60).flatMap((emission) =>
          emission.kind === "histogram" ? [emission] : [],
        );
        expect(found.length).toBeGreaterThan(0);
        for (const { buckets, series } of found) {
          expect(buckets).toHaveLength((series.metric.buckets?.length ?? 0) + 1);
          for (const [index, count] of buckets.entries())
            expect(count).toBeGreaterThanOrEqual((buckets[index - 1] ?? 0) - 1e-9);
        }
      }),
    );
  });

  test("the same moment gives the same values", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seconds) => {
        expect(emissionsAt(fresh(), start + seconds)).toEqual(emissionsAt(fresh(), start + seconds));
      }),
    );
  });
});

describe("a fault", () => {
  const gaugeOf = (timeline: Timeline, name: string, now: number): number | undefined => {
    const found = emissionsAt(timeline, now).find(({ series }) => series.metric.name === name);
    return found?.kind === "value" ? found.value : undefined;
  };
  const under = (effect: Effect): Timeline => withFaults(fresh(), [shopFault([effect])], start + 600);

  test("begins when it is begun and ends when it is over", () => {
    const down = under(sets(shop.up, "0%"));
    expect(gaugeOf(fresh(), "shop_up", start + 700)).toBe(1);
    expect(gaugeOf(down, "shop_up", start + 700)).toBe(0);
    expect(gaugeOf(withFaults(down, [], start + 800), "shop_up", start + 900)).toBe(1);
  });

  test("shares a pace among the series that it is about, and leaves the others", () => {
    const failing = under(paces(failed, "6 per second"));
    const grown = (emission: Emission, from: number, to: number): number => {
      const at = (now: number): number => {
        const found = emissionsAt(failing, now).find(({ series }) => series === emission.series);
        return found?.kind === "value" ? found.value : Number.NaN;
      };
      return (at(to) - at(from)) / (to - from);
    };
    const counters = emissionsAt(failing, start).filter(({ series }) => series.metric.name === "requests_total");
    const [bad, good] = [true, false].map((fails) =>
      counters
        .filter(({ series }) => series.labels["status"]?.startsWith("5") === fails)
        .reduce((sum, emission) => sum + grown(emission, start + 600, start + 1200), 0),
    );
    expect(bad).toBeCloseTo(6, 6);
    expect(good).toBeCloseTo(5, 6);
  });

  test("takes a drift to its end in a straight line, from when it began", () => {
    const draining = under(drifts(shop.free, "0B", "1h"));
    const level = gaugeOf(under(scales(shop.free, 1)), "disk_free_bytes", start + 600) ?? 0;
    expect((gaugeOf(draining, "disk_free_bytes", start + 600 + 1800) ?? 0) / level).toBeCloseTo(0.5, 1);
    expect(gaugeOf(draining, "disk_free_bytes", start + 600 + 7200)).toBe(0);
    // Another fault that begins later does not begin the first anew.
    const another = withFaults(
      draining,
      [shopFault([drifts(shop.free, "0B", "1h")]), { ...shopFault([]), name: "b" }],
      start + 2000,
    );
    expect(gaugeOf(another, "disk_free_bytes", start + 7200)).toBe(0);
  });

  test("takes series away, and the whole target", () => {
    expect(gaugeOf(under(vanishes(shop.up)), "shop_up", start + 700)).toBeUndefined();
    expect(stateOf(under(unreachable))).toMatchObject({ reachable: false, discovered: true });
    expect(stateOf(under(undiscovered))).toMatchObject({ reachable: true, discovered: false });
    expect(stateOf(fresh())).toMatchObject({ reachable: true, discovered: true });
  });

  test("of another service changes nothing", () => {
    const other = {
      ...shopFault([sets(shop.up, "0%")]),
      services: { other: { effects: [sets(shop.up, "0%")], expects: [] } },
    };
    expect(gaugeOf(withFaults(fresh(), [other], start + 1), "shop_up", start + 2)).toBe(1);
  });
});
