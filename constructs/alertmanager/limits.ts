/**
 * What the alert manager of Amazon Managed Service for Prometheus (AMP) accepts.
 * Sources: AMP user guide, "Service quotas" (alert manager definition file size, nodes in routing tree, inhibition rules); "Create an alert
 * manager configuration" (`repeat_interval`); "Understanding Amazon SNS message validation rules" (subject).
 */
export const ampAlertManagerLimits = {
  /** Bytes of the definition. Not adjustable. */
  definitionBytes: 1_000_000,
  /** Seconds of the longest `repeat_interval`: five days; a longer one counts as these. */
  repeatSeconds: 432_000,
  /** Nodes of the routing tree. Adjustable. */
  routingNodes: 100,
  /** Inhibition rules. Adjustable. */
  inhibitions: 100,
  /** Characters of a message's subject, which must be ASCII; a longer one is cut and marked as modified. */
  subjectLength: 100,
} as const;
