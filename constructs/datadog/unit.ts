import Big from "big.js";
import type { Expression, Selection } from "../../model/expression";
import { type MetricUnit, metricUnits } from "../../model/metric";
import { never } from "../../model/result";

/** The unit in which Datadog holds a metric. */
export const heldUnit = ({ metric }: Selection): MetricUnit => metric.datadog?.unit ?? metric.unit;

/** What one unit, as Datadog holds the metric, is in the dimension's base unit. */
export const heldFactor = (selection: Selection): Big => new Big(metricUnits[heldUnit(selection)].factor);

/**
 * What a compiled expression has to be multiplied by to be in base units. Ratios and what is left of them are in base units
 * already; whatever else has the unit of its metric.
 */
export function baseFactor(expression: Expression): Big {
  switch (expression.kind) {
    case "value":
    case "quantile":
    case "forecast":
      return heldFactor(expression.of);
    case "rate":
    case "increase":
      return expression.of.metric.type === "histogram" ? new Big(1) : heldFactor(expression.of);
    case "fraction":
    case "time-share":
    case "ratio":
    case "complement":
    case "log-count":
      return new Big(1);
    default:
      return never(expression);
  }
}
