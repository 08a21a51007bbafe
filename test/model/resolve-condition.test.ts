import { describe, expect, test } from "@jest/globals";
import { alert } from "../../model/alert";
import { promql } from "../../model/condition";
import { environment } from "../../model/environment";
import { resolveCondition } from "../../model/resolve-condition";
import { alertsOf } from "../../model/service";
import { parseSpoken } from "../../model/spoken-condition";
import { example, exampleService } from "../support/example";

const settings = {
  account: "1".repeat(12),
  region: "eu-west-1",
  retentionDays: 7,
  grafana: "https://g.example.com",
} as const;
const [dev, prod] = [environment("dev", settings), environment("prod", settings)];
const options = { for: "5m", severity: "SEV-3", summary: "x", runbook: "https://r.example.com" } as const;

/** What the condition of an alert on the example service becomes. */
function resolved(
  changed: { readonly when: Parameters<typeof alert>[1]["when"]; readonly thresholds?: { default: "1%"; dev: "5%" } },
  where = prod,
) {
  const service = exampleService({ alerts: [alert("Tested", { ...options, ...changed })] });
  const [only] = alertsOf(service);
  if (only === undefined) throw new Error("no alert");
  return resolveCondition(only.when, service, where);
}

describe("a condition in words", () => {
  test.each([
    ["error_rate > 1%", { indicator: "error_rate", comparison: ">", threshold: "1%" }],
    ["error_rate >= 1%", { indicator: "error_rate", comparison: ">=", threshold: "1%" }],
    ["  p95_latency<1000ms ", { indicator: "p95_latency", comparison: "<", threshold: "1000ms" }],
    ["request_rate below 10 per second", { indicator: "request_rate", comparison: "<", threshold: "10 per second" }],
    [
      "request_rate at least 10 per second",
      { indicator: "request_rate", comparison: ">=", threshold: "10 per second" },
    ],
  ])("%s", (text, spoken) => {
    expect(parseSpoken(text)).toEqual({ ok: true, value: { kind: "compare", ...spoken } });
  });

  test("means the same as the typed one", () => {
    expect(resolved({ when: "p95_latency > 1000ms" })).toEqual(
      resolved({ when: example.duration.quantile(0.95, "5m").above("1000ms") }),
    );
  });

  test("has a threshold for each environment", () => {
    const thresholds = { default: "1%", dev: "5%" } as const;
    expect([dev, prod].map((where) => resolved({ when: "error_rate > 1%", thresholds }, where))).toMatchObject([
      { value: { threshold: { text: "5%" } } },
      { value: { threshold: { text: "1%" } } },
    ]);
  });

  test.each([
    ["", /is not a condition/],
    ["p95_latency", /has no comparison; write >, >=, < or <= after "p95_latency"/],
    ["p95_latency =! 1s", /has no comparison/],
    ["p95_latency >", /has no threshold/],
    ["p95_latncy > 1s", /unknown indicator "p95_latncy"\. Did you mean "p95_latency"\?/],
    ["profit > 1s", /unknown indicator "profit"\. shop has error_rate, p95_latency, request_rate, memory/],
    ["p95_latency > 5%", /p95_latency is a time, but "5%" is a ratio; write a time, such as "500ms"/],
    ["error_rate > 5", /error_rate is a ratio, but "5" is a count; write a ratio, such as "5%"/],
  ])("%j is refused", (when, error) => {
    expect(resolved({ when })).toEqual({ ok: false, error: expect.stringMatching(error) });
  });
});

test("a typed condition has a threshold for each environment", () => {
  const when = example.memory.max().above({ default: "1GB", dev: "2GB" });
  expect(resolved({ when }, dev)).toMatchObject({ value: { threshold: { text: "2GB" } } });
  expect(resolved({ when }, prod)).toMatchObject({ value: { threshold: { text: "1GB" } } });
});

test("a raw condition is filled in with the service and environment", () => {
  expect(resolved({ when: promql('up{job="{service}", environment="{environment}"} == 0') })).toEqual({
    ok: true,
    value: { kind: "raw", language: "promql", text: 'up{job="shop", environment="prod"} == 0' },
  });
});
