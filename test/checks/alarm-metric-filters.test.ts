import { describe, expect, test } from "@jest/globals";
import { checkRendering } from "../../checks/rendering";
import { type Alert, alert } from "../../model/alert";
import { estateOf } from "../../model/estate";
import { logCount } from "../../model/indicator";
import { logMetric } from "../../model/log-metric";
import { exampleCatalog, exampleLogs, exampleService } from "../support/example";

const { duration_ms } = exampleLogs;

const slower = (limit: number): Alert =>
  alert(`Slower${limit}`, {
    when: logCount(duration_ms.above(limit), "5m").above("10"),
    for: "0s",
    severity: "SEV-3",
    summary: "x",
    runbook: "https://runbooks.example.com/x",
    evaluator: "cloudwatch",
  });

function findingsOf(alerts: readonly Alert[], logMetrics: Parameters<typeof logMetric>[0][]) {
  const service = exampleService({
    alerts,
    logMetrics: logMetrics.map((name) => logMetric(name, { filter: exampleLogs.level.equals("ERROR") })),
  });
  const catalog = exampleCatalog([service]);
  const [environment] = catalog.environments;
  if (environment === undefined) throw new Error("the example has an environment");
  return checkRendering(estateOf(catalog, environment), catalog);
}

describe("metric filters of alarms", () => {
  const metrics = Array.from({ length: 98 }, (_, index) => `metric-${index}`);

  test("fit into a log group beside the service's own, up to its limit", () => {
    expect(findingsOf([slower(1), slower(2)], metrics)).toEqual([]);
  });

  test("beyond it are found before they are deployed", () => {
    expect(findingsOf([slower(1), slower(2), slower(3)], metrics)).toEqual([
      expect.objectContaining({
        id: "cloudwatch/too-many-metric-filters",
        message: expect.stringContaining("98 log metrics and 3 of alarms, and a log group takes 100"),
      }),
    ]);
  });
});
