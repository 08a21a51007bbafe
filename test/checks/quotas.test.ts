import { describe, expect, test } from "@jest/globals";
import { checkCatalog } from "../../checks/check-catalog";
import { checkQuotas } from "../../checks/quotas";
import { type Alert, alert } from "../../model/alert";
import { logCount } from "../../model/indicator";
import type { Service } from "../../model/service";
import { exampleCatalog, exampleEstate, exampleLogs, exampleService } from "../support/example";

const options = { for: "5m", severity: "SEV-3", summary: "It fails", runbook: "https://r.example.com" } as const;
const many = (count: number, make: (index: number) => Alert): readonly Alert[] =>
  Array.from({ length: count }, (_, index) => make(index));
const slow = (index: number): Alert => alert(`Slow${index}`, { ...options, when: `p95_latency > ${index + 1}ms` });

const found = (services: readonly Service[]) =>
  checkQuotas(exampleEstate("prod", services), exampleCatalog(services)).map(({ id, level }) => `${level} ${id}`);

describe("what the systems accept", () => {
  test("is not reached by an ordinary service", () => {
    expect(found([exampleService()])).toEqual([]);
  });

  test("is 2,000 rules in a workspace of AMP", () => {
    const shops = (alerts: number) =>
      Array.from({ length: 10 }, (_, index) => exampleService({ alerts: many(alerts, slow) }, `shop-${index}`));
    expect(found(shops(200))).toEqual([]);
    expect(found(shops(201))).toEqual(["warning quota/amp-rules"]);
  });

  test("is a rule file of a megabyte", () => {
    const wordy = (index: number): Alert => ({ ...slow(index), description: "x".repeat(1000) });
    expect(found([exampleService({ alerts: many(900, wordy) })])).toContain("error quota/amp-rule-file");
  });

  test("is a name of 128 characters", () => {
    expect(found([exampleService({}, "s".repeat(128))])).toEqual([]);
    expect(found([exampleService({}, "s".repeat(129))])).toEqual(["error quota/amp-names"]);
  });

  test("is a thousand log monitors of Datadog", () => {
    const errors = (index: number): Alert =>
      alert(`Errors${index}`, {
        ...options,
        for: "0s",
        evaluator: "datadog",
        when: logCount(exampleLogs.level.equals("ERROR"), "5m").above(index + 1),
      });
    expect(found([exampleService({ alerts: many(1001, errors) })])).toEqual(["warning quota/datadog-log-monitors"]);
  });
});

test("quotas are told together with everything else, once all can be rendered", () => {
  const services = [exampleService({ alerts: many(2001, slow) })];
  expect(checkCatalog(exampleCatalog(services)).map(({ id }) => id)).toContain("quota/amp-rules");
});
