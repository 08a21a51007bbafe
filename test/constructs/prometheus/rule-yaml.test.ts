import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse, stringify } from "yaml";
import type { PrometheusRuleGroup } from "../../../constructs/prometheus/rule-group";
import { rulesYaml } from "../../../constructs/prometheus/rule-yaml";

const groupOf = (text: string): PrometheusRuleGroup => ({
  name: "shop",
  interval: "30s",
  rules: [
    {
      alert: "HighErrorRate",
      expr: text,
      labels: { team: text },
      annotations: { summary: text, runbook_url: "https://runbooks.example.com", dashboard_url: "https://grafana" },
    },
  ],
});

/** Letters, and whatever means something in YAML beside them. */
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."abYn0/ :#-'\"{}[]|>&*,%@`!?\\\n") }),
  fc.constantFrom(
    "true",
    "Null",
    "yes",
    "OFF",
    "~",
    "1",
    "0x1f",
    "1e3",
    ".inf",
    "2026-01-05",
    "12:30:00",
    "<<",
    "=",
    "---",
  ),
);

describe("rule groups in YAML", () => {
  test("say what the library reads of them", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const groups = [groupOf(text), groupOf(`${text}.`)];
        expect(parse(rulesYaml(groups))).toEqual({ groups });
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    'sum(rate(http_requests_total{job="shop",status=~"5.*"}[5m])) > 0.01',
    "{{ $value | humanizePercentage }} of requests fail",
    "a mapping: of things",
    "with # a comment",
    "https://runbooks.example.com/high-error-rate",
    "two lines\nof text",
    "true",
    "5m",
    "2",
  ])("are what the library writes: %j", (text) => {
    const groups = [groupOf(text)];
    expect(rulesYaml(groups)).toBe(stringify({ groups }, { lineWidth: 0, aliasDuplicateObjects: false }));
  });
});
