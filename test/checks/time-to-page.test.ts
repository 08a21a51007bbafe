import { describe, expect, test } from "@jest/globals";
import { checkTimeToPage } from "../../checks/time-to-page";
import { type AlertOptions, alert } from "../../model/alert";
import { exampleEstate, exampleService } from "../support/example";

const found = (changes: Partial<AlertOptions>, environment: "dev" | "prod" = "prod") => {
  const tested = alert("Tested", {
    when: "error_rate > 1%",
    for: "5m",
    severity: "SEV-1",
    summary: "It fails",
    runbook: "https://r.example.com",
    ...changes,
  });
  return checkTimeToPage(exampleEstate(environment, [exampleService({ alerts: [tested] })]));
};

describe("a page", () => {
  test("that comes in time is found nothing wrong with", () => {
    expect(found({})).toEqual([]);
    expect(found({ severity: "SEV-2", for: "25m" })).toEqual([]);
  });

  test("that comes later than its severity promises is told, with how late", () => {
    expect(found({ for: "20m" })).toMatchObject([
      {
        id: "alert/late-page",
        level: "warning",
        message: "the page comes up to 20.9 minutes after the failure, and SEV-1 allows 15 minutes",
      },
    ]);
  });

  test("is none where nobody is woken", () => {
    expect(found({ for: "2h", severity: "SEV-3" })).toEqual([]);
    expect(found({ for: "2h" }, "dev")).toEqual([]);
  });
});
