/**
 * Series that Prometheus records of each objective, with the labels `service` and `objective`. What failed and what there was are
 * kept apart, so that a long window adds both up before it divides and busy hours weigh more than quiet ones; an average of
 * recorded ratios would not (Prometheus, Recording rules, "Naming and aggregation").
 */
export const recordedSeries = {
  errors: "objective:errors:rate5m",
  events: "objective:events:rate5m",
  /** How many times faster than it may be the budget is spent, over the last hour. */
  burnRate: "objective:burn_rate:ratio_rate1h",
  /** What is left of the budget, of one; below zero the promise is broken. */
  budgetRemaining: "objective:error_budget_remaining:ratio",
} as const;

export type RecordedSeries = keyof typeof recordedSeries;
