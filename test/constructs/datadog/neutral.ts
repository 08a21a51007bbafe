import type { AlertRule } from "../../../model/alert-rule";
import { type DefiniteCondition, expandBurnRate } from "../../../model/definite-condition";
import { type Duration, parseDuration } from "../../../model/duration";
import type { Expression, LabelMatcher, Selection } from "../../../model/expression";
import { secondsPer } from "../../../model/quantity";
import { checked } from "../../../model/result";
import { holds, joined, type Samples } from "./samples";

function matches(matcher: LabelMatcher, tags: Readonly<Record<string, string>>): boolean {
  const value = tags[matcher.label] ?? "";
  switch (matcher.kind) {
    case "equals":
      return value === matcher.value;
    case "not-equals":
      return value !== matcher.value;
    case "starts-with":
      return value.startsWith(matcher.value);
    case "one-of":
      return matcher.values.includes(value);
  }
}

const minutesIn = (window: Duration): number => checked(parseDuration(window)) / 60;

const seriesOf = ({ metric, where }: Selection, samples: Samples) =>
  samples.filter((series) => series.metric === metric.name && where.every((each) => matches(each, series.tags)));

/** What all series of a counter have grown by over a window; nothing where there is no series. */
function growth(of: Selection, window: Duration, samples: Samples, minute: number): number | undefined {
  const from = minute - minutesIn(window) + 1;
  const series = seriesOf(of, samples);
  return joined(
    "sum",
    series.flatMap(({ points }) => points.slice(Math.max(0, from), minute + 1).flatMap((point) => point ?? [])),
  );
}

/** An expression of the model at a minute, in the unit of its metric. */
function valueAt(expression: Expression, samples: Samples, minute: number): number | undefined {
  switch (expression.kind) {
    case "value":
      return joined(
        expression.aggregation,
        seriesOf(expression.of, samples).flatMap(({ points }) => points[minute] ?? []),
      );
    case "rate": {
      const grown = growth(expression.of, expression.window, samples, minute);
      return grown === undefined ? undefined : grown / (minutesIn(expression.window) * 60);
    }
    case "increase":
      return growth(expression.of, expression.window, samples, minute);
    case "ratio": {
      const above = valueAt(expression.numerator, samples, minute);
      const below = valueAt(expression.denominator, samples, minute);
      return above === undefined || below === undefined || below === 0 ? undefined : above / below;
    }
    case "complement": {
      const of = valueAt(expression.of, samples, minute);
      return of === undefined ? undefined : 1 - of;
    }
    case "quantile":
    case "fraction":
    case "forecast":
    case "time-share":
    case "log-count":
      throw new Error(`a ${expression.kind} is not evaluated`);
  }
}

/** Whether a condition is true at a minute, by what the model says that it means. */
function isTrue(condition: DefiniteCondition, samples: Samples, minute: number): boolean {
  switch (condition.kind) {
    case "compare": {
      const { expression, comparison, threshold } = condition;
      const value = valueAt(expression, samples, minute);
      const scale = threshold.per === undefined ? 1 : secondsPer[threshold.per];
      return value !== undefined && holds(comparison, value * scale, Number(threshold.value));
    }
    case "outside": {
      const value = valueAt(condition.expression, samples, minute);
      return value !== undefined && (value < Number(condition.low.value) || value > Number(condition.high.value));
    }
    case "and":
      return isTrue(condition.left, samples, minute) && isTrue(condition.right, samples, minute);
    case "or":
      return isTrue(condition.left, samples, minute) || isTrue(condition.right, samples, minute);
    case "unless":
      return isTrue(condition.left, samples, minute) && !isTrue(condition.right, samples, minute);
    case "burn-rate":
      return isTrue(expandBurnRate(condition), samples, minute);
    case "absent":
    case "anomaly":
    case "raw":
      throw new Error(`${condition.kind} is not evaluated`);
  }
}

/** Whether a rule fires at a minute: its condition has been true for as long as it says. */
export function fires({ condition, forSeconds }: AlertRule, samples: Samples, minute: number): boolean {
  const minutes = Math.max(1, forSeconds / 60);
  return Array.from({ length: minutes }, (_, at) => minute - at).every((each) => isTrue(condition, samples, each));
}
