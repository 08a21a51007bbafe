import { alert } from "../../model/alert";

export const checkoutStuck = alert("CheckoutStuck", {
  when: "p99_latency > 5s",
  recovery: "2s",
  for: "5m",
  keepFiringFor: "10m",
  severity: "SEV-3",
  evaluator: "grafana",
  noData: "keep",
  summary: "One request in a hundred takes {value} or longer",
  runbook: "checkout-slow",
});
