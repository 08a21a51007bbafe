import { describe, expect, test } from "@jest/globals";
import { assert, constantFrom, property, uniqueArray } from "fast-check";
import { only, pack, type Row } from "../../alerts/pack";
import { runbook } from "../../alerts/runbook";

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
} as const satisfies Readonly<Record<string, Row>>;
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

describe("one row of a table", () => {
  test("is the alert that the pack makes of it", () => {
    expect(only(rows.latency)()).toEqual(packed()[1]);
    expect(only(rows.latency)({ threshold: "2s" })).toEqual(packed({ latency: { threshold: "2s" } })[1]);
  });
});
