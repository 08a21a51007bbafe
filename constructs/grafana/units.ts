import * as units from "@grafana/grafana-foundation-sdk/units";
import Big from "big.js";
import type { Expression } from "../../model/expression";
import { type MetricDefinition, type MetricUnit, metricUnits } from "../../model/metric";
import { type Quantity, secondsPer } from "../../model/quantity";
import { never } from "../../model/result";

/** How a query's numbers are shown: Grafana's id of their unit, and how many of the dimension's base unit one of them is. */
export interface DisplayUnit {
  readonly id: string;
  readonly factor: string;
}

/** Grafana's unit of each unit that a metric may be in. Plain counts have none of their own: 1.5 K reads as well for all. */
const unitIds: Readonly<Record<MetricUnit, string>> = {
  seconds: units.Seconds,
  milliseconds: units.Milliseconds,
  bytes: units.BytesIEC,
  ratio: units.PercentUnit,
  percent: units.Percent,
  requests: units.Short,
  errors: units.Short,
  connections: units.Short,
  users: units.Short,
  credits: units.Short,
  jobs: units.Short,
  orders: units.Short,
  operations: units.Short,
  events: units.Short,
  packets: units.Short,
  processes: units.Short,
  dollars: units.Dollars,
};

/** Counts per second that Grafana has a unit for; `count:` makes one of any other noun (Standard options, "Custom units"). */
const perSecond = new Map<MetricUnit, string>([
  ["requests", units.RequestsPerSecond],
  ["operations", units.OpsPerSecond],
  ["events", units.EventsPerSecond],
  ["packets", units.PacketsPerSecond],
  ["dollars", "count:$/s"],
]);

/** Numbers that stand in a metric's own unit, as CloudWatch returns them. */
export const displayUnit = (unit: MetricUnit): DisplayUnit => ({ id: unitIds[unit], factor: metricUnits[unit].factor });

/** Growth per second: bytes are a throughput, seconds per second a share, and a histogram counts its observations. */
function rateUnit({ type, unit }: MetricDefinition): DisplayUnit {
  if (type === "histogram") return { id: units.OpsPerSecond, factor: "1" };
  switch (metricUnits[unit].dimension) {
    case "time":
      return displayUnit("ratio");
    case "information":
      return { id: units.BytesPerSecondIEC, factor: "1" };
    case "ratio":
      return { id: units.CountsPerSecond, factor: "1" };
    case "count":
      return { id: perSecond.get(unit) ?? `count:${unit}/s`, factor: "1" };
    default:
      return never(metricUnits[unit]);
  }
}

/**
 * The unit of what an expression gives in Prometheus: values, quantiles and increases stand in the metric's own unit, everything
 * computed further in the base unit of its dimension, as the compiler has it.
 */
export function prometheusUnit(expression: Expression): DisplayUnit {
  switch (expression.kind) {
    case "value":
    case "quantile":
    case "forecast":
      return displayUnit(expression.of.metric.unit);
    case "increase":
      return displayUnit(expression.of.metric.type === "histogram" ? "events" : expression.of.metric.unit);
    case "rate":
      return rateUnit(expression.of.metric);
    case "ratio":
    case "complement":
    case "fraction":
    case "time-share":
      return displayUnit("ratio");
    case "log-count":
      return displayUnit("events");
    default:
      return never(expression);
  }
}

/** A quantity in a display unit; a frequency or throughput is shown per second, whatever it was written per. */
export const shownIn = ({ value, per }: Quantity, { factor }: DisplayUnit): number =>
  value
    .div(per === undefined ? 1 : secondsPer[per])
    .div(new Big(factor))
    .toNumber();
