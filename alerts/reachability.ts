import { type Alert, type AlertOptions, alert } from "../model/alert";
import { promql } from "../model/condition";
import { only, type Row } from "./pack";
import { runbook } from "./runbook";

/** Whether what should be watched answers. */
export const reachabilityRows = {
  targets: {
    alert: "TargetsUnreachable",
    indicator: "reachable_targets",
    dimension: "ratio",
    comparison: "<",
    threshold: "50%",
    for: "5m",
    severity: "SEV-1",
    symptom: "availability",
    summary: "Only {value} of the service's instances answer",
    why: "A deployment replaces instances one by one and never takes half of them.",
  },
} as const satisfies Readonly<Record<string, Row>>;

/** Needs `reachable_targets`. */
export const targetsUnreachable = only(reachabilityRows.targets);

/** What a service may say of the alert in its own way. */
export interface TargetsMissingOptions extends Pick<AlertOptions, "environments"> {
  /** Default: SEV-1, since nothing of the service is there. */
  readonly severity?: AlertOptions["severity"];
  /**
   * The targets are an exporter beside the service: without it nobody sees the service, which may well be up, and so silences none of
   * its clients. Default: false, the service is its own target.
   */
  readonly exporter?: boolean;
}

/**
 * Whether there is anything to be watched at all. An alert on a threshold is silent without data, and a service that is gone has
 * none: this alert alone speaks then. Needs the metric `up`.
 */
export const targetsMissing = ({
  severity = "SEV-1",
  exporter = false,
  ...options
}: TargetsMissingOptions = {}): Alert =>
  alert("TargetsMissing", {
    ...options,
    severity,
    when: promql('absent(up{job="{service}"}) == 1'),
    for: "5m",
    evaluator: "prometheus",
    symptom: "availability",
    ...(exporter ? {} : { means: "down" }),
    summary: "Prometheus finds no instance of the service",
    description:
      "The service is gone, or Prometheus looks for it in the wrong place. Every other alert of it is silent meanwhile.",
    runbook: runbook("TargetsMissing"),
  });
