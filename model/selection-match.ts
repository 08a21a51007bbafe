import type { LabelMatcher } from "./expression";
import type { Labels } from "./label-matcher";
import { never } from "./result";

/** Whether a label has the value that a matcher wants; a label that is not there is empty. */
export function matches(matcher: LabelMatcher, labels: Labels): boolean {
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

/** Whether labels have all that a selection wants. */
export const matchesAll = (where: readonly LabelMatcher[], labels: Labels): boolean =>
  where.every((matcher) => matches(matcher, labels));
