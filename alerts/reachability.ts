import { only, type Rows } from "./pack";

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
    summary: "Only {value} of the service's instances answer",
    why: "A deployment replaces instances one by one and never takes half of them.",
  },
  /** An alert on a threshold is silent without data, and a service that is gone has none: this one alone speaks then. */
  missing: {
    alert: "TargetsMissing",
    absent: "reachable_targets",
    for: "5m",
    severity: "SEV-1",
    evaluator: "prometheus",
    summary: "Prometheus finds no instance of the service",
    why: "The service is gone, or Prometheus looks for it in the wrong place. Every other alert of it is silent meanwhile.",
  },
} as const satisfies Rows;

/** Needs `reachable_targets`. */
export const targetsUnreachable = only(reachabilityRows.targets);

/** Needs `reachable_targets`. */
export const targetsMissing = only(reachabilityRows.missing);
