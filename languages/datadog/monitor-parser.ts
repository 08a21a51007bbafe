import { didYouMean } from "../../model/suggest";
import type { Parsed } from "../diagnostic";
import { type Cursor, cursorOf, expect, report, skipSpace, takeMatch } from "./cursor";
import { parseLogMonitor } from "./log-monitor-parser";
import { parseExpression } from "./metric-parser";
import { type ChangeAlert, type DatadogMonitorQuery, metricMonitorQuery, TIME_AGGREGATES } from "./monitor-query";
import { type Evaluation, reportMisuse } from "./monitor-rules";
import { isOneOf, orList } from "./one-of";
import { takeThreshold } from "./threshold-parser";
import { framedWindow, isWindow, windowDiagnostic } from "./window";

const WORD = /[A-Za-z_]\w*/y;
const WINDOW_TEXT = /[^\s),:]*/y;
/** Rest of an unreadable head, up to the colon before the expression. */
const REST_OF_HEAD = /[^:{}]*:/y;
const CHANGES = ["change", "pct_change"] as const;

/** Heads of the monitor types that are neither metric nor log alerts, so that a mix-up is told apart from a typo. */
const OTHER_MONITORS: readonly (readonly [RegExp, string])[] = [
  [/^"/, "service check"],
  [/^!?\(?!?\d+\s*(&&|\|\|)/, "composite"],
  [/^events\s*\(/, "event"],
  [/^rum\s*\(/, "RUM"],
  [/^trace-analytics\s*\(/, "trace analytics"],
  [/^processes\s*\(/, "process"],
  [/^audits\s*\(/, "audit"],
  [/^ci-(pipelines|tests)\s*\(/, "CI"],
  [/^error-tracking[\w-]*\s*\(/, "error tracking"],
  [/^(error_budget|burn_rate)\s*\(/, "SLO"],
  [/^formula\s*\(/, "formula"],
];

/**
 * Parses a monitor's query, of type metric alert (`query alert`) or `log alert`. Everything wrong with it is reported, as far
 * as what is wrong in one place leaves the rest readable. The value has no positions, so that queries compare as values.
 */
export function parseDatadogMonitorQuery(text: string): Parsed<DatadogMonitorQuery> {
  const cursor = cursorOf(text);
  skipSpace(cursor);
  const rest = text.slice(cursor.at);
  const other = OTHER_MONITORS.find(([head]) => head.test(rest));
  if (other !== undefined) {
    const message = `This is the query of a ${other[1]} monitor; only those of metric and log monitors are understood.`;
    return { ok: false, diagnostics: [{ message, offset: cursor.at, length: rest.trimEnd().length }] };
  }
  const value = /^logs\s*\(/.test(rest) ? parseLogMonitor(cursor) : parseMetricMonitor(cursor);
  return cursor.diagnostics.length === 0 && value !== undefined
    ? { ok: true, value }
    : { ok: false, diagnostics: [...cursor.diagnostics].sort((one, two) => one.offset - two.offset) };
}

interface Head extends Evaluation {
  readonly change: ChangeAlert | undefined;
}

function parseMetricMonitor(cursor: Cursor): DatadogMonitorQuery | undefined {
  const head = parseHead(cursor);
  if (head === undefined && takeMatch(cursor, REST_OF_HEAD) === "") {
    return undefined;
  }
  const expressionAt = cursor.at;
  const known = cursor.diagnostics.length;
  const expression = parseExpression(cursor);
  const readable = cursor.diagnostics.length === known;
  reportMisuse(cursor, head, { expression, readable, offset: expressionAt, length: cursor.at - expressionAt });
  const compared = takeThreshold(cursor);
  if (head === undefined || compared === undefined || !isOneOf(TIME_AGGREGATES, head.aggregate)) {
    return undefined;
  }
  const { aggregate, change, framed } = head;
  const { comparator, threshold } = compared;
  const query = { aggregate, ...framed, expression, comparator, threshold };
  return metricMonitorQuery(change === undefined ? query : { ...query, change });
}

/** `avg(last_5m):` or `pct_change(avg(last_5m),last_1h):`; undefined when it cannot be read to its end. */
function parseHead(cursor: Cursor): Head | undefined {
  const start = cursor.at;
  const name = takeMatch(cursor, WORD);
  if (name === "") {
    report(cursor, "A monitor's query starts with its window, such as avg(last_5m):, or with logs(…).", start, 0);
    return undefined;
  }
  if (!isOneOf(CHANGES, name)) {
    const simple = parseAggregate(cursor, name, start);
    return simple !== undefined && takeColon(cursor) ? { ...simple, change: undefined } : undefined;
  }
  if (!expect(cursor, "(", `${name} needs its window and its shift, such as ${name}(avg(last_5m),last_1h).`)) {
    return undefined;
  }
  skipSpace(cursor);
  const at = cursor.at;
  const inner = parseAggregate(cursor, takeMatch(cursor, WORD), at);
  if (inner === undefined || !expect(cursor, ",", `${name} needs the time to compare with, such as last_1h.`)) {
    return undefined;
  }
  const since = takeShift(cursor);
  const closed = expect(cursor, ")", `A ) is missing after the shift of ${name}.`);
  return closed && takeColon(cursor) && since !== undefined ? { ...inner, change: { kind: name, since } } : undefined;
}

function takeColon(cursor: Cursor): boolean {
  return expect(cursor, ":", "A colon is missing between the window and what is measured.");
}

function parseAggregate(cursor: Cursor, name: string, offset: number): Evaluation | undefined {
  if (!isOneOf(TIME_AGGREGATES, name)) {
    const message = `"${name}" is no aggregation over time: use ${orList(TIME_AGGREGATES)}, or ${orList(CHANGES)} around one.`;
    report(cursor, message + didYouMean(name, [...TIME_AGGREGATES, ...CHANGES]), offset, name.length);
  }
  if (!expect(cursor, "(", `${name} needs its window in parentheses, such as ${name}(last_5m).`)) {
    return undefined;
  }
  skipSpace(cursor);
  const at = cursor.at;
  const text = takeMatch(cursor, WINDOW_TEXT);
  const framed = framedWindow(text);
  if (framed === undefined) {
    report(cursor, `"${text}" is no window: write it as last_5m, current_1d or next_1w.`, at, text.length);
  } else {
    const problem = windowDiagnostic("metric", framed, at, text.length);
    if (problem !== undefined) {
      report(cursor, problem.message, problem.offset, problem.length);
    }
  }
  const closed = expect(cursor, ")", "A ) is missing after the window.");
  // The stand-in for an unreadable window goes no further: it has been reported.
  const windowAt = { offset: at, length: text.length };
  const aggregateAt = { offset, length: name.length };
  return closed
    ? { aggregate: name, aggregateAt, framed: framed ?? { frame: "last", window: "5m" }, windowAt }
    : undefined;
}

/** `last_1h`, or `1h_ago` as the Monitors API has it: the same, and printed as the first. */
function takeShift(cursor: Cursor): ChangeAlert["since"] | undefined {
  skipSpace(cursor);
  const at = cursor.at;
  const text = takeMatch(cursor, WINDOW_TEXT);
  const bare = text.startsWith("last_") ? text.slice("last_".length) : text.replace(/_ago$/, "");
  if (isWindow(bare) && bare !== text) {
    const problem = windowDiagnostic("metric", { frame: "last", window: bare }, at, text.length);
    if (problem !== undefined) {
      report(cursor, problem.message, problem.offset, problem.length);
    }
    return bare;
  }
  report(cursor, `"${text}" is no shift: write it as last_1h or 1h_ago.`, at, text.length);
  return "5m";
}
