import { expect, test } from "@jest/globals";
import catalog from "../../../catalog/catalog";
import { kibanaRulesOf, pagerDutyAction, ruleParameters } from "../../../constructs/kibana/rules";
import { importFile, savedObjectsOf } from "../../../constructs/kibana/saved-objects";
import { estateOf } from "../../../model/estate";

const [dev, , prod] = catalog.environments.map((each) => estateOf(catalog, each));
if (dev === undefined || prod === undefined) throw new Error("the catalog has three environments");

test("saved objects have ids of names, and refer to what is there", () => {
  const objects = savedObjectsOf(prod);
  const ids = objects.map(({ id }) => id);
  expect(ids).toEqual([
    "prod-errors-analytics-backend",
    "prod-errors-app-service",
    "prod-errors-celery-worker",
    "prod-errors-database",
    "prod-ingest-failures",
    "prod-logs",
  ]);
  const known = new Set(["logs-prod", ...ids]);
  const lost = objects.flatMap(({ references }) => references.filter(({ id }) => !known.has(id)));
  expect(lost).toEqual([]);
  const lines = importFile(objects).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual(objects);
});

test("every panel of the dashboard has its reference", () => {
  const dashboard = savedObjectsOf(prod).find(({ type }) => type === "dashboard");
  const panels: readonly { readonly panelRefName: string; readonly panelIndex: string }[] = JSON.parse(
    String(dashboard?.attributes["panelsJSON"]),
  );
  expect(panels.map(({ panelIndex, panelRefName }) => `${panelIndex}:${panelRefName}`)).toEqual(
    dashboard?.references.map(({ name }) => name),
  );
});

test("rules watch what no other evaluator sees, and are told to whoever runs the cluster", () => {
  const rules = kibanaRulesOf(prod.environment);
  expect(rules.map(({ index }) => index)).toEqual(["logs-*-prod", "ilm-history-*", ".slm-history-*"]);
  const [rule] = rules;
  if (rule === undefined) throw new Error("there are rules");
  expect(ruleParameters(rule)).toMatchObject({ threshold: [100], thresholdComparator: ">", timeWindowUnit: "m" });
  const of = { environment: prod.environment, runBy: "monitoring", kibana: "https://kibana.example.com" };
  expect(pagerDutyAction(rule, of, "trigger")).toMatchObject({ component: "monitoring", severity: "warning" });
  const dedupKey = "prod/monitoring/ingest-failures";
  expect(pagerDutyAction(rule, of, "trigger")).toMatchObject({ dedupKey });
  expect(pagerDutyAction(rule, of, "resolve")).toEqual({ eventAction: "resolve", dedupKey });
});
