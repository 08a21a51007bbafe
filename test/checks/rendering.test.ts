import { describe, expect, test } from "@jest/globals";
import { checkCatalog } from "../../checks/check-catalog";
import { alert } from "../../model/alert";
import { and, type Condition, datadogQuery } from "../../model/condition";
import { startsWith } from "../../model/indicator";
import type { Objective } from "../../model/objective";
import { example, exampleCatalog, exampleService } from "../support/example";

const options = {
  for: "5m",
  severity: "SEV-3",
  summary: "Requests fail",
  runbook: "https://runbooks.example.com/x",
  evaluator: "datadog",
} as const;

const burning = (target: Objective["target"], factor = "14.4"): Condition => ({
  kind: "burn-rate",
  objective: {
    name: "availability",
    sli: {
      kind: "events",
      bad: example.requests.where({ status: startsWith("5") }).selection,
      total: example.requests.selection,
    },
    target,
    window: "30d",
  },
  factor,
  long: "1h",
  short: "5m",
});

/** What is found in a service with these conditions, each an alert. */
const findingsOf = (...conditions: readonly Condition[]) =>
  checkCatalog(
    exampleCatalog([
      exampleService({ alerts: conditions.map((when, at) => alert(`Alert${at}`, { ...options, when })) }),
    ]),
  ).map(({ id, message, where }) => [id, where.rule, message]);

describe("alerts on objectives that Datadog evaluates", () => {
  test("share the objective", () => {
    expect(findingsOf(burning("99.9%"), burning("99.9%", "6"))).toEqual([]);
  });

  test("of one name that differ are found, before anything is made", () => {
    const found = findingsOf(burning("99.9%"), burning("99%"));
    expect(found).toContainEqual([
      "alert/inexpressible",
      "Alert1",
      expect.stringContaining('two objectives of the service are named "availability"'),
    ]);
  });
});

test("a monitor query within another condition is held against the contract as well", () => {
  const query = datadogQuery("avg(last_5m):sum:app.http.requets{env:prod} > 1");
  expect(findingsOf(and(example.requests.rate("5m").above("1 per second"), query))).toContainEqual([
    "datadog/contract",
    "Alert0",
    expect.stringContaining('Did you mean "app.http.requests"?'),
  ]);
});
