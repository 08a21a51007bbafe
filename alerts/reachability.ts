import type { Alert } from "../model/alert";
import { only, type RowOptions, type Rows } from "./pack";

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
  /** An alert on a threshold is silent without data, and a service that is gone has none: this one alone speaks then. */
  missing: {
    alert: "TargetsMissing",
    absent: "reachable_targets",
    for: "5m",
    severity: "SEV-1",
    symptom: "availability",
    evaluator: "prometheus",
    summary: "Prometheus finds no instance of the service",
    why: "The service is gone, or Prometheus looks for it in the wrong place. Every other alert of it is silent meanwhile.",
  },
} as const satisfies Rows;

/** Needs `reachable_targets`. */
export const targetsUnreachable = only(reachabilityRows.targets);

const missing = only(reachabilityRows.missing);

/** What a service may say of the alert in its own way. */
export interface TargetsMissingOptions extends RowOptions<typeof reachabilityRows.missing> {
  /**
   * The targets are an exporter beside the service: without it nobody sees the service, which may well be up, and so silences none of
   * its clients. Default: false, the service is its own target.
   */
  readonly exporter?: boolean;
}

/** Needs `reachable_targets`. */
export function targetsMissing({ exporter = false, ...options }: TargetsMissingOptions = {}): Alert {
  const alert = missing(options);
  return exporter ? alert : { ...alert, means: "down" };
}
