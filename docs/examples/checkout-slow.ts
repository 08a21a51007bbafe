import { alert } from "../../model/alert";

export const checkoutSlow = alert("CheckoutSlow", {
  when: "p99_latency > 2s",
  for: "10m",
  severity: "SEV-2",
  summary: "One request in a hundred takes {value} or longer",
  runbook: "checkout-slow",
});
