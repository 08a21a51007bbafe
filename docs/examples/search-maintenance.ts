import { runbook } from "../../alerts/runbook";
import { alert } from "../../model/alert";
import { weekly } from "../../model/maintenance-window";

/** The index is made anew, and finds nothing meanwhile. */
export const reindexing = weekly("reindexing", {
  days: ["saturday"],
  start: "23:30",
  end: "01:00",
  timeZone: "Europe/Berlin",
  reason: "The search index is made anew",
  environments: ["prod"],
});

export const searchDown = alert("SearchDown", {
  when: "reachable_targets < 1%",
  for: "2m",
  severity: "SEV-1",
  symptom: "availability",
  means: "down",
  summary: "No instance of the search answers",
  runbook: runbook("SearchDown"),
});
