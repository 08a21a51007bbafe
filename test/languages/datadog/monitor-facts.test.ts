import { describe, expect, test } from "@jest/globals";
import { monitorFacts } from "../../../languages/datadog/monitor-facts";
import { parseDatadogMonitorQuery } from "../../../languages/datadog/monitor-parser";

describe("what a query reads and when it alerts", () => {
  const factsOf = (text: string) => {
    const parsed = parseDatadogMonitorQuery(text);
    return parsed.ok ? monitorFacts(parsed.value) : undefined;
  };

  test("of a metric monitor", () => {
    const text =
      "sum(last_1h):abs(sum:a.b{env:prod,!x:y,bare} by {host}) / sum:c{k IN (v,w)} by {host,zone} + sum:c{*} >= 0.10";
    expect(factsOf(text)).toEqual({
      kind: "metric",
      metrics: ["a.b", "c"],
      attributes: [],
      tags: [
        { key: "env", value: "prod", excluded: false },
        { key: "x", value: "y", excluded: true },
        { key: "", value: "bare", excluded: false },
        { key: "k", value: "v", excluded: false },
        { key: "k", value: "w", excluded: false },
      ],
      tagKeys: ["env", "x", "k", "host", "zone"],
      groupBy: ["host", "zone"],
      windowSeconds: 3600,
      comparator: ">=",
      threshold: { text: "0.10", number: 0.1 },
    });
  });

  test("of a log monitor", () => {
    const text = 'logs("service:web -env:test @code:>499").rollup("avg", "@duration").by("@path,host").last("2h") < 5';
    expect(factsOf(text)).toEqual({
      kind: "log",
      metrics: [],
      attributes: ["code", "path", "duration"],
      tags: [
        { key: "service", value: "web", excluded: false },
        { key: "env", value: "test", excluded: true },
      ],
      tagKeys: ["service", "env", "host"],
      groupBy: ["@path", "host"],
      windowSeconds: 7200,
      comparator: "<",
      threshold: { text: "5", number: 5 },
    });
  });
});
