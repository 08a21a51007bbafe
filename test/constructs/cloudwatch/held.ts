import type { Alert, AlertOptions } from "../../../model/alert";
import { alert } from "../../../model/alert";
import type { AlertRule } from "../../../model/alert-rule";
import type { ServiceEstate } from "../../../model/estate";
import type { CloudwatchSource } from "../../../model/metric";
import type { Service, ServiceOptions } from "../../../model/service";
import { counter, gauge, histogram, telemetry } from "../../../model/telemetry";
import { exampleEstate, exampleLogs, exampleService } from "../../support/example";

const source = (
  name: string,
  statistic: CloudwatchSource["statistic"],
  more: Partial<CloudwatchSource> = {},
): CloudwatchSource => ({
  namespace: "Shop",
  name,
  statistic,
  dimensions: { Service: "{service}" },
  ...more,
});

const requests = counter("requests_total", {
  help: "",
  unit: "requests",
  labels: {},
  cloudwatch: source("Requests", "Sum"),
});
const errors = counter("errors_total", { help: "", unit: "requests", labels: {}, cloudwatch: source("Errors", "Sum") });
const sent = counter("sent_bytes_total", { help: "", unit: "bytes", cloudwatch: source("Sent", "Sum") });
const busy = counter("busy_seconds_total", {
  help: "",
  unit: "seconds",
  cloudwatch: source("Busy", "Sum", { unit: "milliseconds" }),
});
const duration = histogram("duration_seconds", {
  help: "",
  unit: "seconds",
  buckets: [0.1, 0.5, 1],
  cloudwatch: source("Duration", "p95", { unit: "milliseconds" }),
});
const cpu = gauge("cpu", { help: "", unit: "percent", cloudwatch: source("CPU", "Average") });
const used = gauge("used_bytes", { help: "", unit: "bytes", cloudwatch: source("Used", "Average") });
const size = gauge("size_bytes", { help: "", unit: "bytes", cloudwatch: source("Size", "Maximum") });
const workers = gauge("workers", { help: "", unit: "processes", cloudwatch: source("Workers", "Sum") });
const slow = gauge("slow", {
  help: "",
  unit: "connections",
  cloudwatch: source("Slow", "Average", { period: "5m" }),
});
const elsewhere = gauge("elsewhere", { help: "", unit: "bytes", datadog: { name: "app.elsewhere" } });

/** Metrics that CloudWatch holds, and one that it does not. */
export const held = telemetry("held", {
  metrics: { requests, errors, sent, busy, duration, cpu, used, size, workers, slow, elsewhere },
  logFields: exampleLogs,
  indicators: { cpu_usage: cpu.avg() },
});

/** The example service with metrics in CloudWatch. */
export const heldService = (options: Partial<ServiceOptions> = {}, name?: string): Service =>
  exampleService({ telemetry: [held], logMetrics: [], queries: [], ...options }, name);

const options = {
  for: "5m",
  severity: "SEV-2",
  summary: "It is {value}",
  runbook: "https://runbooks.example.com/x",
  evaluator: "cloudwatch",
} as const;

/** An alert that CloudWatch evaluates, of which a test states only what it is about. */
export const tested = (changed: Partial<AlertOptions> & Pick<AlertOptions, "when">): Alert =>
  alert("Tested", { ...options, ...changed });

/** An alert on the service, made definite, with the service that it is about. */
export function ruleOf(
  changed: Partial<AlertOptions> & Pick<AlertOptions, "when">,
  { environment = "prod", ...service }: Partial<ServiceOptions> & { readonly environment?: "dev" | "prod" } = {},
): { readonly rule: AlertRule; readonly service: ServiceEstate } {
  const [estate] = exampleEstate(environment, [heldService({ ...service, alerts: [tested(changed)] })]).services;
  const [rule] = estate?.alerts ?? [];
  if (estate === undefined || rule === undefined) throw new Error("no rule");
  return { rule, service: estate };
}
