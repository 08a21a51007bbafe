import type { DefiniteCondition } from "../../../model/definite-condition";
import { parseDuration } from "../../../model/duration";
import type { Expression } from "../../../model/expression";
import { metricUnits } from "../../../model/metric";
import { parseQuantity, type Quantity, secondsPer } from "../../../model/quantity";
import { checked } from "../../../model/result";
import type { Samples } from "./metric-maths";

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What the samples of a metric's unit in CloudWatch are in the base unit. */
const held = ({ of: { metric } }: Extract<Expression, { readonly of: { readonly metric: unknown } }>): number =>
  Number(metricUnits[metric.cloudwatch?.unit ?? metric.unit].factor);

/** The samples of a metric of the `minutes` that end `ago` minutes before now. */
function within(
  { of: { metric } }: Extract<Expression, { readonly of: { readonly metric: unknown } }>,
  samples: Samples,
  minutes: number,
  ago: number,
): readonly number[] {
  const all = samples[metric.cloudwatch?.name ?? ""] ?? [];
  const end = all.length - ago;
  return all.slice(end - minutes, end).flat();
}

const minutesOf = (window: string): number => checked(parseDuration(window)) / 60;

/**
 * What an expression means, `ago` minutes before now, in base units; undefined where it has no value. A counter's samples are its
 * increments, so that none is no growth; a gauge without samples is unknown.
 */
function valueAt(expression: Expression, samples: Samples, ago: number): number | undefined {
  switch (expression.kind) {
    case "value": {
      const values = within(expression, samples, 1, ago);
      if (values.length === 0) return undefined;
      const combined = {
        avg: () => sum(values) / values.length,
        max: () => Math.max(...values),
        min: () => Math.min(...values),
        sum: () => sum(values),
        count: () => values.length,
      }[expression.aggregation]();
      return combined * held(expression);
    }
    case "rate":
    case "increase": {
      const minutes = minutesOf(expression.window);
      const values = within(expression, samples, minutes, ago);
      const grown = expression.of.metric.type === "histogram" ? values.length : sum(values) * held(expression);
      return expression.kind === "rate" ? grown / (minutes * 60) : grown;
    }
    case "fraction": {
      const values = within(expression, samples, minutesOf(expression.window), ago);
      const bound = checked(parseQuantity(expression.atMost)).value.toNumber() / held(expression);
      return values.length === 0 ? undefined : values.filter((value) => value <= bound).length / values.length;
    }
    case "ratio": {
      const numerator = valueAt(expression.numerator, samples, ago);
      const denominator = valueAt(expression.denominator, samples, ago);
      return numerator === undefined || denominator === undefined || !(denominator > 0)
        ? undefined
        : numerator / denominator;
    }
    case "complement": {
      const of = valueAt(expression.of, samples, ago);
      return of === undefined ? undefined : 1 - of;
    }
    case "quantile":
    case "forecast":
    case "time-share":
    case "log-count":
      throw new Error(`the tests do not evaluate a ${expression.kind}`);
  }
}

const perSecond = ({ value, per }: Quantity): number => value.toNumber() / (per === undefined ? 1 : secondsPer[per]);

/** Whether a condition is true, `ago` minutes before now; never without a value. */
export function holds(condition: DefiniteCondition, samples: Samples, ago: number): boolean {
  switch (condition.kind) {
    case "compare": {
      const value = valueAt(condition.expression, samples, ago);
      const threshold = perSecond(condition.threshold);
      if (value === undefined) return false;
      return {
        ">": value > threshold,
        ">=": value >= threshold,
        "<": value < threshold,
        "<=": value <= threshold,
      }[condition.comparison];
    }
    case "outside": {
      const value = valueAt(condition.expression, samples, ago);
      return value !== undefined && (value < perSecond(condition.low) || value > perSecond(condition.high));
    }
    case "absent":
      return within({ kind: "value", of: condition.of, aggregation: "count", by: [] }, samples, 1, ago).length === 0;
    case "and":
      return holds(condition.left, samples, ago) && holds(condition.right, samples, ago);
    case "or":
      return holds(condition.left, samples, ago) || holds(condition.right, samples, ago);
    case "unless":
      return holds(condition.left, samples, ago) && !holds(condition.right, samples, ago);
    case "anomaly":
    case "burn-rate":
    case "raw":
      throw new Error(`the tests do not evaluate a condition of kind ${condition.kind}`);
  }
}
