import { describe, expect, test } from "@jest/globals";
import { absent, and, or, unless } from "../../model/condition";
import type { Expression } from "../../model/expression";
import { complement, ratio, startsWith } from "../../model/indicator";
import { evaluateCondition } from "../../proof/evaluate-condition";
import { evaluateExpression } from "../../proof/evaluate-expression";
import type { Labels, Sample, Series } from "../../proof/series";
import { definite, emitted } from "./conditions";

/** A series with a sample a minute from zero on; `undefined` says that it ends. */
const series = (metric: string, labels: Labels, values: readonly (number | undefined)[]): Series => ({
  metric,
  labels,
  samples: values.map((value, index): Sample => [index * 60, value]),
});

const growing = (perMinute: number, minutes: number, from = 0): readonly number[] =>
  Array.from({ length: minutes + 1 }, (_, index) => from + index * perMinute);

const valuesOf = (expression: Expression, all: readonly Series[], time: number) =>
  evaluateExpression(expression, all, time).map(({ labels, value }) => [labels, Number(value.toPrecision(9))]);

const request = (status: string, values: readonly (number | undefined)[], labels: Labels = {}): Series =>
  series("http_requests_total", { status, ...labels }, values);

describe("the value of an expression", () => {
  const load = (mount: string, values: readonly (number | undefined)[]): Series =>
    series("load_percent", { mount }, values);

  test("a gauge is its last sample, in base units, for five minutes; then it is gone", () => {
    const last = [load("/", [10, 20])];
    expect(valuesOf(emitted.load.max().expression, last, 61)).toEqual([[{}, 0.2]]);
    expect(valuesOf(emitted.load.max().expression, last, 360)).toEqual([[{}, 0.2]]);
    expect(valuesOf(emitted.load.max().expression, last, 361)).toEqual([]);
  });

  test("a window's beginning is within it in Prometheus 2, and not in Prometheus 3", () => {
    const last = [load("/", [10, 20])];
    const at = (closed: boolean) => evaluateExpression(emitted.load.max().expression, last, 360, { closed }).length;
    expect([at(true), at(false)]).toEqual([1, 0]);
  });

  test("a series that said that it ends is gone at once", () => {
    expect(valuesOf(emitted.load.max().expression, [load("/", [10, undefined])], 61)).toEqual([]);
  });

  test.each([
    ["sum", 0.6],
    ["avg", 0.2],
    ["max", 0.3],
    ["min", 0.1],
  ] as const)("gauges are combined by %s", (aggregation, expected) => {
    const all = [load("/a", [10]), load("/b", [20]), load("/c", [30])];
    expect(valuesOf(emitted.load[aggregation]().expression, all, 0)).toEqual([[{}, expected]]);
    expect(valuesOf(emitted.load[aggregation]().by("mount").expression, all, 0)).toHaveLength(3);
  });

  test("a rate is the growth per second, whatever restarts in between", () => {
    const restarted = [...growing(60, 2), ...growing(60, 3)];
    expect(valuesOf(emitted.requests.rate("5m").expression, [request("200", growing(60, 5))], 300)).toEqual([[{}, 1]]);
    // 60 + 60 before the restart, 180 after it: the minute of the restart itself is lost.
    expect(valuesOf(emitted.requests.rate("5m").expression, [request("200", restarted)], 300)).toEqual([[{}, 0.8]]);
  });

  test("growth is extrapolated to a window that samples nearly fill, and half a step where they do not", () => {
    const increase = emitted.requests.increase("5m").expression;
    // At 330 the samples from 60 to 300 hold 240 of growth in 240 of the 300 seconds.
    expect(valuesOf(increase, [request("200", growing(60, 5))], 330)).toEqual([[{}, 300]]);
    // A series that is two minutes old grew 120; it began at 1000, so that it may have grown half a minute more.
    expect(valuesOf(increase, [request("200", [...growing(60, 2, 1000)])], 120)).toEqual([[{}, 150]]);
    // One that began at zero cannot have grown before.
    expect(valuesOf(increase, [request("200", growing(60, 2))], 120)).toEqual([[{}, 120]]);
    expect(valuesOf(increase, [request("200", [5])], 120)).toEqual([]);
  });

  test("a quantile lies within its bucket as if observations were spread evenly, in base units", () => {
    const bucket = (le: string, perMinute: number) =>
      series("request_duration_milliseconds_bucket", { le }, growing(perMinute, 5));
    const all = [bucket("5", 0), bucket("10", 60), bucket("50", 100), bucket("+Inf", 100)];
    // Rank 80 of 100: 20 of the 40 between 10 and 50 milliseconds.
    expect(valuesOf(emitted.duration.quantile(0.8, "5m").expression, all, 300)).toEqual([[{}, 0.03]]);
    expect(valuesOf(emitted.duration.quantile(0.8, "5m").expression, all.slice(0, 3), 300)).toEqual([[{}, Number.NaN]]);
  });

  test("a fraction is what a bucket holds of all", () => {
    const all = [
      series("request_duration_milliseconds_bucket", { le: "100" }, growing(75, 5)),
      series("request_duration_milliseconds_count", {}, growing(100, 5)),
    ];
    expect(valuesOf(emitted.duration.fraction("100ms", "5m").expression, all, 300)).toEqual([[{}, 0.75]]);
  });

  test("a forecast goes on along the straight line", () => {
    const falling = [series("disk_free_bytes", { mount: "/" }, growing(-1000, 60, 1_000_000))];
    const forecast = emitted.disk.forecast("1h", { from: "30m" }).by("mount").expression;
    expect(valuesOf(forecast, falling, 3600)).toEqual([[{ mount: "/" }, 880_000]]);
  });

  test("a share of time counts the minutes of a window, both ends of it", () => {
    const age = [series("data_age_seconds", {}, [...Array(8).fill(60), 1000, 1000, 1000])];
    const share = { kind: "time-share", of: emitted.age.max().expression, comparison: ">", bound: "15min" } as const;
    expect(valuesOf({ ...share, window: "5m" }, age, 600)).toEqual([[{}, 0.5]]);
  });

  test("a ratio has no value over nothing, and a complement is what it leaves of one", () => {
    const failed = emitted.requests.where({ status: startsWith("5") });
    const errors = ratio(failed.rate("5m"), emitted.requests.rate("5m"));
    const all = [request("200", growing(30, 5)), request("503", growing(10, 5))];
    expect(valuesOf(errors.expression, all, 300)).toEqual([[{}, 0.25]]);
    expect(valuesOf(complement(errors).expression, all, 300)).toEqual([[{}, 0.75]]);
    expect(valuesOf(errors.expression, [request("200", growing(0, 5)), request("503", growing(0, 5))], 300)).toEqual(
      [],
    );
    // Nothing failed yet, so that there is no series to divide.
    expect(valuesOf(errors.expression, [request("200", growing(30, 5))], 300)).toEqual([]);
  });

  test("only the service's own series count, where one is named", () => {
    const all = [load("/a", [10]), { ...load("/b", [90]), labels: { job: "shop" } }];
    expect(evaluateExpression(emitted.load.max().expression, all, 0, { service: "shop" })).toEqual([
      { labels: {}, value: 0.9 },
    ]);
  });

  test("log events are no series", () => {
    const count = { kind: "log-count", filter: { kind: "exists", field: "x" }, window: "5m" } as never;
    expect(() => evaluateExpression(count, [], 0)).toThrow(/log events/);
  });
});

describe("a condition", () => {
  const age = (value: number, job = "shop"): Series => series("data_age_seconds", { job }, Array(11).fill(value));
  const disk = (mount: string, value: number): Series =>
    series("disk_free_bytes", { mount, job: "shop" }, Array(11).fill(value));
  const held = (condition: Parameters<typeof definite>[0], all: readonly Series[], time = 600) =>
    evaluateCondition(definite(condition), all, time, { service: "shop" }).map(({ labels, value }) => [labels, value]);

  test("holds for the label sets that compare, a frequency counted over its own time", () => {
    expect(held(emitted.disk.min().by("mount").below("1GB"), [disk("/a", 5e8), disk("/b", 5e9)])).toEqual([
      [{ mount: "/a" }, 5e8],
    ]);
    const requests = [request("200", growing(100, 10), { job: "shop" })];
    expect(held(emitted.requests.rate("5m").atLeast("100 per minute"), requests)).toHaveLength(1);
    expect(held(emitted.requests.rate("5m").above("100 per minute"), requests)).toHaveLength(0);
  });

  test("outside holds below the one end and above the other", () => {
    const range = emitted.age.max().outside("1min", "1h");
    expect([59, 60, 3600, 3601].map((value) => held(range, [age(value)]).length)).toEqual([1, 0, 0, 1]);
  });

  test("absent holds where no series is there, with the labels that its matchers pin", () => {
    const gone = absent(emitted.disk.where({ mount: "/a" }));
    expect(held(gone, [disk("/b", 1)])).toEqual([[{ job: "shop", mount: "/a" }, 1]]);
    expect(held(gone, [disk("/a", 1)])).toEqual([]);
  });

  test("an anomaly holds beyond its deviations, and never where nothing varied", () => {
    const unusual = emitted.age.max().deviates({ deviations: 3, direction: "above", baseline: "1h" });
    const turns = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? 90 : 110));
    const ends = (value: number) => [series("data_age_seconds", { job: "shop" }, [...turns, value])];
    expect([120, 200].map((value) => held(unusual, ends(value), 3600).length)).toEqual([0, 1]);
    expect(held(unusual, [series("data_age_seconds", { job: "shop" }, Array(61).fill(90))], 3600)).toEqual([]);
  });

  test("and, or and unless find each other by the labels of the right side", () => {
    const full = emitted.disk.min().by("mount").below("1GB");
    const old = emitted.age.max().above("15min");
    const disks = [disk("/a", 5e8), disk("/b", 4e8)];
    expect(held(and(full, old), [...disks, age(1000)])).toHaveLength(2);
    expect(held(and(full, old), [...disks, age(10)])).toHaveLength(0);
    expect(held(unless(full, old), [...disks, age(10)])).toHaveLength(2);
    expect(held(unless(full, old), [...disks, age(1000)])).toHaveLength(0);
    const empty = emitted.disk.min().by("mount").below("450MB");
    expect(held(and(full, empty), disks)).toEqual([[{ mount: "/b" }, 4e8]]);
    expect(held(or(empty, full), disks)).toEqual([
      [{ mount: "/b" }, 4e8],
      [{ mount: "/a" }, 5e8],
    ]);
  });

  test("written in a backend's own language has no meaning here", () => {
    expect(() => held({ kind: "raw", language: "promql", text: "up == 0" }, [])).toThrow(/own language/);
  });
});
