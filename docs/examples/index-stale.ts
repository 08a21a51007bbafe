import { alert } from "../../model/alert";
import { searchIndex } from "./index-telemetry";

export const indexRefusesUpdates = alert("IndexRefusesUpdates", {
  when: searchIndex.updates
    .where({ result: "refused" })
    .rate("10m")
    .above({ default: "1 per minute", dev: "60 per minute" }),
  for: "15m",
  severity: "SEV-3",
  evaluator: "prometheus",
  environments: ["staging", "prod"],
  summary: "The search index refuses {value} documents",
  description: "New products cannot be found until it accepts them again.",
  runbook: "index-refuses-updates",
});
