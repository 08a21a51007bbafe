import { alert } from "../../model/alert";
import { absent, type Condition, unless } from "../../model/condition";
import { startsWith } from "../../model/indicator";
import type { Sli } from "../../model/objective";
import { gauge, telemetry } from "../../model/telemetry";
import { example } from "./example";

const disk = gauge("disk_used_ratio", { help: "Disk in use", unit: "ratio", datadog: { name: "app.disk.used" } });
const age = gauge("data_age_seconds", { help: "Age of the data", unit: "seconds", datadog: { name: "app.data.age" } });

/** Gauges that Datadog holds, for the example service. */
export const gauges = telemetry("gauges", { metrics: { disk, age } });

const options = {
  for: "5m",
  severity: "SEV-2",
  summary: "{value} is not as it should be",
  runbook: "https://runbooks.example.com/x",
  evaluator: "datadog",
} as const;

const burning = (name: string, sli: Sli, more: { readonly window?: "28d" } = {}): Condition => ({
  kind: "burn-rate",
  objective: { name, sli, target: "99.9%", window: "30d", ...more },
  factor: "14.4",
  long: "1h",
  short: "5m",
});

const failed = example.requests.where({ status: startsWith("5") });
const events: Sli = { kind: "events", bad: failed.selection, total: example.requests.selection };

/** One alert of every kind that Datadog evaluates, whose resources are all that there are. */
export const datadogAlerts = [
  alert("TrafficOutsideItsRange", {
    ...options,
    when: example.requests.rate("5m").outside("1 per second", "100 per second"),
  }),
  alert("TrafficGone", { ...options, when: absent(example.requests) }),
  alert("TrafficUnusual", { ...options, when: example.requests.rate("5m").deviates({ deviations: 3 }) }),
  alert("DiskFills", { ...options, when: disk.forecast("1d", { from: "6h", aggregation: "max" }).above("90%") }),
  alert("Slow", { ...options, when: example.duration.fraction("500ms", "5m").below("99%") }),
  alert("FailsUnlessIdle", {
    ...options,
    when: unless(failed.rate("5m").above("1 per second"), example.requests.rate("5m").below("1 per second")),
  }),
  alert("BudgetOfFailuresBurns", { ...options, when: burning("availability", events) }),
  alert("BudgetOfFourWeeksBurns", { ...options, when: burning("four-weeks", events, { window: "28d" }) }),
  alert("BudgetOfLatencyBurns", {
    ...options,
    when: burning("latency", { kind: "latency", of: example.duration.selection, atMost: "500ms" }),
  }),
  alert("BudgetOfFreshnessBurns", {
    ...options,
    when: burning("freshness", { kind: "freshness", of: age.max().expression, atMost: "1h" }),
  }),
];
