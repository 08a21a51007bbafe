import type { LabelMatcher } from "./query";

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
/** Words that the grammar keeps for itself, in any case: such a series can only be selected by its quoted name. */
const RESERVED = /^(?:inf|nan|bool|ignoring|on|group_left|group_right|offset)$/i;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Any text as a PromQL string literal in double quotes: backslash, quote and newline are escaped, all else stands as it is
 * (Prometheus: querying basics, "String literals"). Right for values and for regular expressions alike, as the escapes are
 * undone before the expression is compiled.
 */
export function quoteLabelValue(value: string): string {
  return `"${value.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}

const formatMatcher = ({ label, op, value }: LabelMatcher): string =>
  `${LABEL_NAME.test(label) ? label : quoteLabelValue(label)}${op}${quoteLabelValue(value)}`;

/** Matchers as `{job="api",code=~"5.."}`, in the given order; nothing at all for none. Names outside the classic alphabet are quoted. */
export function formatMatchers(matchers: readonly LabelMatcher[]): string {
  return matchers.length === 0 ? "" : `{${matchers.map(formatMatcher).join(",")}}`;
}

/** A series selector as PromQL: `up{job="api"}`, or `{"http.requests",job="api"}` for a name outside the classic alphabet. */
export function formatSelector(metric: string, matchers: readonly LabelMatcher[]): string {
  if (METRIC_NAME.test(metric) && !RESERVED.test(metric)) return `${metric}${formatMatchers(matchers)}`;
  return `{${[quoteLabelValue(metric), ...matchers.map(formatMatcher)].join(",")}}`;
}
