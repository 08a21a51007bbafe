import { DATADOG_LIMITS } from "./limits";

/** One documented rule about names: data, so that a page or a report can list what is checked and why. */
export interface NameRule {
  readonly id: string;
  /** What the name must be, ending a sentence that begins with the name. */
  readonly must: string;
  /** Page and section of Datadog's documentation. */
  readonly source: string;
  readonly holds: (name: string) => boolean;
}

const NAMING = "Datadog documentation: Custom Metrics, Naming custom metrics";
const TAGS = "Datadog documentation: Getting started with tags, Defining tags";

/** Characters, counted as people do: a letter outside the basic plane is one. */
const characters = (name: string) => (name.length <= DATADOG_LIMITS.tagLength ? name.length : [...name].length);

/** Rules of a metric name. Names are case-sensitive. */
export const METRIC_NAME_RULES: readonly NameRule[] = [
  {
    id: "metric-name-start",
    must: "must start with a letter",
    source: NAMING,
    holds: (name) => /^[A-Za-z]/.test(name),
  },
  {
    id: "metric-name-characters",
    must: "must have only ASCII letters, digits, underscores and periods: Datadog stores any other character as _",
    source: NAMING,
    holds: (name) => /^[\w.]*$/.test(name),
  },
  {
    id: "metric-name-length",
    must: `must not exceed ${DATADOG_LIMITS.metricNameLength} characters`,
    source: NAMING,
    holds: (name) => characters(name) <= DATADOG_LIMITS.metricNameLength,
  },
];

/** Rules of a whole tag, `key:value` or a bare value. Upper case is not refused: Datadog compares tags in lower case. */
export const TAG_RULES: readonly NameRule[] = [
  { id: "tag-start", must: "must start with a letter", source: TAGS, holds: (tag) => /^\p{L}/u.test(tag) },
  {
    id: "tag-characters",
    must: "must have only letters, digits and _ - : . /, for Datadog stores any other character as _",
    source: TAGS,
    holds: (tag) => /^[\p{L}\p{M}\p{N}_\-:./]*$/u.test(tag),
  },
  { id: "tag-end", must: "must not end with a colon", source: TAGS, holds: (tag) => !tag.endsWith(":") },
  {
    id: "tag-length",
    must: `must not exceed ${DATADOG_LIMITS.tagLength} characters`,
    source: TAGS,
    holds: (tag) => characters(tag) <= DATADOG_LIMITS.tagLength,
  },
];

/** Rules of a tag's key alone, as in `by {…}`: a tag's rules, and no colon, since the key ends at the first one. */
export const TAG_KEY_RULES: readonly NameRule[] = [
  ...TAG_RULES.filter((rule) => rule.id !== "tag-end"),
  { id: "tag-key-colon", must: "must not have a colon", source: TAGS, holds: (key) => !key.includes(":") },
];

/** What a name is used as. */
export type NameKind = "metric" | "tag" | "tag key";

/** A name that breaks a rule. */
export interface NameProblem {
  readonly kind: NameKind;
  readonly name: string;
  readonly rule: NameRule;
  /** One sentence with the name in it. */
  readonly message: string;
}

const RULES = {
  metric: METRIC_NAME_RULES,
  tag: TAG_RULES,
  "tag key": TAG_KEY_RULES,
} as const satisfies Record<NameKind, readonly NameRule[]>;

const shown = (name: string) => (name.length > 80 ? `${name.slice(0, 80)}…` : name);

/** Every rule that one name breaks. */
export function checkDatadogName(kind: NameKind, name: string): readonly NameProblem[] {
  return RULES[kind]
    .filter((rule) => !rule.holds(name))
    .map((rule) => ({ kind, name, rule, message: `The ${kind} "${shown(name)}" ${rule.must}.` }));
}

/** The names of a query, a telemetry contract or a monitor's tags, to be held against Datadog's rules. */
export interface DatadogNames {
  readonly metrics?: readonly string[];
  /** Whole tags, `key:value` or bare. */
  readonly tags?: readonly string[];
  readonly tagKeys?: readonly string[];
}

/** Every broken rule of every name, in the order given. */
export function checkDatadogNames(names: DatadogNames): readonly NameProblem[] {
  return [
    ...(names.metrics ?? []).flatMap((name) => checkDatadogName("metric", name)),
    ...(names.tags ?? []).flatMap((name) => checkDatadogName("tag", name)),
    ...(names.tagKeys ?? []).flatMap((name) => checkDatadogName("tag key", name)),
  ];
}

/**
 * As {@link checkDatadogName} for a tag or key in a filter, where `*` stands for any characters and, in a dashboard, `$name`
 * for a template variable.
 */
export function checkDatadogPattern(kind: "tag" | "tag key", pattern: string): readonly NameProblem[] {
  const sample = pattern.replace(/[*$]/g, "x");
  return checkDatadogName(kind, sample).map((problem) => ({
    ...problem,
    name: pattern,
    message: `The ${kind} "${shown(pattern)}" ${problem.rule.must}.`,
  }));
}
