import { atEnd, type Cursor, report, skipSpace, take, takeMatch } from "./cursor";
import { MONITOR_COMPARATORS, type MonitorComparator } from "./monitor-query";

const TOKEN = /[^\s]+/y;

/** The end of every monitor query. */
export interface Compared {
  readonly comparator: MonitorComparator;
  readonly threshold: string;
}

/** Reads the comparator and the threshold that end a query; what cannot be read is reported. */
export function takeThreshold(cursor: Cursor): Compared | undefined {
  skipSpace(cursor);
  const comparator = MONITOR_COMPARATORS.find((each) => take(cursor, each));
  if (comparator === undefined) {
    const rest = cursor.text.slice(cursor.at).trimEnd();
    report(
      cursor,
      rest === ""
        ? "A comparator and a threshold are missing, such as > 0.01."
        : "A comparator belongs here: >, >=, <, <=, == or !=.",
      cursor.at,
      rest.length,
    );
    return undefined;
  }
  skipSpace(cursor);
  const at = cursor.at;
  const threshold = takeMatch(cursor, TOKEN);
  const problem = thresholdProblem(threshold);
  if (problem !== undefined) {
    report(cursor, problem, at, threshold.length);
  }
  skipSpace(cursor);
  if (!atEnd(cursor)) {
    const rest = cursor.text.slice(cursor.at).trimEnd();
    report(cursor, "Nothing may follow the threshold.", cursor.at, rest.length);
  }
  return { comparator, threshold };
}

/** What is wrong with a threshold's text: it is a whole or decimal number (Monitors API; Metric Monitor: alert conditions). */
function thresholdProblem(text: string): string | undefined {
  if (/^-?\d+(\.\d+)?$/.test(text)) {
    return undefined;
  }
  if (text === "") {
    return "The threshold is missing.";
  }
  if (/^-?\.\d+$/.test(text)) {
    return `Datadog requires a leading zero: write ${text.replace(".", "0.")}.`;
  }
  return `The threshold "${text}" must be a plain decimal number, without a unit or an exponent.`;
}
