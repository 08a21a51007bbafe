import type { PromqlDiagnostic } from "../languages/promql/parse";
import type { PromqlCheck } from "../languages/promql/problem";
import type { Rule } from "./rule";

/** What is told of a rule: its levels in the catalog and in rule files from elsewhere, why, and what to do. */
type Told = readonly [level: Rule["level"], inFiles: Rule["level"], reason: string, fix: string];

/** Names the checks of one family. */
export function familyOf<K extends string>(family: string, checks: Readonly<Record<K, Told>>): (check: K) => Rule {
  const made = new Map<string, Rule>();
  return (check) => {
    const known = made.get(check);
    if (known !== undefined) return known;
    const [level, inFiles, reason, fix] = checks[check];
    const rule = { id: `${family}/${check}`, level, inFiles, reason, fix };
    made.set(check, rule);
    return rule;
  };
}

export type PromqlRuleName = PromqlCheck | PromqlDiagnostic["rule"] | "experimental";

const checks: Readonly<Record<PromqlRuleName, Told>> = {
  "counter-without-rate": [
    "error",
    "warning",
    "The level of a counter tells how long a process has run, not how it fares; an alert on it fires for ever or never.",
    "compare rate() or increase() of it",
  ],
  "dead-join": [
    "error",
    "warning",
    "Two sides that can never match make an alert that never fires, without any error to see.",
    "match on labels that both sides have, with the same values",
  ],
  "dead-selector": [
    "error",
    "warning",
    "Matchers that contradict each other select nothing, so that the alert never fires.",
    "take one of the two matchers out",
  ],
  "delta-of-counter": [
    "error",
    "warning",
    "To a function for gauges, each restart of a process looks like a great fall of its counters.",
    "use rate() or increase()",
  ],
  "division-by-zero": [
    "warning",
    "warning",
    "Nothing divided by nothing is not a number: below every threshold and above none, and whatever is averaged with it is lost.",
    "ask for a denominator above 0, as in a / (b > 0), or for traffic, as in a / b < 0.9 and b > 0",
  ],
  experimental: [
    "warning",
    "warning",
    "A server without the feature flag refuses the whole rule file; managed services such as AMP leave the flags off.",
    "use what every server knows, or start Prometheus with the feature flag",
  ],
  "fragile-topk": [
    "warning",
    "warning",
    'Which series topk picks changes from one evaluation to the next, so that "for" starts anew and alerts resolve and fire again.',
    "compare every series with a threshold, or aggregate what topk picked",
  ],
  "lost-label": [
    "error",
    "warning",
    "A label that an aggregation inside has taken away groups by nothing.",
    "keep the label in the aggregation inside, or leave it out",
  ],
  "needless-regex": [
    "warning",
    "warning",
    "A regular expression where a plain value would do is slower, and reads as if more were meant than is.",
    "match the plain value with = or !=",
  ],
  "no-comparison": [
    "error",
    "warning",
    "An alert expression without a comparison fires whenever there is data.",
    "end it in a comparison, such as > 0.05",
  ],
  "quantile-bounds": [
    "error",
    "warning",
    "A quantile beyond 0 and 1 is infinite, so that the alert fires always or never.",
    "write the quantile as a share, such as 0.95",
  ],
  "quantile-without-buckets": [
    "error",
    "warning",
    "A quantile is computed of the buckets of a histogram; of other series there is none.",
    "use the _bucket series of a histogram",
  ],
  "quantile-without-le": [
    "error",
    "warning",
    "Without the label le the buckets cannot be told apart, and there is no quantile.",
    "keep le in the aggregation, as in sum by (le) (…)",
  ],
  "quantile-without-rate": [
    "error",
    "warning",
    "Without rate() a quantile covers everything since the process started, and hardly moves in an incident.",
    "take the rate() of the buckets first",
  ],
  "rate-of-aggregate": [
    "error",
    "warning",
    "An aggregation hides which of its counters started anew, so that each restart looks like a burst.",
    "take the rate first, as in sum(rate(…))",
  ],
  "rate-of-gauge": [
    "error",
    "warning",
    "To a function for counters, each fall of a gauge looks like a restart, so that the result is of nothing.",
    "use delta() or deriv()",
  ],
  regex: [
    "error",
    "error",
    "A regular expression that RE2 does not know is refused by Prometheus, and with it the whole rule file.",
    "correct the regular expression; the syntax is that of RE2",
  ],
  "short-range": [
    "warning",
    "warning",
    "A range that holds fewer than two samples has no rate: the alert is blind whenever one scrape comes late or fails.",
    "take a range of four scrape intervals or more",
  ],
  syntax: [
    "error",
    "error",
    "A query that does not parse is refused by Prometheus, and with it the whole rule file.",
    "correct the query",
  ],
  "too-large": [
    "error",
    "warning",
    "A query of this size cannot be checked here, and nobody can read it.",
    "split it into recording rules",
  ],
  type: [
    "error",
    "error",
    "An expression of the wrong type is refused by Prometheus, and with it the whole rule file.",
    "give each function and operator the type that it takes",
  ],
  "unknown-label": [
    "error",
    "warning",
    "A label that no series has selects nothing, or groups by nothing.",
    "use a label of the service's telemetry",
  ],
  "unknown-metric": [
    "error",
    "warning",
    "A query of series that nobody emits never has data.",
    "use a metric of the service's telemetry, or declare it there",
  ],
  "vector-matching": [
    "error",
    "warning",
    "Two sides with different labels never match, so that the alert never fires, without any error to see.",
    "aggregate both sides alike, or say on(…) or ignoring(…) what to match",
  ],
};

/** The rule of a check of PromQL. */
export const promqlRule = familyOf("promql", checks);

const isName = (name: string): name is PromqlRuleName => Object.hasOwn(checks, name);

/** Every rule of this family. */
export const rules: readonly Rule[] = Object.keys(checks).filter(isName).map(promqlRule);
