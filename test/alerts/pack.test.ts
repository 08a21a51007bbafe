import { describe, expect, test } from "@jest/globals";
import { assert, constantFrom, property, uniqueArray } from "fast-check";
import { only, pack, type Row, type Rows } from "../../alerts/pack";
import { runbook } from "../../alerts/runbook";
import { parseSpoken } from "../../model/spoken-condition";

const rows = {
  errors: {
    alert: "HighErrorRate",
    indicator: "error_rate",
    dimension: "ratio",
    comparison: ">",
    threshold: "1%",
    for: "5m",
    severity: "SEV-1",
    summary: "{value} of requests fail",
    why: "One in a hundred is met by most users.",
  },
  latency: {
    alert: "SlowResponseTime",
    indicator: "p95_latency",
    dimension: "time",
    comparison: ">",
    threshold: "1000ms",
    for: "10m",
    severity: "SEV-3",
    summary: "The p95 is {value}",
    why: "People notice a second.",
  },
  idle: {
    alert: "PoolExhausted",
    indicator: "idle",
    dimension: "count",
    comparison: "<",
    threshold: "5",
    recovery: "8",
    for: "2m",
    severity: "SEV-1",
    evaluator: "datadog",
    noData: "keep",
    summary: "{value} connections are idle",
    why: "The next burst waits.",
  },
} as const satisfies Rows;
const packed = pack(rows);

describe("a pack", () => {
  test("makes every row an alert in words, described by its reason", () => {
    const [errors, , idle] = packed();
    expect(errors).toEqual({
      name: "HighErrorRate",
      when: { kind: "spoken", text: "error_rate > 1%" },
      for: "5m",
      severity: "SEV-1",
      summary: "{value} of requests fail",
      description: "One in a hundred is met by most users.",
      runbook: runbook("HighErrorRate"),
    });
    expect(idle).toMatchObject({
      when: { kind: "spoken", text: "idle < 5" },
      recovery: "8",
      evaluator: "datadog",
      noData: "keep",
    });
  });

  test("keeps the table's order and leaves out exactly what is turned off", () => {
    const keys = ["errors", "latency", "idle"] as const;
    assert(
      property(uniqueArray(constantFrom(...keys)), (off) => {
        const options = Object.fromEntries(off.map((key) => [key, "off" as const]));
        const left = keys.filter((key) => !off.includes(key)).map((key) => rows[key].alert);
        expect(packed(options).map(({ name }) => name)).toEqual(left);
      }),
    );
  });

  test.each([
    ["one threshold", { threshold: "2%" }, { when: { kind: "spoken", text: "error_rate > 2%" } }],
    [
      "thresholds by environment",
      { threshold: { default: "2%", dev: "9%" } },
      { when: { kind: "spoken", text: "error_rate > 2%", thresholds: { default: "2%", dev: "9%" } } },
    ],
    ["a recovery", { recovery: "0.5%" }, { recovery: "0.5%" }],
    ["a duration", { for: "30m" }, { for: "30m" }],
    ["a severity", { severity: "SEV-4" }, { severity: "SEV-4" }],
    ["an evaluator", { evaluator: "datadog" }, { evaluator: "datadog" }],
    ["environments", { environments: ["prod"] }, { environments: ["prod"] }],
    ["a summary", { summary: "{value} fail" }, { summary: "{value} fail" }],
    ["a reason", { why: "Because." }, { description: "Because." }],
    ["a name, which the runbook follows", { name: "Leak" }, { name: "Leak", runbook: runbook("Leak") }],
  ] as const)("takes %s for a row, and changes nothing else", (_what, options, changed) => {
    const [standard, ...others] = packed();
    expect(packed({ errors: options })).toEqual([{ ...standard, ...changed }, ...others]);
  });
});

const everyKind = {
  guarded: {
    ...rows.errors,
    alert: "Guarded",
    guard: "request_rate > 1 per second",
    keepFiringFor: "10m",
  },
  range: {
    alert: "ClockWrong",
    indicator: "offset",
    dimension: "time",
    outside: ["-50ms", "50ms"],
    for: "5m",
    severity: "SEV-3",
    summary: "Off by {value}",
    why: "Order matters.",
  },
  anomaly: {
    alert: "Quiet",
    indicator: "request_rate",
    deviates: "below",
    deviations: 3,
    for: "5m",
    severity: "SEV-3",
    summary: "{value} only",
    why: "Unusual.",
  },
  either: {
    alert: "Unusual",
    indicator: "request_rate",
    deviates: "either",
    deviations: 5,
    baseline: "2w",
    guard: "a > 1 or b > 1",
    for: "5m",
    severity: "SEV-3",
    summary: "{value}",
    why: "Unusual.",
  },
  absence: { alert: "Gone", absent: "heartbeat", for: "5m", severity: "SEV-3", summary: "Gone", why: "Silence." },
  query: {
    alert: "Raw",
    promql: 'min(x{job="{service}"})',
    comparison: "<",
    threshold: 14,
    for: "5m",
    severity: "SEV-3",
    evaluator: "prometheus",
    summary: "{value}",
    why: "Nothing else can say it.",
  },
} as const satisfies Rows;
const packedKinds = pack(everyKind);
const conditions = (options: Parameters<typeof packedKinds>[0] = {}) => packedKinds(options).map(({ when }) => when);
const spoken = (text: string) => ({ kind: "spoken", text });

describe("rows of every kind", () => {
  test("say their condition in words that are read", () => {
    const expected = [
      "error_rate > 1% and request_rate > 1 per second",
      "offset outside -50ms..50ms",
      "request_rate deviates below by 3 sigma",
      "request_rate deviates by 5 sigma from 2w and (a > 1 or b > 1)",
      "heartbeat absent",
    ];
    expect(conditions().slice(0, -1)).toEqual(expected.map(spoken));
    expect(expected.map((text) => parseSpoken(text).ok)).toEqual(expected.map(() => true));
    expect(conditions().at(-1)).toEqual({ kind: "raw", language: "promql", text: 'min(x{job="{service}"}) < 14' });
  });

  test("keep firing as long as they say", () => {
    expect(packedKinds().map(({ keepFiringFor }) => keepFiringFor)).toEqual(["10m", ...Array(5).fill(undefined)]);
    expect(packedKinds({ range: { keepFiringFor: "1h" } })[1]?.keepFiringFor).toBe("1h");
  });

  test.each([
    [
      "another guard",
      { guarded: { guard: "request_rate > 9 per second" } },
      0,
      spoken("error_rate > 1% and request_rate > 9 per second"),
    ],
    ["no guard", { guarded: { guard: "off" } }, 0, spoken("error_rate > 1%")],
    ["a guard of its own", { range: { guard: "load > 1" } }, 1, spoken("offset outside -50ms..50ms and load > 1")],
    ["another range", { range: { outside: ["-1s", "1s"] } }, 1, spoken("offset outside -1s..1s")],
    ["other deviations", { anomaly: { deviations: 4 } }, 2, spoken("request_rate deviates below by 4 sigma")],
    ["another baseline", { anomaly: { baseline: "4w" } }, 2, spoken("request_rate deviates below by 3 sigma from 4w")],
    [
      "another number",
      { query: { threshold: 3 } },
      5,
      { kind: "raw", language: "promql", text: 'min(x{job="{service}"}) < 3' },
    ],
  ] as const)("take %s, and nothing else changes", (_what, options, at, changed) => {
    expect(conditions(options)).toEqual(conditions().map((when, place) => (place === at ? changed : when)));
  });

  test("refuse the numbers of another kind", () => {
    // @ts-expect-error a range has no threshold
    packedKinds({ range: { threshold: "1s" } });
    // @ts-expect-error a time is no ratio
    packedKinds({ range: { outside: ["1%", "2%"] } });
    // @ts-expect-error an absence has no number
    packedKinds({ absence: { deviations: 3 } });
    // @ts-expect-error a query is compared with a plain number
    packedKinds({ query: { threshold: "3%" } });
    // @ts-expect-error a row is of one kind
    const both: Row = { ...everyKind.absence, indicator: "x", dimension: "ratio", comparison: ">", threshold: "1%" };
    expect(both.alert).toBe("Gone");
  });
});

describe("one row of a table", () => {
  test("is the alert that the pack makes of it", () => {
    expect(only(rows.latency)()).toEqual(packed()[1]);
    expect(only(rows.latency)({ threshold: "2s" })).toEqual(packed({ latency: { threshold: "2s" } })[1]);
  });
});
