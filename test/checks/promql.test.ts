import { describe, expect, test } from "@jest/globals";
import { checkCatalog } from "../../checks/check-catalog";
import { rules as promqlRules } from "../../checks/promql-rules";
import { rules as templateRules } from "../../checks/template-rules";
import { type AlertOptions, alert } from "../../model/alert";
import { promql } from "../../model/condition";
import { suppressibleChecks } from "../../model/suppress";
import { exampleCatalog, exampleService } from "../support/example";

/** What is found of an alert whose condition is written in PromQL. */
const found = (text: string, options: Partial<AlertOptions> = {}) =>
  checkCatalog(
    exampleCatalog([
      exampleService({
        alerts: [
          alert("Raw", {
            when: promql(text),
            for: "5m",
            severity: "SEV-3",
            summary: "It is so",
            runbook: "https://runbooks.example.com/raw",
            ...options,
          }),
        ],
      }),
    ]),
  ).map(({ id, level, where: { rule, field } }) => [id, level, rule, field].join(" "));

describe("PromQL in a catalog is held to the telemetry of its service", () => {
  test.each([
    ["sum(rate(http_requests_total[5m]) > 1", "promql/syntax"],
    ["rate(http_requests_total) > 1", "promql/type"],
    ['http_requests_total{method=~"["} > 1', "promql/regex"],
    ["http_requests_total > 1", "promql/counter-without-rate"],
    ["rate(memory_usage_bytes[5m]) > 1", "promql/rate-of-gauge"],
    ["memory_usage_byte > 1", "promql/unknown-metric"],
    ['memory_usage_bytes{pod="a"} > 1', "promql/unknown-label"],
    ["memory_usage_bytes", "promql/no-comparison"],
    ["sum by (method) (rate(http_requests_total[5m])) > sum(rate(http_requests_total[5m]))", "promql/vector-matching"],
    ["histogram_quantile(0.9, rate(http_request_duration_seconds_sum[5m])) > 1", "promql/quantile-without-buckets"],
  ])("%s is refused", (text, id) => {
    expect(found(text)).toEqual([`${id} error Raw when`]);
  });

  test.each([
    ["topk(3, memory_usage_bytes) > 1", "promql/fragile-topk"],
    ["rate(http_requests_total[30s]) > 1", "promql/short-range"],
    ['memory_usage_bytes{job=~"shop"} > 1', "promql/needless-regex"],
    ["memory_usage_bytes / rate(http_requests_total[5m]) > 1", "promql/division-by-zero"],
    ["mad_over_time(memory_usage_bytes[5m]) > 1", "promql/experimental"],
  ])("%s is warned of", (text, id) => {
    expect(found(text)).toEqual([`${id} warning Raw when`]);
  });

  test("a text may name the labels that the query keeps, and those of the rule", () => {
    const text = "sum by (endpoint) (rate(http_requests_total[5m])) > 1";
    expect(found(text, { summary: "{value} at {endpoint} of {service}" })).toEqual([]);
    expect(found(text, { summary: "{value} at {method}" })).toEqual(["template/dropped-label error Raw summary"]);
  });
});

describe("an alert is let off a check", () => {
  const fragile = "topk(3, memory_usage_bytes) > 1";

  test("for a reason", () => {
    expect(found(fragile, { suppress: { "promql/fragile-topk": "the three largest are enough to act on" } })).toEqual(
      [],
    );
  });

  test("but not without one, and not where nothing would be found", () => {
    expect(found(fragile, { suppress: { "promql/fragile-topk": " " } })).toEqual([
      "promql/fragile-topk warning Raw when",
      "suppress/no-reason error Raw suppress",
    ]);
    expect(found("memory_usage_bytes > 1", { suppress: { "promql/fragile-topk": "it is meant" } })).toEqual([
      "suppress/unused warning Raw suppress",
    ]);
  });

  test("that has another name", () => {
    // The compiler refuses it; who does not ask it is told all the same.
    const misspelt = JSON.parse('{"promql/fragile-topc": "it is meant"}');
    expect(found(fragile, { suppress: misspelt })).toContain("suppress/unknown error Raw suppress");
  });

  test("any that does not keep Prometheus from loading the rule", () => {
    const refusing = [
      "promql/regex",
      "promql/syntax",
      "promql/too-large",
      "promql/type",
      "template/field",
      "template/syntax",
    ];
    const all = [...promqlRules, ...templateRules].map(({ id }) => id);
    expect([...suppressibleChecks, ...refusing].sort()).toEqual(all.sort());
  });
});
