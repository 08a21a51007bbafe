import { expect, test } from "@jest/globals";
import { alert } from "../../model/alert";

test("an alert that is made of another one's options has its own name and condition", () => {
  const first = alert("First", {
    when: "error_rate > 1%",
    for: "5m",
    severity: "SEV-3",
    summary: "It fails",
    runbook: "https://r.example.com",
  });
  expect(alert("Second", { ...first, when: "error_rate > 5%" })).toEqual({
    ...first,
    name: "Second",
    when: { kind: "spoken", text: "error_rate > 5%" },
  });
});
