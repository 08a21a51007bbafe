import { never } from "./result";

/**
 * What is asked of one label of an alert. As in Prometheus, a label that is missing and one that is empty are the same.
 * Each backend that routes or mutes by labels writes it in its own language.
 */
export type LabelMatcher =
  | { readonly kind: "one-of"; readonly label: string; readonly values: readonly string[] }
  | { readonly kind: "none-of"; readonly label: string; readonly values: readonly string[] }
  | { readonly kind: "present"; readonly label: string }
  | { readonly kind: "absent"; readonly label: string };

export type Labels = Readonly<Record<string, string>>;

export const oneOfLabel = (label: string, ...values: readonly string[]): LabelMatcher => ({
  kind: "one-of",
  label,
  values,
});
export const noneOfLabel = (label: string, ...values: readonly string[]): LabelMatcher => ({
  kind: "none-of",
  label,
  values,
});
export const presentLabel = (label: string): LabelMatcher => ({ kind: "present", label });
export const absentLabel = (label: string): LabelMatcher => ({ kind: "absent", label });

function matches(matcher: LabelMatcher, labels: Labels): boolean {
  const value = labels[matcher.label] ?? "";
  switch (matcher.kind) {
    case "one-of":
      return matcher.values.includes(value);
    case "none-of":
      return !matcher.values.includes(value);
    case "present":
      return value !== "";
    case "absent":
      return value === "";
    default:
      return never(matcher);
  }
}

/** Whether labels meet all that is asked of them. */
export const matchesAll = (matchers: readonly LabelMatcher[], labels: Labels): boolean =>
  matchers.every((matcher) => matches(matcher, labels));
