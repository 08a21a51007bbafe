import type { Diagnostic } from "../diagnostic";
import type { TextSpan } from "./query";

/** What a well-formed query may still get wrong; the ids of the checks, without their family. */
export type PromqlCheck =
  | "counter-without-rate"
  | "dead-join"
  | "dead-selector"
  | "delta-of-counter"
  | "division-by-zero"
  | "fragile-topk"
  | "lost-label"
  | "needless-regex"
  | "no-comparison"
  | "quantile-bounds"
  | "quantile-without-buckets"
  | "quantile-without-le"
  | "quantile-without-rate"
  | "rate-of-aggregate"
  | "rate-of-gauge"
  | "short-range"
  | "unknown-label"
  | "unknown-metric"
  | "vector-matching";

/** Something wrong at one place of a query that parses. */
export interface PromqlProblem extends Diagnostic {
  readonly check: PromqlCheck;
}

/** A problem at a place of the query. */
export const problem = (check: PromqlCheck, { offset, length }: TextSpan, message: string): PromqlProblem => ({
  check,
  message,
  offset,
  length,
});
