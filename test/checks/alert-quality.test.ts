import { describe, expect, test } from "@jest/globals";
import { checkAlertQuality } from "../../checks/alert-quality";
import { type AlertOptions, alert } from "../../model/alert";
import { exampleEstate, exampleService } from "../support/example";

const options: AlertOptions = {
  when: "error_rate > 1%",
  for: "5m",
  severity: "SEV-1",
  summary: "It fails",
  runbook: "https://r.example.com",
};
const named = (name: string, changes: Partial<AlertOptions>) => alert(name, { ...options, ...changes });
const found = (alerts: readonly ReturnType<typeof named>[], environment: "dev" | "prod" = "prod") =>
  checkAlertQuality(exampleEstate(environment, [exampleService({ alerts })])).map(
    ({ id, where }) => `${id} ${where.rule}`,
  );

describe("an alert", () => {
  test("that is sound is found nothing wrong with", () => {
    expect(found([named("Sound", {}), named("Slow", { when: "p95_latency > 1s", severity: "SEV-3" })])).toEqual([]);
  });

  test.each<[string, Partial<AlertOptions>, readonly string[]]>([
    ["that holds for less than an interval", { for: "10s" }, ["alert/for-below-interval Tested"]],
    ["of a noisy share that fires at once", { for: "0s" }, ["alert/flapping Tested"]],
    ["of a noisy share that is kept firing", { for: "0s", keepFiringFor: "10m" }, []],
    ["of a gauge that fires at once", { when: "memory > 1GB", for: "0s" }, []],
  ])("%s", (_what, changes, expected) => {
    expect(found([named("Tested", changes)])).toEqual(expected);
  });

  test("of the very same condition as another is told, however its number is written", () => {
    const twice = [
      named("First", { when: "p95_latency > 1s" }),
      named("Second", { when: "p95_latency > 1000ms", severity: "SEV-3" }),
    ];
    expect(found(twice)).toEqual(["alert/duplicate-condition Second"]);
  });

  test("of the same value and severity as another overlaps it, in production only", () => {
    const both = [named("First", {}), named("Second", { when: "error_rate > 5%" })];
    expect(found(both)).toEqual(["alert/overlap Second"]);
    expect(found(both, "dev")).toEqual([]);
    expect(
      found([both[0] ?? named("First", {}), named("Second", { when: "error_rate > 5%", severity: "SEV-2" })]),
    ).toEqual([]);
  });
});
