import Big from "big.js";
import { arithmetic, type MetricExpression, numberLiteral } from "../../languages/datadog/metric-expression";
import { dimensionOf, type Expression, selectionsOf } from "../../model/expression";
import { plain, type Quantity, secondsPer } from "../../model/quantity";
import { never } from "../../model/result";
import { baseFactor, heldUnit } from "./unit";

/** How a condition's numbers are said to Datadog: what the left side is multiplied by, how a threshold is written, and its unit. */
export interface Scale {
  readonly factor: Big;
  readonly write: (quantity: Quantity) => string;
  /** What a value is followed by in a message. */
  readonly suffix: string;
}

/**
 * Ratios are said in percent, as people read them, and frequencies per the time of the threshold; everything else in the unit in
 * which Datadog holds the metric.
 */
export function scaleOf(expression: Expression, { per = "second" }: Pick<Quantity, "per">): Scale {
  const dimension = dimensionOf(expression);
  const factor = baseFactor(expression);
  const [selection] = selectionsOf(expression);
  switch (dimension) {
    case "ratio":
      return { factor: factor.times(100), write: ({ value }) => plain(value.times(100)), suffix: "%" };
    case "frequency":
    case "throughput": {
      const noun = dimension === "throughput" ? " bytes" : "";
      return {
        factor: factor.times(secondsPer[per]),
        write: ({ value }) => plain(value),
        suffix: `${noun} per ${per}`,
      };
    }
    case "time":
    case "information":
      return {
        factor: new Big(1),
        write: ({ value }) => plain(value.div(factor)),
        suffix: selection === undefined ? "" : ` ${heldUnit(selection)}`,
      };
    case "count":
      return { factor: new Big(1), write: ({ value }) => plain(value), suffix: "" };
    default:
      return never(dimension);
  }
}

/** An expression times one number, and divided by another; the two in the least numbers that are whole, where one divides the other. */
export function scaledBy(expression: MetricExpression, times: Big, by: Big): MetricExpression {
  if (times.mod(by).eq(0)) return scaled(expression, times.div(by));
  const divided = (of: MetricExpression, divisor: Big) => arithmetic(of, "/", numberLiteral(plain(divisor)));
  return by.mod(times).eq(0) ? divided(expression, by.div(times)) : divided(scaled(expression, times), by);
}

/** An expression times a factor. */
export const scaled = (expression: MetricExpression, factor: Big): MetricExpression =>
  factor.eq(1) ? expression : arithmetic(expression, "*", numberLiteral(plain(factor)));
