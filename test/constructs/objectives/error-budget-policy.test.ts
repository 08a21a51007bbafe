import { expect, test } from "@jest/globals";
import { errorBudgetPolicies, errorBudgetPolicy } from "../../../constructs/objectives/error-budget-policy";
import { startsWith } from "../../../model/indicator";
import { availability } from "../../../model/service-objective";
import { events } from "../../../model/sli";
import { telemetry } from "../../../model/telemetry";
import { example, exampleEstate, exampleService } from "../../support/example";

const promised = telemetry("promised", {
  metrics: {},
  slis: { availability: events(example.requests.where({ status: startsWith("5") }), example.requests) },
});
const shop = exampleService({
  telemetry: [example, promised],
  objectives: [availability({ default: "99.95%", dev: "95%" }, "30d", { runbook: "https://r.example.com/budget" })],
});

test("a policy says the promise, the budget, and who is told when it burns", () => {
  const [estate] = exampleEstate("prod", [shop]).services;
  const text = estate === undefined ? "" : errorBudgetPolicy(estate);
  expect(text).toContain("99.95% of all requests of any 30d succeed. The error budget is as much as 21.6 minutes");
  expect(text).toContain(
    "| [AvailabilityBudgetBurn1h](https://r.example.com/budget) | 14.4 times the pace that it lasts for, over 1h and 5m | SEV-1, immediate | a page, #backend |",
  );
});

test("outside production nobody is paged, and the target is that environment's", () => {
  const [file] = errorBudgetPolicies(exampleEstate("dev", [shop]));
  expect(file?.path).toBe("objectives/shop.md");
  expect(file?.content).toContain("95% of all requests of any 30d succeed. The error budget is as much as 36 hours");
  expect(file?.content).not.toContain("| a page");
});

test("a service that promises nothing has no policy", () => {
  expect(errorBudgetPolicies(exampleEstate("prod", [exampleService()]))).toEqual([]);
});
