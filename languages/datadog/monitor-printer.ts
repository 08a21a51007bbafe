import { isDeepStrictEqual } from "node:util";
import type { Diagnostic, Parsed } from "../diagnostic";
import { printDatadogLogSearch } from "./log-search-printer";
import { printDatadogMetricExpression } from "./metric-printer";
import { parseDatadogMonitorQuery } from "./monitor-parser";
import type { DatadogMonitorQuery, LogMonitorQuery, MetricMonitorQuery } from "./monitor-query";
import { quoted } from "./quoted";

/**
 * The canonical text of a monitor's query, which `parseDatadogMonitorQuery` reads back as the same value, provided that its
 * names are ones that Datadog accepts; {@link checkedMonitorQuery} makes sure of that.
 */
export function printDatadogMonitorQuery(query: DatadogMonitorQuery): string {
  return `${query.kind === "metric" ? printMetric(query) : printLog(query)} ${query.comparator} ${query.threshold}`;
}

function printMetric({ aggregate, frame, window, change, expression }: MetricMonitorQuery): string {
  const plain = `${aggregate}(${frame}_${window})`;
  const head = change === undefined ? plain : `${change.kind}(${plain},last_${change.since})`;
  return `${head}:${printDatadogMetricExpression(expression)}`;
}

function printLog({ search, indexes, rollup, groupBy, frame, window }: LogMonitorQuery): string {
  const steps = [
    `logs(${text(printDatadogLogSearch(search))})`,
    `index(${text(indexes.join(","))})`,
    rollup.method === "count" ? 'rollup("count")' : `rollup(${text(rollup.method)}, ${text(rollup.measure)})`,
    ...(groupBy.length === 0 ? [] : [`by(${text(groupBy.join(","))})`]),
    `${frame}(${text(window)})`,
  ];
  return steps.join(".");
}

const text = (value: string) => quoted(value, '"');

/**
 * The text of a query that was put together by code, or what is wrong with it: names that Datadog refuses, functions with
 * wrong arguments, windows out of range, and a name that would be read as something else. Offsets are those of the text.
 */
export function checkedMonitorQuery(query: DatadogMonitorQuery): Parsed<string> {
  const printed = printDatadogMonitorQuery(query);
  const parsed = parseDatadogMonitorQuery(printed);
  if (!parsed.ok) {
    return parsed;
  }
  const astray: Diagnostic = {
    message:
      "This query would be read as another one: a name or value has characters that change its meaning, or a tree is not in normal form.",
    offset: 0,
    length: printed.length,
  };
  return isDeepStrictEqual(parsed.value, query) ? { ok: true, value: printed } : { ok: false, diagnostics: [astray] };
}
