import { alert } from "../../model/alert";
import { promql } from "../../model/condition";

export const largestTenants = alert("LargestTenants", {
  when: promql("topk(3, app_queue_length) > 100"),
  for: "10m",
  severity: "SEV-4",
  summary: "{value} jobs of one queue wait",
  runbook: "queue-backlog",
  suppress: { "promql/fragile-topk": "three are as many as anybody can look into" },
});
