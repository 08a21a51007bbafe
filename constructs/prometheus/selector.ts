import { formatSelector } from "../../languages/promql/format";
import type { LabelMatcher as PromqlMatcher } from "../../languages/promql/query";
import type { LabelMatcher, Selection } from "../../model/expression";
import type { MetricDefinition } from "../../model/metric";
import { fail, never, ok, type Result } from "../../model/result";

/** Whose series an expression is about: every selection starts with `job="<service>"`. */
export interface PromqlScope {
  readonly service: string;
  /** Whether the series that are recorded for objectives may be read, as in a rule file that records them. Default: no. */
  readonly recorded?: boolean;
}

/** The part of a histogram that is read: its buckets, or how many observations there were. */
export type SeriesSuffix = "" | "_bucket" | "_count";

/** A text as an RE2 expression for itself. Source: RE2, Syntax, "\\Q…\\E" and escaped punctuation. */
const literalRegex = (text: string): string => text.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");

function matcherOf(matcher: LabelMatcher): Result<PromqlMatcher> {
  const { label } = matcher;
  switch (matcher.kind) {
    case "equals":
      return ok({ label, op: "=", value: matcher.value });
    case "not-equals":
      return ok({ label, op: "!=", value: matcher.value });
    case "starts-with":
      return ok({ label, op: "=~", value: `${literalRegex(matcher.value)}.*` });
    case "one-of":
      // An empty expression would match exactly the series without the label.
      return matcher.values.length === 0
        ? fail(`label "${label}" must be one of no values at all; list at least one`)
        : ok({ label, op: "=~", value: matcher.values.map(literalRegex).join("|") });
    default:
      return never(matcher);
  }
}

function notInPrometheus({ name, datadog, cloudwatch }: MetricDefinition): string {
  const missing = `metric "${name}" is not in Prometheus`;
  if (datadog !== undefined)
    return `${missing} (only in Datadog); evaluate the alert with datadog (evaluator: "datadog")`;
  if (cloudwatch !== undefined)
    return `${missing} (only in CloudWatch); evaluate the alert with cloudwatch (evaluator: "cloudwatch")`;
  return `${missing}; have Prometheus scrape it, or declare its name in Datadog and evaluate the alert with datadog`;
}

/** The series of a selection in PromQL: `http_requests_total{job="shop",status=~"5.*"}`. `more`: matchers beside its own. */
export function compileSelection(
  { metric, where }: Selection,
  suffix: SeriesSuffix,
  scope: PromqlScope,
  more: readonly PromqlMatcher[] = [],
): Result<string> {
  if (!metric.prometheus) return fail(notInPrometheus(metric));
  const matchers: PromqlMatcher[] = [{ label: "job", op: "=", value: scope.service }];
  for (const each of where) {
    const matcher = matcherOf(each);
    if (!matcher.ok) return matcher;
    matchers.push(matcher.value);
  }
  return ok(formatSelector(metric.name + suffix, [...matchers, ...more]));
}
