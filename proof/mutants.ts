import { recordingsOf } from "../constructs/prometheus/objective-rules";
import { recordedErrorRatio } from "../constructs/prometheus/recorded-objective";
import type { PrometheusRule, RecordingRule } from "../constructs/prometheus/rule-group";
import { prometheusRule } from "../constructs/prometheus/rules";
import type { AlertRule } from "../model/alert-rule";
import type { Comparison } from "../model/comparison";
import type { AnomalyDirection, LogicalOperator } from "../model/condition";
import {
  type BurnRateCondition,
  burningShare,
  type DefiniteCondition,
  labelsOfCondition,
} from "../model/definite-condition";
import type { Duration } from "../model/duration";
import type { LabelMatcher, Selection } from "../model/expression";
import { plain, type Quantity } from "../model/quantity";
import { never, ok, type Result } from "../model/result";
import { matchersIn } from "./cells";
import { absentSelections, comparedExpressions, leafExpressions } from "./leaves";
import { readsNothing } from "./proof";
import { objectivesOf } from "./recorded";
import { selecting, throughout, ungrouped } from "./rewrite";

/** A rule with one mistake in it, such as people make. */
export interface Mutant {
  /** What is wrong with it. */
  readonly what: string;
  readonly rule: PrometheusRule;
  /** What is recorded of the objectives that it reads; the mistake may be in there. */
  readonly recordings: readonly RecordingRule[];
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

/** What people do to a burn rate as it is deployed: it reads what is recorded, over two windows. */
function burnRateMistakes(condition: BurnRateCondition, service: string): readonly Changed[] {
  const { objective, long, short } = condition;
  const limit = plain(burningShare(condition).value);
  const over = (window: Duration, comparison: Comparison): string =>
    `${recordedErrorRatio(service, objective.name, window)} ${comparison} ${limit}`;
  const [ours, theirs] = [over(long, ">"), over(short, ">")];
  return [
    { what: "and swapped for or", condition: promqlOf(`${ours} or ${theirs}`) },
    { what: "long window forgotten", condition: promqlOf(theirs) },
    { what: "short window forgotten", condition: promqlOf(ours) },
    { what: "comparison of the long window flipped", condition: promqlOf(`${over(long, "<")} and ${theirs}`) },
    { what: "comparison of the short window flipped", condition: promqlOf(`${ours} and ${over(short, "<")}`) },
  ];
}

const promqlOf = (text: string): DefiniteCondition => ({ kind: "raw", language: "promql", text });

/** The condition with one of its parts changed, for every mistake of that part. */
function mistakesIn(condition: DefiniteCondition, service: string): readonly Changed[] {
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
    case "burn-rate":
      return [
        { what: "factor twice as high", condition: { ...condition, factor: condition.factor.times(2) } },
        ...burnRateMistakes(condition, service),
      ];
    case "absent":
    case "raw":
      return [];
    case "and":
    case "or":
    case "unless": {
      const { kind, left, right } = condition;
      return [
        ...mistakesIn(left, service).map(({ what, condition: changed }) => ({
          what,
          condition: { ...condition, left: changed },
        })),
        ...mistakesIn(right, service).map(({ what, condition: changed }) => ({
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

/** Mistakes in a rule that is written already: what its text alone shows. */
function textMistakes({ rule, recordings }: Rendered, { service, condition }: AlertRule): readonly Mutant[] {
  const { expr } = rule;
  const own = `job="${service}"`;
  const anyJob = <T extends { readonly expr: string }>(of: T): T => ({
    ...of,
    expr: of.expr.replaceAll(`{${own}}`, "").replaceAll(`{${own},`, "{"),
  });
  const reads = [rule, ...recordings].some((of) => of.expr.includes(own));
  const foreign: readonly Mutant[] = reads
    ? [{ what: "series of every service", rule: anyJob(rule), recordings: recordings.map(anyJob) }]
    : [];
  if (condition.kind !== "raw") return foreign;
  const [, start, operator, number] = /^(.*?)(<=|>=|<|>|==)\s*(\d+(?:\.\d+)?)\s*$/s.exec(expr) ?? [];
  if (start === undefined || operator === undefined || number === undefined) return foreign;
  const other = { ">": "<", ">=": "<=", "<": ">", "<=": ">=", "==": "!=" }[operator] ?? operator;
  return [
    {
      what: "threshold twice as high",
      rule: { ...rule, expr: `${start}${operator} ${Number(number) * 2}` },
      recordings,
    },
    { what: "comparison flipped", rule: { ...rule, expr: `${start}${other} ${number}` }, recordings },
    ...foreign,
  ];
}

type Rendered = Omit<Mutant, "what">;

/** A rule as it is deployed, with what is recorded for it; one that lost its objective still finds that of the condition `before`. */
function rendered(rule: AlertRule, before = rule.condition): Result<Rendered> {
  const { condition, service } = rule;
  const own = objectivesOf(condition);
  const deployed = prometheusRule(rule);
  return deployed.ok
    ? ok({ rule: deployed.value, recordings: recordingsOf(service, own.length > 0 ? own : objectivesOf(before)) })
    : deployed;
}

const keepAdded = "keep_firing_for added";

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
  const original = rendered(rule);
  if (!original.ok) return { mutants: [], equivalent: [] };
  const { condition, forSeconds, keepFiringSeconds, service } = rule;
  const wholes: readonly { readonly what: string; readonly rule: AlertRule }[] = [
    ...[...mistakesIn(condition, service), ...labelMistakes(condition)].map(({ what, condition: changed }) => ({
      what,
      rule: { ...rule, condition: changed },
    })),
    forSeconds === 0
      ? { what: "for added", rule: { ...rule, forSeconds: added } }
      : { what: "for doubled", rule: { ...rule, forSeconds: forSeconds * 2 } },
    ...(forSeconds === 0 ? [] : [{ what: "for forgotten", rule: { ...rule, forSeconds: 0 } }]),
    keepFiringSeconds === 0
      ? { what: keepAdded, rule: { ...rule, keepFiringSeconds: added } }
      : { what: "keep_firing_for forgotten", rule: { ...rule, keepFiringSeconds: 0 } },
  ];
  const mutants: Mutant[] = [];
  const equivalent: Equivalent[] = [];
  for (const { what, rule: changed } of wholes) {
    const mutant = rendered(changed, condition);
    if (!mutant.ok) equivalent.push({ what, reason: `refused before it is rendered: ${mutant.error}` });
    else mutants.push({ what, ...mutant.value });
  }
  const all = [...mutants, ...textMistakes(original.value, rule)];
  // What never ends is not kept firing after its end.
  const endless = (mutant: Mutant): boolean => mutant.what === keepAdded && readsNothing(rule);
  const textOf = ({ rule: deployed, recordings }: Rendered): string => JSON.stringify([deployed, recordings]);
  const same = (mutant: Mutant): boolean => textOf(mutant) === textOf(original.value);
  return {
    mutants: all.filter((mutant) => !same(mutant) && !endless(mutant)),
    equivalent: [
      ...equivalent,
      ...all.filter(same).map(({ what }) => ({ what, reason: "it is the same rule: twice nothing is nothing" })),
      ...all.filter(endless).map(({ what }) => ({ what, reason: "it reads no series, so that it never ends" })),
    ],
  };
}
