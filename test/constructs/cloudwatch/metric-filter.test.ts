import { describe, expect, test } from "@jest/globals";
import { metricFilter, metricFilterCountProblem } from "../../../constructs/cloudwatch/metric-filter";
import { allOf, not } from "../../../model/log-filter";
import { logMetric } from "../../../model/log-metric";
import { exampleLogs, exampleService } from "../../support/example";

const { level, path, duration_ms } = exampleLogs;
const shop = { service: exampleService() };
const errors = level.equals("ERROR");
const partsOf = (...metric: Parameters<typeof logMetric>): readonly string[] => {
  const result = metricFilter(logMetric(...metric), shop);
  return result.ok ? [] : result.error.split("; ");
};

test("a log metric counts its events one by one, with 0 for a quiet minute", () => {
  expect(metricFilter(logMetric("slow-errors", { filter: allOf(errors, duration_ms.above(1000)) }), shop)).toEqual({
    ok: true,
    value: {
      name: "slow-errors",
      pattern: '{ ($.level = "ERROR") && ($.duration_ms > 1000) }',
      transformation: { name: "slow-errors", namespace: "Estate/shop", value: "1", unit: "Count", defaultValue: "0" },
    },
  });
});

test.each([
  [["level", "path"], { dimensions: { level: "$.level", path: "$.path" } }],
  [[], { defaultValue: "0" }],
])("kept apart by %j it has dimensions, or else a default value, never both", (by, series) => {
  expect(metricFilter(logMetric("errors", { filter: errors, by }), shop)).toEqual({
    ok: true,
    value: {
      name: "errors",
      pattern: '{ $.level = "ERROR" }',
      transformation: { name: "errors", namespace: "Estate/shop", value: "1", unit: "Count", ...series },
    },
  });
});

describe("a log metric is refused", () => {
  test.each<[string, Parameters<typeof logMetric>, string]>([
    [
      "when its filter reads an undeclared field",
      ["errors", { filter: not({ kind: "equals", field: "levl", value: "ERROR" }) }],
      'filter: the service declares no log field "levl": did you mean "level"?',
    ],
    [
      "when it is kept apart by an undeclared field",
      ["errors", { filter: errors, by: ["customer_number"] }],
      'by: the service declares no log field "customer_number": declare it in its telemetry',
    ],
    [
      "when its filter has no pattern",
      ["errors", { filter: path.equals("*") }],
      'filter: "path" is compared with "*", whose * a filter pattern reads as any text: compare it with a value without *',
    ],
    [
      "when its name is none for a metric",
      ["all:errors", { filter: errors }],
      'name: "all:errors" is not a name of a metric: leave out : * and $',
    ],
  ])("%s", (_, metric, problem) => {
    expect(partsOf(...metric)).toEqual([problem]);
  });

  test("with more than three dimensions", () => {
    const fields = ["a", "b", "c", "d"];
    const wide = exampleService({
      telemetry: [
        {
          contract: {
            name: "wide",
            metrics: [],
            slis: {},
            indicators: {},
            panels: {},
            logFields: fields.map((name) => ({ ...level.definition, name })),
          },
        },
      ],
    });
    const filter = { kind: "exists", field: "a" } as const;
    expect(metricFilter(logMetric("errors", { filter, by: fields.slice(1) }), { service: wide }).ok).toBe(true);
    expect(metricFilter(logMetric("errors", { filter, by: fields }), { service: wide })).toEqual({
      ok: false,
      error: "by: 4 fields, and 3 are accepted: keep those that an alarm needs",
    });
  });

  test("for all its reasons at once", () => {
    const filter = allOf(path.equals("*"), { kind: "exists", field: "user name" });
    expect(partsOf("*", { filter, by: ["a", "b", "c", "d"] }).map((problem) => problem.split(":")[0])).toEqual([
      "name",
      "filter",
      "filter",
      'a filter pattern cannot name the field "user name"',
      ...["by", "by", "by", "by", "by"],
    ]);
  });
});

test.each([
  [100, undefined],
  [101, "101 log metrics, and a log group takes 100 metric filters"],
])("%d log metrics of one service", (count, problem) => {
  const logMetrics = Array.from({ length: count }, (_, n) => logMetric(`errors-${n}`, { filter: errors }));
  const found = metricFilterCountProblem({ service: exampleService({ logMetrics }) });
  if (problem === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(problem);
});
