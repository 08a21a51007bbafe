/** Every check of a PromQL expression or of an alert's template, each of which a rule may be let off with a reason. */
export const suppressibleChecks = [
  "promql/counter-without-rate",
  "promql/dead-join",
  "promql/dead-selector",
  "promql/delta-of-counter",
  "promql/division-by-zero",
  "promql/experimental",
  "promql/fragile-topk",
  "promql/lost-label",
  "promql/needless-regex",
  "promql/no-comparison",
  "promql/quantile-bounds",
  "promql/quantile-without-buckets",
  "promql/quantile-without-le",
  "promql/quantile-without-rate",
  "promql/rate-of-aggregate",
  "promql/rate-of-gauge",
  "promql/short-range",
  "promql/unknown-label",
  "promql/unknown-metric",
  "promql/vector-matching",
  "template/dropped-label",
  "template/format",
  "template/not-in-braces",
  "template/value-in-label",
] as const;
export type SuppressibleCheck = (typeof suppressibleChecks)[number];

/** Checks that a rule is let off, each with the reason, which stays in the code. */
export type Suppressions = Readonly<Partial<Record<SuppressibleCheck, string>>>;

export const isSuppressible = (id: string): id is SuppressibleCheck => suppressibleChecks.some((known) => known === id);
