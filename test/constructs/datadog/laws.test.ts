import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { datadogMonitor, type QueryMonitor } from "../../../constructs/datadog/monitor";
import {
  monitorsIn,
  parseDatadogCompositeQuery,
  printDatadogCompositeQuery,
} from "../../../languages/datadog/composite-query";
import { DATADOG_LIMITS } from "../../../languages/datadog/limits";
import { parseDatadogMetricExpression } from "../../../languages/datadog/metric-parser";
import { printDatadogMetricExpression } from "../../../languages/datadog/metric-printer";
import { parseDatadogMonitorQuery } from "../../../languages/datadog/monitor-parser";
import { printDatadogMonitorQuery } from "../../../languages/datadog/monitor-printer";
import { parseDatadogBurnRateQuery, printDatadogBurnRateQuery } from "../../../languages/datadog/slo-query";
import { alert } from "../../../model/alert";
import type { AlertRule } from "../../../model/alert-rule";
import { isLogical } from "../../../model/condition";
import { onlyRule } from "../prometheus/rule";
import { condition } from "./arbitrary-conditions";

const template = onlyRule(
  alert("Tested", {
    when: "error_rate > 1%",
    for: "5m",
    severity: "SEV-1",
    summary: "{value}",
    runbook: "https://runbooks.example.com/x",
    evaluator: "datadog",
  }),
);

const { recovery: _none, ...withoutRecovery } = template;

const rule: fc.Arbitrary<AlertRule> = fc
  .record({
    condition,
    forSeconds: fc.constantFrom(0, 30, 300, 3600),
    keepFiringSeconds: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(600) }),
    noData: fc.constantFrom("ok" as const, "keep" as const, "alert" as const),
  })
  .map((changed) => ({ ...withoutRecovery, ...changed }));

/** A query that our parser reads, that prints as it was, and whose number is the monitor's threshold. */
function expectAgreement({ query, critical }: QueryMonitor): void {
  const parsed = parseDatadogMonitorQuery(query);
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join(" "));
  expect(printDatadogMonitorQuery(parsed.value)).toBe(query);
  expect(parsed.value.threshold).toBe(critical);
}

function expectSame(text: string): void {
  const parsed = parseDatadogMetricExpression(text);
  expect(parsed.ok && printDatadogMetricExpression(parsed.value)).toBe(text);
}

describe("whatever the condition", () => {
  test("it is refused in a sentence, or it is said in queries that read as they are meant", () => {
    const said = new Set<string>();
    fc.assert(
      fc.property(rule, (each) => {
        const rendered = datadogMonitor(each);
        if (!rendered.ok) {
          expect(rendered.error).toMatch(/\S \S/);
          return;
        }
        const monitor = rendered.value;
        said.add(isLogical(each.condition) ? "logical" : `${each.condition.kind}: ${monitor.type}`);
        switch (monitor.type) {
          case "query alert":
          case "log alert":
            expectAgreement(monitor);
            break;
          case "composite": {
            const ids = monitorsIn(monitor.query);
            expect(monitor.parts.map(({ id }) => id)).toEqual(ids);
            expect(new Set(ids).size).toBe(ids.length);
            expect(ids.length).toBeLessThanOrEqual(DATADOG_LIMITS.compositeMonitors);
            for (const { id, monitor: part } of monitor.parts) {
              expect(id).toMatch(/^[a-z0-9_.][a-z0-9_.-]*$/);
              expect(part.message).not.toContain("@");
              expectAgreement(part);
            }
            const text = printDatadogCompositeQuery(monitor.query, (id) => String(1000 + ids.indexOf(id)));
            const parsed = parseDatadogCompositeQuery(text);
            expect(parsed.ok && printDatadogCompositeQuery(parsed.value)).toBe(text);
            break;
          }
          case "slo alert": {
            const query = { ...monitor.query, slo: "id" };
            expect(parseDatadogBurnRateQuery(printDatadogBurnRateQuery(query))).toEqual({ ok: true, value: query });
            const { sli } = monitor.slo;
            for (const text of sli.type === "metric" ? [sli.numerator, sli.denominator] : [sli.query]) expectSame(text);
            break;
          }
        }
      }),
      { numRuns: 2000 },
    );
    // The law is about something: conditions of every kind are said.
    expect([...said].sort()).toEqual(
      expect.arrayContaining([
        "absent: query alert",
        "anomaly: query alert",
        "burn-rate: composite",
        "burn-rate: slo alert",
        "compare: log alert",
        "compare: query alert",
        "logical",
        "outside: composite",
        "raw: log alert",
        "raw: query alert",
      ]),
    );
  });
});
