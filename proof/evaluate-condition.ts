import { compares } from "../model/comparison";
import {
  type DefiniteCondition,
  expandBurnRate,
  type LogicalCondition,
  labelsOfCondition,
  type Subject,
  subjectOf,
} from "../model/definite-condition";
import { parseDuration } from "../model/duration";
import type { Selection } from "../model/expression";
import { checked, never } from "../model/result";
import { matchesAll } from "../model/selection-match";
import {
  type Evaluated,
  type EvaluationOptions,
  evaluateAt,
  type Moment,
  momentOf,
  momentsOf,
  perSecond,
  valuesOver,
} from "./evaluate-expression";
import { spreadOf } from "./range-functions";
import { burning } from "./recorded";
import { type Labels, labelsKey, pick, type Series, valueAt } from "./series";

/** A label set for which a condition holds, with the value that its alert reports. */
export interface Held extends Evaluated {
  /** What the value measures: that of the part which holds; undefined for an absence. */
  readonly measures: Subject | undefined;
}

type OfKind<K extends DefiniteCondition["kind"]> = Extract<DefiniteCondition, { kind: K }>;

/** Seconds between the points of a baseline: a 168th of it, an hour within a week, and a minute at the least. */
export const baselineStep = (seconds: number): number => Math.max(60, Math.round(seconds / 168));

function evaluateAnomaly(
  { expression, deviations, direction, baseline }: OfKind<"anomaly">,
  moment: Moment,
): readonly Evaluated[] {
  const seconds = checked(parseDuration(baseline));
  const usual = valuesOver(expression, momentsOf(moment, seconds, baselineStep(seconds)));
  return evaluateAt(expression, moment).filter(({ labels, value }) => {
    const { values } = usual.get(labelsKey(labels)) ?? { values: [] };
    const { mean, deviation } = spreadOf(values);
    if (!(deviation > 0)) return false;
    const above = value > mean + deviations * deviation;
    const below = value < mean - deviations * deviation;
    switch (direction) {
      case "above":
        return above;
      case "below":
        return below;
      case "either":
        return above || below;
      default:
        return never(direction);
    }
  });
}

/** Labels that are known though no series is there: those that a matcher pins (Prometheus, Query functions, "absent"). */
export function labelsOfAbsence({ where }: Selection, service?: string): Labels {
  const pinned: readonly (readonly [string, string])[] = [
    ...(service === undefined ? [] : [["job", service] as const]),
    ...where.flatMap((matcher) => (matcher.kind === "equals" ? [[matcher.label, matcher.value] as const] : [])),
  ];
  const once = pinned.filter(([label]) => where.filter((matcher) => matcher.label === label).length < 2);
  return Object.fromEntries(once.filter(([, value]) => value !== ""));
}

const keptLabels = (condition: DefiniteCondition): readonly string[] => labelsOfCondition(condition) ?? [];

function evaluateLogical({ kind, left, right }: LogicalCondition, at: Holding): readonly Held[] {
  const [ours, theirs] = [holds(left, at), holds(right, at)];
  const on = keptLabels(right);
  const keyOf = ({ labels }: Evaluated): string => labelsKey(pick(labels, on));
  const [ourKeys, theirKeys] = [ours, theirs].map((values) => new Set(values.map(keyOf)));
  switch (kind) {
    case "and":
      return ours.filter((value) => theirKeys?.has(keyOf(value)));
    case "unless":
      return ours.filter((value) => !theirKeys?.has(keyOf(value)));
    case "or":
      return [...ours, ...theirs.filter((value) => !ourKeys?.has(keyOf(value)))];
    default:
      return never(kind);
  }
}

/** What a condition is evaluated with, beside its tree. */
export interface ConditionOptions extends EvaluationOptions {
  /**
   * What deployed rules record of objectives (`recordedOf`), which burn rates then read. Default: burn rates read the series that are
   * recorded from, as in a backend that records nothing.
   */
  readonly recorded?: readonly Series[];
}

interface Holding {
  readonly moment: Moment;
  readonly service: string | undefined;
  readonly recorded: readonly Series[] | undefined;
}

function holds(condition: DefiniteCondition, at: Holding): readonly Held[] {
  const measured = (found: readonly Evaluated[]): readonly Held[] => {
    const measures = subjectOf(condition);
    return found.map((value) => ({ ...value, measures }));
  };
  const { moment, service } = at;
  switch (condition.kind) {
    case "compare": {
      const { expression, comparison, threshold } = condition;
      const bound = perSecond(threshold);
      return measured(evaluateAt(expression, moment).filter(({ value }) => compares(value, comparison, bound)));
    }
    case "outside": {
      const [low, high] = [perSecond(condition.low), perSecond(condition.high)];
      return measured(evaluateAt(condition.expression, moment).filter(({ value }) => value < low || value > high));
    }
    case "absent": {
      const { metric, where } = condition.of;
      const name = metric.name + (metric.type === "histogram" ? "_count" : "");
      const there = moment.series.some(
        (series) =>
          series.metric === name &&
          matchesAll(where, series.labels) &&
          valueAt(series, moment.time, moment.closed) !== undefined,
      );
      return there ? [] : measured([{ labels: labelsOfAbsence(condition.of, service), value: 1 }]);
    }
    case "anomaly":
      return measured(evaluateAnomaly(condition, moment));
    case "burn-rate":
      return at.recorded === undefined
        ? evaluateLogical(expandBurnRate(condition), at)
        : measured(burning(condition, at.recorded, moment));
    case "and":
    case "or":
    case "unless":
      return evaluateLogical(condition, at);
    case "raw":
      throw new Error("a condition in a backend's own language has no meaning outside of it");
    default:
      return never(condition);
  }
}

/**
 * The label sets for which a condition holds at a time, each with the value that its alert reports, in base units; an absence has
 * the value 1, and the labels that its matchers pin. Sides of `and`, `or` and `unless` find each other by the labels that
 * the right one keeps.
 * @throws Error for a raw condition: it has no meaning but in its backend.
 */
export const evaluateCondition = (
  condition: DefiniteCondition,
  series: readonly Series[],
  time: number,
  options: ConditionOptions = {},
): readonly Held[] => {
  const { service, recorded } = options;
  return holds(condition, { moment: momentOf(series, time, options), service, recorded });
};
