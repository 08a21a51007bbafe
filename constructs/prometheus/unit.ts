import Big from "big.js";
import type { Expression, Selection } from "../../model/expression";
import { metricUnits } from "../../model/metric";
import { never } from "../../model/result";

/** What one of a metric's unit is in its dimension's base unit: 0.001 for milliseconds. */
export const unitFactor = ({ metric }: Selection): Big => new Big(metricUnits[metric.unit].factor);

/**
 * What one of an expression's result in Prometheus is in the base unit of its dimension. Values, quantiles and increases stay in
 * the unit that the metric is stored in, as people know it from their graphs; everything computed further is in base units.
 */
export function resultFactor(expression: Expression): Big {
  switch (expression.kind) {
    case "value":
    case "quantile":
    case "forecast":
      return unitFactor(expression.of);
    case "increase":
      return expression.of.metric.type === "histogram" ? new Big(1) : unitFactor(expression.of);
    case "rate":
    case "ratio":
    case "complement":
    case "fraction":
    case "time-share":
    case "log-count":
      return new Big(1);
    default:
      return never(expression);
  }
}
