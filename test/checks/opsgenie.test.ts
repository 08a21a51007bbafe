import { describe, expect, test } from "@jest/globals";
import { checkCatalog } from "../../checks/check-catalog";
import { alert } from "../../model/alert";
import type { Evaluator } from "../../model/environment";
import type { SeverityName } from "../../model/severity";
import { exampleCatalog, exampleService } from "../support/example";
import opsgenieCatalog from "../support/opsgenie-catalog";

const onCall = { support: "support", architecture: "architecture", pager: "opsgenie" } as const;

const judged = (evaluator: Evaluator, severity: SeverityName) => {
  const asked = alert("Slow", {
    when: "p95_latency > 1s",
    for: "10m",
    severity,
    summary: "{value} long",
    runbook: "https://r.example.com",
    evaluator,
  });
  return checkCatalog(exampleCatalog([exampleService({ alerts: [asked] })], { onCall })).filter(
    ({ id }) => id === "opsgenie/evaluator",
  );
};

describe("where Opsgenie is the pager", () => {
  test("a catalog of Prometheus' alerts is sound, and warned that Amazon's alert manager calls nobody", () => {
    const found = checkCatalog(opsgenieCatalog);
    expect(found.filter(({ level }) => level === "error")).toEqual([]);
    expect(found.filter(({ id }) => id.startsWith("opsgenie/")).map(({ id, where }) => [id, where.field])).toEqual([
      ["opsgenie/amp", "onCall.pager"],
    ]);
  });

  test.each<[Evaluator, SeverityName]>([
    ["datadog", "SEV-2"],
    ["grafana", "SEV-2"],
  ])("a page that %s evaluates (%s) is refused, with its place and what to do", (evaluator, severity) => {
    expect(judged(evaluator, severity)).toEqual([
      expect.objectContaining({
        level: "error",
        where: expect.objectContaining({ service: "shop", rule: "Slow", field: "evaluator" }),
        message: `${evaluator} evaluates it, whose alerts do not reach Opsgenie`,
        fix: expect.stringMatching(/prometheus/),
      }),
    ]);
  });

  test.each<[Evaluator, SeverityName]>([
    ["prometheus", "SEV-1"],
    ["datadog", "SEV-4"],
    ["grafana", "SEV-4"],
  ])("what %s evaluates (%s) is not", (evaluator, severity) => {
    expect(judged(evaluator, severity)).toEqual([]);
  });

  test("an unknown pager is a finding, and no crash", () => {
    const catalog = exampleCatalog();
    const wrong: unknown = "opsgeni";
    const misspelt = { ...catalog, onCall: Object.assign({}, catalog.onCall, { pager: wrong }) };
    expect(checkCatalog(misspelt).map(({ id, where }) => [id, where.field])).toEqual([
      ["catalog/shape", "onCall.pager"],
    ]);
  });
});
