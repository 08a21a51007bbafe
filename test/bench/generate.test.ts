import { describe, expect, test } from "@jest/globals";
import { generatedCatalog, serviceName } from "../../bench/generate";
import { checkCatalog } from "../../checks/check-catalog";
import { dashboardsOf } from "../../dashboards/grafana/service";
import { evaluatorOf } from "../../model/alert-rule";
import { alertsOf } from "../../model/service";

describe("a generated catalog", () => {
  const services = 4;
  const generated = generatedCatalog(services);

  test("has so many services, in three environments of which one is production", () => {
    expect(generated.services.map(({ name }) => name)).toEqual([1, 2, 3, 4].map(serviceName));
    expect(generated.environments.map(({ name, production }) => [name, production])).toEqual([
      ["dev", false],
      ["staging", false],
      ["prod", true],
    ]);
  });

  test("is refused by no check", () => {
    expect(checkCatalog(generated)).toEqual([]);
  });

  test("is the same every time", () => {
    expect(JSON.stringify(generatedCatalog(services))).toBe(JSON.stringify(generated));
  });

  test.each(generated.services.map((service) => [service.name, service] as const))(
    "%s has as much as a service of the shipped catalog",
    (_, service) => {
      const [environment] = generated.environments;
      const evaluators = alertsOf(service).map((alert) => environment && evaluatorOf(alert, environment));
      expect({
        prometheus: evaluators.filter((evaluator) => evaluator === "prometheus").length,
        datadog: evaluators.filter((evaluator) => evaluator === "datadog").length,
        queries: service.queries.length,
        logMetrics: service.logMetrics.length,
        panels: dashboardsOf(service).map(({ sections }) => sections.flatMap(({ panels }) => panels).length),
      }).toEqual({ prometheus: 8, datadog: 3, queries: 7, logMetrics: 2, panels: [12] });
    },
  );
});
