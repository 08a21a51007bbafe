import { type Alert, type AlertOptions, alert, unmonitored } from "../../model/alert";
import { absent, and, type Condition, or, unless } from "../../model/condition";
import { complement, logCount, ratio } from "../../model/indicator";
import { choice } from "../../model/log-field";
import { oneOf, upTo } from "../../model/metric";
import { ecs } from "../../model/runtime";
import { service } from "../../model/service";
import { counter, gauge, histogram, telemetry } from "../../model/telemetry";

const source = (name: string, statistic: "Sum" | "Average" | "Maximum" | "p95") => ({
  namespace: "Sample",
  name,
  statistic,
  dimensions: { Service: "{service}" },
});

const requests = counter("requests_total", {
  help: "Requests",
  unit: "requests",
  labels: { endpoint: upTo(9, "/") },
  datadog: { name: "sample.requests" },
  cloudwatch: source("Requests", "Sum"),
});
const failures = counter("failures_total", {
  help: "Failed requests",
  unit: "requests",
  labels: { endpoint: upTo(9, "/") },
  datadog: { name: "sample.failures" },
  cloudwatch: source("Failures", "Sum"),
});
const duration = histogram("duration_seconds", {
  help: "Time of a request",
  unit: "seconds",
  labels: { endpoint: upTo(9, "/") },
  datadog: { name: "sample.duration" },
  cloudwatch: source("Duration", "p95"),
});
const free = gauge("free_bytes", {
  help: "Free space",
  unit: "bytes",
  labels: { disk: oneOf("data", "log") },
  datadog: { name: "sample.free" },
  cloudwatch: source("Free", "Maximum"),
});
const age = gauge("age_seconds", {
  help: "Age of the newest",
  unit: "seconds",
  datadog: { name: "sample.age" },
  cloudwatch: source("Age", "Maximum"),
});
const level = choice("level", ["INFO", "ERROR"], { description: "Severity", required: true });

const sample = telemetry("sample", { metrics: { requests, failures, duration, free, age }, logFields: { level } });

/** A service whose every metric is held by every system, so that only the condition decides who can evaluate it. */
export const sampleService = service("sample", {
  description: "Has every metric in every system",
  team: "platform",
  tier: 1,
  runtime: ecs({ cluster: "sample", logGroup: "/sample" }),
  telemetry: [sample],
  alerts: unmonitored("its alerts are made one by one"),
});

const errorRate = ratio(failures.rate("5m"), requests.rate("5m"));
const full = free.max().below("1GB");
const failing = errorRate.above("1%");
const burning: Condition = {
  kind: "burn-rate",
  objective: {
    name: "availability",
    sli: { kind: "events", bad: failures.selection, total: requests.selection },
    target: "99.9%",
    window: "30d",
  },
  factor: "14.4",
  long: "1h",
  short: "5m",
};

const options: AlertOptions = {
  when: full,
  for: "5m",
  severity: "SEV-1",
  summary: "Sample",
  runbook: "https://runbooks.example.com/sample",
};

/** What each kind of condition changes of the sample alert, by what a reader calls it. */
const kinds: Readonly<Record<string, Partial<AlertOptions>>> = {
  "a gauge against a threshold": { when: full },
  "a rate": { when: requests.rate("5m").above("10 per second") },
  "growth over a time": { when: requests.increase("5m").above("100") },
  "a ratio": { when: failing },
  "what a ratio leaves of one": { when: complement(errorRate).below("99%") },
  "a quantile": { when: duration.quantile(0.95, "5m").above("1s") },
  "the share below a bound": { when: duration.fraction("500ms", "5m").below("95%") },
  "a forecast": { when: free.forecast("4h", { from: "1h" }).below("0B") },
  "log events": { when: logCount(level.equals("ERROR"), "5m").above("10") },
  "kept apart by a label": { when: free.max().by("disk").below("1GB") },
  "outside a range": { when: free.max().outside("1GB", "9GB") },
  absence: { when: absent(free) },
  "an anomaly": { when: free.max().deviates({ deviations: 3, direction: "below" }) },
  "a burn rate of events": { when: burning },
  "both (`and`)": { when: and(full, failing) },
  "either (`or`)": { when: or(full, failing) },
  "one without the other (`unless`)": { when: unless(full, failing) },
  "keeps firing (`keepFiringFor`)": { keepFiringFor: "10m" },
  'silence keeps its state (`noData: "keep"`)': { noData: "keep" },
  'silence is an alert (`noData: "alert"`)': { noData: "alert" },
};

/** One alert of each kind of condition. */
export const conditionSamples: readonly { readonly title: string; readonly alert: Alert }[] = Object.entries(kinds).map(
  ([title, changes]) => ({ title, alert: alert("Sample", { ...options, ...changes }) }),
);
