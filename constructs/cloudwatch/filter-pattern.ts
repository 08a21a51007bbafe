import type { LogFilter } from "../../model/log-filter";
import { fail, never, ok, type Result } from "../../model/result";
import { limits } from "./limits";

/** A pattern before it is written down: comparisons joined by the only two operators of the grammar, which has no negation. */
type Pattern =
  | { readonly kind: "term"; readonly text: string }
  | { readonly kind: "&&" | "||"; readonly parts: readonly Pattern[] };

type Value = string | number;

/** The comparison that holds exactly when the other does not, for an event that has the field. */
const opposite = { "=": "!=", ">": "<=", ">=": "<", "<": ">=" } as const;

const operatorOf = { above: ">", "at-least": ">=", below: "<" } as const;

/** How a filter pattern, or a dimension of a metric filter, names a field of a JSON event; a dot enters a nested object. */
export const selector = (field: string): string => `$.${field}`;

/**
 * Why a field cannot be named in a filter pattern, or undefined.
 * Source: CloudWatch Logs, Filter pattern syntax, "property selector" (letters, digits, hyphen and underscore).
 */
export const selectorProblem = (field: string): string | undefined =>
  field.split(".").every((part) => /^[A-Za-z0-9_-]+$/.test(part))
    ? undefined
    : `a filter pattern cannot name the field "${field}": rename it to letters, digits, _ and -, with dots between nested names`;

function valueProblem(field: string, value: Value): string | undefined {
  if (typeof value === "number") {
    return Number.isFinite(value) ? undefined : `"${field}" is compared with ${value}: write a finite number`;
  }
  if (value.includes("*")) {
    return `"${field}" is compared with "${value}", whose * a filter pattern reads as any text: compare it with a value without *`;
  }
  if (/\p{Cc}/u.test(value)) {
    return `"${field}" is compared with a text that holds a control character, which a filter pattern cannot: leave it out`;
  }
  return undefined;
}

const given = (problems: readonly (string | undefined)[]): readonly string[] =>
  problems.filter((problem) => problem !== undefined);

/** Everything in a filter that the grammar cannot say. */
function problemsOf(filter: LogFilter): readonly string[] {
  switch (filter.kind) {
    case "equals":
    case "above":
    case "at-least":
    case "below":
      return given([selectorProblem(filter.field), valueProblem(filter.field, filter.value)]);
    case "one-of":
      return given([
        selectorProblem(filter.field),
        filter.values.length === 0 ? `"${filter.field}" is one of no values: give at least one` : undefined,
        ...filter.values.map((value) => valueProblem(filter.field, value)),
      ]);
    case "exists":
      return given([selectorProblem(filter.field)]);
    case "and":
      return filter.filters.length === 0
        ? ["allOf() of no filters passes every event: give at least one filter"]
        : filter.filters.flatMap(problemsOf);
    case "or":
      return filter.filters.length === 0
        ? ["anyOf() of no filters passes no event: give at least one filter"]
        : filter.filters.flatMap(problemsOf);
    case "not":
      return problemsOf(filter.filter);
    default:
      return never(filter);
  }
}

const term = (text: string): Pattern => ({ kind: "term", text });

/** Joins patterns, without a second level of parentheses where one operator would do. */
function join(operator: "&&" | "||", patterns: readonly Pattern[]): Pattern {
  const parts = patterns.flatMap((part) => (part.kind !== "term" && part.kind === operator ? part.parts : [part]));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: operator, parts };
}

const written = (value: Value): string =>
  typeof value === "number" ? String(value) : `"${value.replace(/["\\]/g, "\\$&")}"`;

/** Events without a value in the field: a comparison, `!=` included, never passes these, so each negation adds them. */
const absent = (field: string): readonly Pattern[] => [
  term(`${selector(field)} NOT EXISTS`),
  term(`${selector(field)} IS NULL`),
];

function compare(field: string, operator: keyof typeof opposite, values: readonly Value[], negated: boolean): Pattern {
  const comparisons = values.map((value) =>
    term(`${selector(field)} ${negated ? opposite[operator] : operator} ${written(value)}`),
  );
  return negated ? join("||", [...absent(field), join("&&", comparisons)]) : join("||", comparisons);
}

/** The pattern of a filter, or of its negation, which is pushed down to the comparisons by De Morgan's laws. */
function patternOf(filter: LogFilter, negated: boolean): Pattern {
  switch (filter.kind) {
    case "equals":
      return compare(filter.field, "=", [filter.value], negated);
    case "one-of":
      return compare(filter.field, "=", filter.values, negated);
    case "above":
    case "at-least":
    case "below":
      return compare(filter.field, operatorOf[filter.kind], [filter.value], negated);
    case "exists":
      return negated ? join("||", absent(filter.field)) : term(`${selector(filter.field)} = *`);
    case "and":
    case "or":
      return join(
        (filter.kind === "and") === negated ? "||" : "&&",
        filter.filters.map((part) => patternOf(part, negated)),
      );
    case "not":
      return patternOf(filter.filter, !negated);
    default:
      return never(filter);
  }
}

const text = (pattern: Pattern): string =>
  pattern.kind === "term" ? pattern.text : pattern.parts.map((part) => `(${text(part)})`).join(` ${pattern.kind} `);

/**
 * The CloudWatch Logs filter pattern, for JSON events, that passes exactly the events that the filter does:
 * `{ ($.level = "ERROR") && ($.duration_ms > 1000) }`.
 *
 * An event that lacks a field, or has null in it, passes no comparison of that field and every negation of one; only text and
 * number fields can be compared.
 *
 * Fails, saying all that is in the way, on a field or value that the grammar has no form for, on an empty list, and when the
 * pattern is longer than 1,024 characters.
 * Source: CloudWatch Logs, "Filter pattern syntax for metric filters", JSON log events and compound expressions.
 */
export function filterPattern(filter: LogFilter): Result<string> {
  const problems = new Set(problemsOf(filter));
  if (problems.size > 0) return fail([...problems].join("; "));
  const pattern = `{ ${text(patternOf(filter, false))} }`;
  return pattern.length > limits.filterPatternLength
    ? fail(
        `its filter pattern would be ${pattern.length} characters long, and ${limits.filterPatternLength} are accepted: compare fewer values, or split it`,
      )
    : ok(pattern);
}
