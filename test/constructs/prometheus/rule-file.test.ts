import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse } from "yaml";
import { ampLimits } from "../../../constructs/prometheus/limits";
import { prometheusArtifacts } from "../../../constructs/prometheus/rule-file";
import { prometheusRule, prometheusRules } from "../../../constructs/prometheus/rules";
import { alert, unmonitored } from "../../../model/alert";
import { exampleEstate, exampleService } from "../../support/example";
import { onlyRule } from "./rule";

const highErrorRate = (summary: string) =>
  alert("HighErrorRate", {
    when: "error_rate > 1%",
    for: "5m",
    severity: "SEV-1",
    summary,
    runbook: "https://runbooks.example.com/high-error-rate",
  });

/** Texts of any language, but for the few characters that no rule file can hold. */
const accepted = fc.string({ unit: "grapheme" }).filter((text) => prometheusRule(onlyRule(highErrorRate(text))).ok);

describe("rule files", () => {
  test("are YAML in the order in which people read rules, with nothing folded", () => {
    const estate = exampleEstate("prod", [
      exampleService({ alerts: [highErrorRate("{value} of requests fail\nnow")] }),
    ]);
    expect(prometheusArtifacts(estate)).toEqual([
      {
        path: "prometheus/shop.rules.yaml",
        content: `# Alert rules of shop in prod, generated from the catalog.
groups:
  - name: shop
    interval: 30s
    rules:
      - alert: HighErrorRate
        expr: sum(rate(http_requests_total{job="shop",status=~"5.*"}[5m])) / (sum(rate(http_requests_total{job="shop"}[5m])) > 0) > 0.01
        for: 5m
        labels:
          environment: prod
          service: shop
          severity: critical
          team: backend
          tier: "1"
        annotations:
          summary: |-
            {{ $value | humanizePercentage }} of requests fail
            now
          runbook_url: https://runbooks.example.com/high-error-rate
          dashboard_url: https://grafana.example.com/d/prod-shop-service
`,
      },
    ]);
  });

  test("are one per service that has alerts in Prometheus", () => {
    const services = [
      exampleService(),
      exampleService({ alerts: unmonitored("A trial.") }, "trial"),
      exampleService({}, "basket"),
    ];
    expect(prometheusArtifacts(exampleEstate("dev", services)).map(({ path }) => path)).toEqual([
      "prometheus/shop.rules.yaml",
      "prometheus/basket.rules.yaml",
    ]);
  });

  test.each([
    ["starts with a tab, which would be a block's indentation", "\tdown\nnow", String.raw`"\tdown\nnow"`],
    ["holds a control character", "down\r\nnow", String.raw`"down\r\nnow"`],
    ["looks like a number", "1", '"1"'],
    ["looks like a comment", "# down", '"# down"'],
  ])("quote a text that %s", (_, summary, quoted) => {
    const [file] = prometheusArtifacts(exampleEstate("prod", [exampleService({ alerts: [highErrorRate(summary)] })]));
    expect(file?.content).toContain(`          summary: ${quoted}\n`);
  });

  test("give back every text as it was", () => {
    fc.assert(
      fc.property(accepted, fc.string({ unit: fc.constantFrom(..." \n\t:#-'\"{}|>&*é") }), (...texts) => {
        const services = texts.map((text, index) => exampleService({ alerts: [highErrorRate(text)] }, `shop-${index}`));
        const estate = exampleEstate("prod", services);
        const read: unknown[] = prometheusArtifacts(estate).map(({ content }) => parse(content));
        expect(read).toEqual(estate.services.map((service) => ({ groups: prometheusRules(service) })));
      }),
    );
  });

  test("of a large service stay far below what AMP accepts", () => {
    const alerts = Array.from({ length: 100 }, (_, index) => ({
      ...highErrorRate("{value} of requests fail"),
      name: `HighErrorRate${index}`,
    }));
    const [file] = prometheusArtifacts(exampleEstate("prod", [exampleService({ alerts })]));
    const bytes = Buffer.byteLength(file?.content ?? "");
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(ampLimits.ruleFileBytes / 10);
  });
});
