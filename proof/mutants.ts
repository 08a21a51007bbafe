import type { PrometheusRule } from "../constructs/prometheus/rules";
import { prometheusRule } from "../constructs/prometheus/rules";
import type { AlertRule } from "../model/alert-rule";
import type { Comparison } from "../model/comparison";
import type { AnomalyDirection, LogicalOperator } from "../model/condition";
import { type DefiniteCondition, expandBurnRate, labelsOfCondition } from "../model/definite-condition";
import { type Expression, groupedBy, type LabelMatcher, type Selection } from "../model/expression";
import type { Quantity } from "../model/quantity";
import { never } from "../model/result";
import { matchersIn } from "./cells";
import { absentSelections, comparedExpressions, leafExpressions } from "./leaves";

/** A rule with one mistake in it, such as people make. */
export interface Mutant {
  /** What is wrong with it. */
  readonly what: string;
  readonly rule: PrometheusRule;
}

/** A mistake that is none, and why. */
export interface Equivalent {
  readonly what: string;
  readonly reason: string;
}

const flipped: Readonly<Record<Comparison, Comparison>> = { ">": "<", ">=": "<=", "<": ">", "<=": ">=" };
const swapped: Readonly<Record<LogicalOperator, LogicalOperator>> = { and: "or", or: "and", unless: "and" };
const turned: Readonly<Record<AnomalyDirection, AnomalyDirection>> = {
  above: "below",
  below: "above",
  either: "above",
};

const doubled = (quantity: Quantity): Quantity => ({ ...quantity, value: quantity.value.times(2) });

/** A condition with a mistake in it. */
interface Changed {
  readonly what: string;
  readonly condition: DefiniteCondition;
}

/** The condition with one of its parts changed, for every mistake of that part. */
function mistakesIn(condition: DefiniteCondition): readonly Changed[] {
  switch (condition.kind) {
    case "compare":
      return [
        { what: "threshold twice as high", condition: { ...condition, threshold: doubled(condition.threshold) } },
        { what: "comparison flipped", condition: { ...condition, comparison: flipped[condition.comparison] } },
      ];
    case "outside": {
      const { expression, low, high } = condition;
      const within = (comparison: Comparison, threshold: Quantity): DefiniteCondition => ({
        kind: "compare",
        expression,
        comparison,
        threshold,
      });
      return [
        { what: "lower end twice as high", condition: { ...condition, low: doubled(low) } },
        { what: "upper end twice as high", condition: { ...condition, high: doubled(high) } },
        { what: "upper end forgotten", condition: within("<", low) },
        { what: "lower end forgotten", condition: within(">", high) },
      ];
    }
    case "anomaly":
      return [
        { what: "twice the deviations", condition: { ...condition, deviations: condition.deviations * 2 } },
        { what: "direction turned", condition: { ...condition, direction: turned[condition.direction] } },
      ];
    case "burn-rate": {
      const both = expandBurnRate(condition);
      return [
        { what: "factor twice as high", condition: { ...condition, factor: condition.factor.times(2) } },
        { what: "and swapped for or", condition: { ...both, kind: "or" } },
        { what: "long window forgotten", condition: both.right },
        { what: "short window forgotten", condition: both.left },
        ...mistakesIn(both.left)
          .slice(1)
          .map(({ what, condition: left }) => ({ what, condition: { ...both, left } })),
      ];
    }
    case "absent":
    case "raw":
      return [];
    case "and":
    case "or":
    case "unless": {
      const { kind, left, right } = condition;
      return [
        ...mistakesIn(left).map(({ what, condition: changed }) => ({
          what,
          condition: { ...condition, left: changed },
        })),
        ...mistakesIn(right).map(({ what, condition: changed }) => ({
          what,
          condition: { ...condition, right: changed },
        })),
        { what: `${kind} swapped for ${swapped[kind]}`, condition: { ...condition, kind: swapped[kind] } },
      ];
    }
    default:
      return never(condition);
  }
}

/** The expression with every selection changed. */
function selecting(expression: Expression, change: (selection: Selection) => Selection): Expression {
  switch (expression.kind) {
    case "value":
    case "rate":
    case "increase":
    case "quantile":
    case "fraction":
    case "forecast":
      return { ...expression, of: change(expression.of) };
    case "time-share":
    case "complement":
      return { ...expression, of: selecting(expression.of, change) };
    case "ratio":
      return {
        ...expression,
        numerator: selecting(expression.numerator, change),
        denominator: selecting(expression.denominator, change),
      };
    case "log-count":
      return expression;
    default:
      return never(expression);
  }
}

/** The condition with every expression and every selection changed. */
function throughout(
  condition: DefiniteCondition,
  change: {
    readonly expression: (expression: Expression) => Expression;
    readonly selection: (of: Selection) => Selection;
  },
): DefiniteCondition {
  switch (condition.kind) {
    case "compare":
    case "outside":
    case "anomaly":
      return { ...condition, expression: change.expression(condition.expression) };
    case "absent":
      return { ...condition, of: change.selection(condition.of) };
    case "burn-rate":
      return throughout(expandBurnRate(condition), change);
    case "and":
    case "or":
    case "unless":
      return { ...condition, left: throughout(condition.left, change), right: throughout(condition.right, change) };
    case "raw":
      return condition;
    default:
      return never(condition);
  }
}

const without =
  (matcher: LabelMatcher) =>
  (of: Selection): Selection => ({
    ...of,
    where: of.where.filter((own) => JSON.stringify(own) !== JSON.stringify(matcher)),
  });

const matcherText = (matcher: LabelMatcher): string =>
  matcher.kind === "one-of" ? matcher.values.join("|") : matcher.value;

function labelMistakes(condition: DefiniteCondition): readonly Changed[] {
  const selections = [
    ...comparedExpressions(condition)
      .flatMap(leafExpressions)
      .map(({ of }) => of),
    ...absentSelections(condition),
  ];
  const dropped = matchersIn(selections).map((matcher): Changed => {
    const selection = without(matcher);
    return {
      what: `matcher of ${matcher.label} (${matcherText(matcher)}) dropped`,
      condition: throughout(condition, { selection, expression: (expression) => selecting(expression, selection) }),
    };
  });
  const groups = (labelsOfCondition(condition) ?? []).map(
    (label): Changed => ({
      what: `label ${label} dropped`,
      condition: throughout(condition, {
        selection: (of) => of,
        expression: (expression) => ungrouped(expression, label),
      }),
    }),
  );
  return [...dropped, ...groups];
}

/** The expression without one of the labels that keep its values apart, on both sides of a ratio. */
function ungrouped(expression: Expression, label: string): Expression {
  switch (expression.kind) {
    case "ratio":
      return {
        ...expression,
        numerator: ungrouped(expression.numerator, label),
        denominator: ungrouped(expression.denominator, label),
      };
    case "complement":
    case "time-share":
      return { ...expression, of: ungrouped(expression.of, label) };
    case "log-count":
      return expression;
    case "value":
    case "rate":
    case "increase":
    case "quantile":
    case "fraction":
    case "forecast":
      return groupedBy(
        expression,
        expression.by.filter((known) => known !== label),
      );
    default:
      return never(expression);
  }
}

/** Mistakes in a rule that is written already: what its text alone shows. */
function textMistakes(rule: PrometheusRule, { service, condition }: AlertRule): readonly Mutant[] {
  const { expr } = rule;
  const own = `job="${service}"`;
  const anyJob = expr.replaceAll(`{${own}}`, "").replaceAll(`{${own},`, "{");
  const foreign: readonly Mutant[] = expr.includes(own)
    ? [{ what: "series of every service", rule: { ...rule, expr: anyJob } }]
    : [];
  if (condition.kind !== "raw") return foreign;
  const [, start, operator, number] = /^(.*?)(<=|>=|<|>)\s*(\d+(?:\.\d+)?)\s*$/s.exec(expr) ?? [];
  if (start === undefined || operator === undefined || number === undefined) return foreign;
  const other = operator.startsWith(">") ? operator.replace(">", "<") : operator.replace("<", ">");
  return [
    { what: "threshold twice as high", rule: { ...rule, expr: `${start}${operator} ${Number(number) * 2}` } },
    { what: "comparison flipped", rule: { ...rule, expr: `${start}${other} ${number}` } },
    ...foreign,
  ];
}

/** Seconds that a rule without `for` or `keep_firing_for` waits when somebody adds it. */
const added = 300;

/**
 * A rule with one mistake each: thresholds twice as high, comparisons flipped, `for` doubled or forgotten, a matcher or a label that
 * keeps values apart dropped, the logical operators swapped. A test that is worth its name fails for each of them.
 */
export function mutantsOf(rule: AlertRule): {
  readonly mutants: readonly Mutant[];
  readonly equivalent: readonly Equivalent[];
} {
  const original = prometheusRule(rule);
  if (!original.ok) return { mutants: [], equivalent: [] };
  const { condition, forSeconds, keepFiringSeconds } = rule;
  const wholes: readonly { readonly what: string; readonly rule: AlertRule }[] = [
    ...[...mistakesIn(condition), ...labelMistakes(condition)].map(({ what, condition: changed }) => ({
      what,
      rule: { ...rule, condition: changed },
    })),
    forSeconds === 0
      ? { what: "for added", rule: { ...rule, forSeconds: added } }
      : { what: "for doubled", rule: { ...rule, forSeconds: forSeconds * 2 } },
    ...(forSeconds === 0 ? [] : [{ what: "for forgotten", rule: { ...rule, forSeconds: 0 } }]),
    keepFiringSeconds === 0
      ? { what: "keep_firing_for added", rule: { ...rule, keepFiringSeconds: added } }
      : { what: "keep_firing_for forgotten", rule: { ...rule, keepFiringSeconds: 0 } },
  ];
  const mutants: Mutant[] = [];
  const equivalent: Equivalent[] = [];
  for (const { what, rule: changed } of wholes) {
    const rendered = prometheusRule(changed);
    if (!rendered.ok) equivalent.push({ what, reason: `refused before it is rendered: ${rendered.error}` });
    else mutants.push({ what, rule: rendered.value });
  }
  const all = [...mutants, ...textMistakes(original.value, rule)];
  const same = (mutant: Mutant): boolean => JSON.stringify(mutant.rule) === JSON.stringify(original.value);
  return {
    mutants: all.filter((mutant) => !same(mutant)),
    equivalent: [
      ...equivalent,
      ...all.filter(same).map(({ what }) => ({ what, reason: "it is the same rule: twice nothing is nothing" })),
    ],
  };
}
