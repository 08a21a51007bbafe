import { type Cursor, look, report, skipSpace, take, takeMatch } from "./cursor";
import { type MetricExpression, metricQuery, type SpaceAggregator } from "./metric-expression";
import { everywhere, type Scope } from "./metric-scope";
import { checkDatadogName, checkDatadogPattern } from "./names";
import { parseScope } from "./scope-parser";

/** Also what a name must not have, so that the whole of a bad name is reported at once. */
const METRIC_NAME = /[^\s{}(),<>=!+*]*/y;
const GROUP = /[^\s,{}]+/y;
const BY = /by(?=[\s{])/y;

/** Reads the metric's name, its scope and its grouping; the aggregation has been read. */
export function parseMetric(cursor: Cursor, aggregator: SpaceAggregator): MetricExpression {
  skipSpace(cursor);
  const start = cursor.at;
  const metric = takeMatch(cursor, METRIC_NAME);
  if (metric === "") {
    report(cursor, "The name of a metric is missing here.", start, 0);
  } else {
    for (const problem of checkDatadogName("metric", metric)) {
      report(cursor, problem.message, start, metric.length);
    }
  }
  const end = cursor.at;
  skipSpace(cursor);
  const scope = take(cursor, "{") ? parseScope(cursor) : missingScope(cursor, metric, end);
  return metricQuery({ aggregator, metric, scope, groupBy: parseGroupBy(cursor) });
}

function missingScope(cursor: Cursor, metric: string, end: number): Scope {
  report(cursor, `${metric === "" ? "A metric" : metric} needs its scope in braces; {*} is everywhere.`, end, 0);
  return everywhere;
}

function parseGroupBy(cursor: Cursor): readonly string[] {
  const before = cursor.at;
  skipSpace(cursor);
  if (look(cursor, BY) === "") {
    cursor.at = before;
    return [];
  }
  cursor.at += 2;
  skipSpace(cursor);
  const open = cursor.at;
  if (!take(cursor, "{")) {
    report(cursor, "The tags to group by stand in braces, such as by {host}.", open, 0);
    return [];
  }
  const keys: string[] = [];
  do {
    skipSpace(cursor);
    const at = cursor.at;
    const key = takeMatch(cursor, GROUP);
    if (key === "") {
      report(cursor, "A tag to group by is missing here.", at, 0);
    } else if (key !== "*") {
      for (const problem of checkDatadogPattern("tag key", key)) {
        report(cursor, problem.message, at, key.length);
      }
      if (key.includes("*")) {
        report(cursor, "Grouping takes whole tag keys, without wildcards.", at, key.length);
      }
    }
    keys.push(key);
    skipSpace(cursor);
  } while (take(cursor, ","));
  if (!take(cursor, "}")) {
    report(cursor, "This { is never closed.", open, 1);
    takeMatch(cursor, /[^}]*\}?/y);
  }
  return keys;
}
