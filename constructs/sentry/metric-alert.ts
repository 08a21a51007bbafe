import type { DefiniteErrorCondition, ErrorAlertRule } from "../../model/error-alert";
import { severities } from "../../model/severity";
import { sentryAlertName } from "./alert-name";
import { windowMinutes } from "./limits";

/** A condition about all errors of a project together. */
export type VolumeCondition = Extract<DefiniteErrorCondition, { kind: "volume" }>;

/** A metric alert; it tells when it is over, too. */
export interface SentryMetricAlert {
  readonly name: string;
  readonly aggregate: "count()" | "count_unique(user)";
  readonly timeWindowMinutes: number;
  readonly threshold: number;
  /** A tenth below the threshold, as the default of every other alert. */
  readonly resolveThreshold: number;
  /** Of the PagerDuty event. */
  readonly severity: "critical" | "error" | "warning" | "info";
}

/** Whole events are counted: a tenth of less than ten is no step back, so that one is taken. */
const recovery = (threshold: number): number => threshold - Math.max(1, Math.floor(threshold / 10));

/** An error alert about a project's errors together as a metric alert of Sentry. */
export const metricAlert = (rule: ErrorAlertRule, when: VolumeCondition): SentryMetricAlert => ({
  name: sentryAlertName(rule),
  aggregate: when.of === "users" ? "count_unique(user)" : "count()",
  timeWindowMinutes: windowMinutes[when.within],
  threshold: when.above,
  resolveThreshold: recovery(when.above),
  severity: severities[rule.severity].word,
});
