import { didYouMean } from "../../model/suggest";
import { type Cursor, expect, peek, report, skipSpace, take, takeMatch } from "./cursor";
import type { Span } from "./function-check";
import { DATADOG_LIMITS } from "./limits";
import { everyLog } from "./log-search";
import { parseDatadogLogSearch } from "./log-search-parser";
import { type LogMonitorQuery, type LogRollup, logMonitorQuery, MEASURE_METHODS } from "./monitor-query";
import { isOneOf, orList } from "./one-of";
import { type Quoted, takeQuoted } from "./quoted";
import { takeThreshold } from "./threshold-parser";
import { type FramedWindow, isWindow, windowDiagnostic } from "./window";

const STEPS = ["index", "rollup", "by", "last", "current"] as const;
type Step = (typeof STEPS)[number];

/** A text in quotes and where it stands. */
interface Argument {
  readonly text: string;
  readonly at: Span;
}

/** One `.step("…", "…")` as it was read. */
interface StepUse {
  readonly at: Span;
  readonly args: readonly Argument[];
}

/** The steps of a log monitor, by name. */
interface Steps {
  readonly known: ReadonlyMap<Step, StepUse>;
  /** Whether every step was recognized, so that what is not among them is missing. */
  readonly complete: boolean;
}

/** Reads a log monitor's query; the cursor stands at `logs`. What cannot be read is reported. */
export function parseLogMonitor(cursor: Cursor): LogMonitorQuery | undefined {
  takeMatch(cursor, /logs\s*\(/y);
  const search = parseSearch(cursor);
  expect(cursor, ")", "A ) is missing after the search.");
  const steps = parseSteps(cursor);
  const framed = windowOf(cursor, steps);
  const rollup = rollupOf(cursor, steps);
  const groupBy = groupByOf(cursor, steps.known.get("by"));
  const indexes = listed(steps.known.get("index"));
  const compared = takeThreshold(cursor);
  if (framed === undefined || compared === undefined) {
    return undefined;
  }
  return logMonitorQuery({
    search,
    ...(indexes.length === 0 ? {} : { indexes }),
    rollup,
    groupBy,
    ...framed,
    ...compared,
  });
}

function parseSearch(cursor: Cursor) {
  skipSpace(cursor);
  const text = takeText(cursor, "The search");
  if (text === undefined) {
    return everyLog;
  }
  const parsed = parseDatadogLogSearch(text.value);
  if (parsed.ok) {
    return parsed.value;
  }
  for (const { message, offset, length } of parsed.diagnostics) {
    const start = text.offsetOf(offset);
    report(cursor, message, start, text.offsetOf(offset + length) - start);
  }
  return everyLog;
}

/** A text in double quotes; Datadog accepts no others around the arguments of a log monitor. */
function takeText(cursor: Cursor, what: string): Quoted | undefined {
  const quote = peek(cursor);
  if (quote === '"') {
    return takeQuoted(cursor);
  }
  const at = cursor.at;
  if (quote === "'") {
    const text = takeQuoted(cursor);
    report(cursor, `${what} stands in double quotes, not in single ones.`, at, cursor.at - at);
    return text;
  }
  report(cursor, `${what} must be a text in double quotes.`, at, 0);
  takeMatch(cursor, /[^),]*/y);
  return undefined;
}

function parseSteps(cursor: Cursor): Steps {
  const known = new Map<Step, StepUse>();
  let complete = true;
  for (skipSpace(cursor); take(cursor, "."); skipSpace(cursor)) {
    const offset = cursor.at;
    const name = takeMatch(cursor, /\w+/y);
    const at = { offset, length: name.length };
    const step: StepUse = { at, args: takeArguments(cursor, name) };
    if (!isOneOf(STEPS, name)) {
      complete = false;
      const message = `A log monitor has no .${name}(): it has ${orList(STEPS)}.${didYouMean(name, STEPS)}`;
      report(cursor, message, offset, name.length);
    } else if (known.has(name)) {
      report(cursor, `.${name}() stands here a second time.`, offset, name.length);
    } else {
      known.set(name, step);
    }
  }
  return { known, complete };
}

function takeArguments(cursor: Cursor, name: string): readonly Argument[] {
  const values: Argument[] = [];
  if (!expect(cursor, "(", `.${name} needs its arguments in parentheses.`)) {
    return values;
  }
  do {
    skipSpace(cursor);
    const offset = cursor.at;
    const text = takeText(cursor, `An argument of .${name}()`)?.value ?? "";
    values.push({ text, at: { offset, length: cursor.at - offset } });
    skipSpace(cursor);
  } while (take(cursor, ","));
  expect(cursor, ")", `A ) is missing after the arguments of .${name}().`);
  return values;
}

/** The names of a step's arguments, which may also be joined by commas in one. */
function listed(step: StepUse | undefined): readonly string[] {
  return (step?.args ?? []).flatMap(({ text }) => text.split(",")).flatMap((name) => name.trim() || []);
}

/** Where a step's arguments stand, or its name when it has none. */
function argumentsAt(step: StepUse): Span {
  const first = step.args[0]?.at ?? step.at;
  const last = step.args.at(-1)?.at ?? step.at;
  return { offset: first.offset, length: last.offset + last.length - first.offset };
}

function windowOf(cursor: Cursor, { known, complete }: Steps): FramedWindow | undefined {
  const last = known.get("last");
  const current = known.get("current");
  const step = last ?? current;
  if (step === undefined) {
    if (complete) {
      report(cursor, 'The window is missing, such as .last("5m").', cursor.at, 0);
    }
    return undefined;
  }
  if (last !== undefined && current !== undefined) {
    report(cursor, "A monitor has one window: either .last() or .current().", current.at.offset, current.at.length);
  }
  const window = step.args[0]?.text ?? "";
  const { offset, length } = argumentsAt(step);
  if (step.args.length !== 1 || !isWindow(window)) {
    report(cursor, 'A window is written as "5m" or "1h".', offset, length);
    return undefined;
  }
  const framed: FramedWindow = { frame: last === undefined ? "current" : "last", window };
  const problem = windowDiagnostic("log", framed, offset, length);
  if (problem !== undefined) {
    report(cursor, problem.message, problem.offset, problem.length);
  }
  return framed;
}

function rollupOf(cursor: Cursor, { known, complete }: Steps): LogRollup {
  const count = { method: "count" } as const;
  const step = known.get("rollup");
  if (step === undefined) {
    if (complete) {
      report(cursor, 'What is computed is missing, such as .rollup("count").', cursor.at, 0);
    }
    return count;
  }
  const [method = "", measure, ...rest] = step.args.map(({ text }) => text);
  const { offset, length } = argumentsAt(step);
  if (method === "count") {
    if (measure !== undefined) {
      report(cursor, 'A count of logs takes no measure; "cardinality" counts distinct values.', offset, length);
    }
    return count;
  }
  if (!isOneOf(MEASURE_METHODS, method)) {
    const methods = ["count", ...MEASURE_METHODS];
    report(cursor, `"${method}" is no rollup: use ${orList(methods)}.${didYouMean(method, methods)}`, offset, length);
    return count;
  }
  if (measure === undefined || measure === "" || rest.length > 0) {
    report(cursor, `${method} needs one measure or facet, such as .rollup("${method}", "@duration").`, offset, length);
  }
  return { method, measure: measure ?? "" };
}

function groupByOf(cursor: Cursor, step: StepUse | undefined): readonly string[] {
  const groupBy = listed(step);
  if (step === undefined) {
    return groupBy;
  }
  const { offset, length } = argumentsAt(step);
  const most = DATADOG_LIMITS.logGroupByFacets;
  if (groupBy.length === 0) {
    report(cursor, ".by() needs a facet to group by.", offset, length);
  } else if (groupBy.length > most) {
    report(cursor, `A log monitor groups by ${most} facets at most, not by ${groupBy.length}.`, offset, length);
  }
  return groupBy;
}
