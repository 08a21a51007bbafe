import Big from "big.js";
import { formatDuration } from "../../languages/promql/durations";
import { isLogical, type LogicalOperator } from "../../model/condition";
import {
  type DefiniteCondition,
  expandBurnRate,
  type LogicalCondition,
  labelsOfCondition,
  leavesOf,
} from "../../model/definite-condition";
import { parseDuration } from "../../model/duration";
import { plain, type Quantity } from "../../model/quantity";
import { fail, never, ok, type Result } from "../../model/result";
import { both, comparable, compileTerm, map } from "./compile";
import { recordedBurnRate } from "./recorded-objective";
import { compileSelection, type PromqlScope } from "./selector";

type OfKind<K extends DefiniteCondition["kind"]> = Extract<DefiniteCondition, { kind: K }>;

/** Points that a baseline is made of: an hour apart within a week. More cost Prometheus time and change the deviation little. */
const baselinePoints = 168;

function compileAnomaly(
  { expression, baseline, deviations, direction }: OfKind<"anomaly">,
  scope: PromqlScope,
): Result<string> {
  return map(both(compileTerm(expression, scope), parseDuration(baseline)), ([{ text }, seconds]) => {
    const step = Math.max(60, Math.round(seconds / baselinePoints));
    const range = `(${text})[${formatDuration(seconds)}:${formatDuration(step)}]`;
    const usual = `avg_over_time(${range})`;
    const deviation = `stddev_over_time(${range})`;
    const bound = `${plain(new Big(deviations))} * (${deviation} > 0)`;
    const left = `(${text})`;
    switch (direction) {
      case "above":
        return `${left} > ${usual} + ${bound}`;
      case "below":
        return `${left} < ${usual} - ${bound}`;
      case "either":
        return `${left} > ${usual} + ${bound} or ${left} < ${usual} - ${bound}`;
      default:
        return never(direction);
    }
  });
}

/** Labels that only the author of a raw condition knows are taken for none: it then decides for all series at once. */
const keptLabels = (condition: DefiniteCondition): readonly string[] => labelsOfCondition(condition) ?? [];

/**
 * Whether the series of a condition have labels that the tree does not know: `absent()` makes some of its matchers, and what is
 * recorded of an objective has the objective's.
 */
const hasOwnLabels = (condition: DefiniteCondition): boolean =>
  leavesOf(condition).some(({ kind }) => kind === "absent" || kind === "raw" || kind === "burn-rate");

/** How the series of both sides find each other, or why they never do (Prometheus, Operators, "Vector matching"). */
function matchingOf({ kind, left, right }: LogicalCondition): Result<string> {
  const [ours, theirs] = [keptLabels(left), keptLabels(right)];
  const lost = theirs.filter((label) => !ours.includes(label));
  const alike = lost.length === 0 && ours.length === theirs.length;
  if (lost.length > 0 || (kind === "or" && !alike)) {
    const apart = lost.length > 0 ? lost : ours.filter((label) => !theirs.includes(label));
    return fail(
      `only one side of "${kind}" is kept apart by ${apart.join(", ")}, so that the two never meet; keep both apart by the same labels`,
    );
  }
  return ok(alike && !hasOwnLabels(left) && !hasOwnLabels(right) ? "" : ` on (${theirs.join(", ")})`);
}

/** How tightly an operator binds (Prometheus, Operators, "Binary operator precedence"). */
const bindingOf: Readonly<Record<LogicalOperator, number>> = { or: 1, and: 2, unless: 2 };

/** An operand in the place where it stands; a raw one may be anything. */
function operandText(condition: DefiniteCondition, text: string, binding: number): string {
  const needsParentheses =
    condition.kind === "raw" ||
    (condition.kind === "anomaly" && condition.direction === "either") ||
    condition.kind === "outside" ||
    condition.kind === "burn-rate" ||
    (isLogical(condition) && bindingOf[condition.kind] < binding);
  return needsParentheses ? `(${text})` : text;
}

function compileLogical(condition: LogicalCondition, scope: PromqlScope): Result<string> {
  const { kind, left, right } = condition;
  const sides = both(compileCondition(left, scope), compileCondition(right, scope));
  return map(both(sides, matchingOf(condition)), ([[ours, theirs], matching]) => {
    const binding = bindingOf[kind];
    return `${operandText(left, ours, binding)} ${kind}${matching} ${operandText(right, theirs, binding + 1)}`;
  });
}

/**
 * A condition as the PromQL of an alert rule. A raw condition stays as it is.
 * Errors: those of `compilePromql`, sides of a logical operator that never meet, and a condition in Datadog's language.
 */
export function compileCondition(condition: DefiniteCondition, scope: PromqlScope): Result<string> {
  switch (condition.kind) {
    case "compare": {
      const { expression, comparison, threshold } = condition;
      return map(compileTerm(expression, scope), (term) => {
        const { left, limit } = comparable(term, expression, threshold);
        return `${left.text} ${comparison} ${limit}`;
      });
    }
    case "outside": {
      const { expression } = condition;
      return map(compileTerm(expression, scope), (term) => {
        const beyond = (comparison: "<" | ">", end: Quantity): string => {
          const { left, limit } = comparable(term, expression, end);
          return `${left.text} ${comparison} ${limit}`;
        };
        return `${beyond("<", condition.low)} or ${beyond(">", condition.high)}`;
      });
    }
    case "absent": {
      const suffix = condition.of.metric.type === "histogram" ? "_count" : "";
      return map(compileSelection(condition.of, suffix, scope), (series) => `absent(${series})`);
    }
    case "anomaly":
      return compileAnomaly(condition, scope);
    case "burn-rate":
      return scope.recorded === true
        ? ok(recordedBurnRate(condition, scope.service))
        : compileLogical(expandBurnRate(condition), scope);
    case "and":
    case "or":
    case "unless":
      return compileLogical(condition, scope);
    case "raw":
      return condition.language === "promql"
        ? ok(condition.text)
        : fail(`Prometheus cannot evaluate a Datadog query; datadog can (evaluator: "datadog")`);
    default:
      return never(condition);
  }
}
