import type { LabelMatcher, Selection } from "../model/expression";
import { never } from "../model/result";
import type { Labels, SimulatedSeries } from "./series";

function matches(matcher: LabelMatcher, labels: Labels): boolean {
  const value = labels[matcher.label] ?? "";
  switch (matcher.kind) {
    case "equals":
      return value === matcher.value;
    case "not-equals":
      return value !== matcher.value;
    case "starts-with":
      return value.startsWith(matcher.value);
    case "one-of":
      return matcher.values.includes(value);
    default:
      return never(matcher);
  }
}

/** Labels that the target has and the exporter does not write; there is one target per service. */
const ofTarget: ReadonlySet<string> = new Set(["job", "instance"]);

/** Whether a selection finds a series of its service. */
export const finds = ({ metric, where }: Selection, { metric: own, labels }: SimulatedSeries): boolean =>
  metric.name === own.name && where.every((matcher) => ofTarget.has(matcher.label) || matches(matcher, labels));
