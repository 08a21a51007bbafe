import type { Diagnostic, Parsed } from "../diagnostic";
import { atEnd, type Cursor, cursorOf, nested, report, skipSpace, take, takeMatch } from "./cursor";
import { DATADOG_LIMITS } from "./limits";

/**
 * The query of a composite monitor: other monitors by their ids, joined by what must be true of them
 * (Datadog documentation: Composite Monitor, "Set triggering conditions" and "API").
 */
export type CompositeQuery =
  | { readonly kind: "monitor"; readonly id: string }
  | { readonly kind: "not"; readonly of: CompositeQuery }
  | { readonly kind: "and" | "or"; readonly left: CompositeQuery; readonly right: CompositeQuery };

/** One monitor. Its id is a number, or in a query that is still to be filled in, a name. */
export const compositeMonitor = (id: string): CompositeQuery => ({ kind: "monitor", id });

/** The ids of the monitors that a query combines, each once, in order of appearance. */
export function monitorsIn(query: CompositeQuery): readonly string[] {
  switch (query.kind) {
    case "monitor":
      return [query.id];
    case "not":
      return monitorsIn(query.of);
    case "and":
    case "or":
      return [...new Set([...monitorsIn(query.left), ...monitorsIn(query.right)])];
  }
}

const symbols = { and: "&&", or: "||" } as const;
const strength = { or: 1, and: 2, not: 3, monitor: 4 } as const satisfies Record<CompositeQuery["kind"], number>;

/**
 * The canonical text, which {@link parseDatadogCompositeQuery} reads back as the same value where all ids are numbers.
 * `written` says what stands for a monitor: its id, unless told.
 */
export function printDatadogCompositeQuery(
  query: CompositeQuery,
  written: (id: string) => string = (id) => id,
): string {
  const inside = (inner: CompositeQuery, least: number): string => {
    const text = printDatadogCompositeQuery(inner, written);
    return strength[inner.kind] < least ? `(${text})` : text;
  };
  switch (query.kind) {
    case "monitor":
      return written(query.id);
    case "not":
      return `!${inside(query.of, strength.not)}`;
    case "and":
    case "or": {
      const binding = strength[query.kind];
      // Both operators are read from the left, so that a right side of the same kind needs its parentheses.
      return `${inside(query.left, binding)} ${symbols[query.kind]} ${inside(query.right, binding + 1)}`;
    }
  }
}

/** Operators in one row: far above what ten monitors need, and low enough that the tree can be walked. */
const LONGEST_CHAIN = 1000;

const ID = /\d+/y;
const REST = /[^\s()&|!]+/y;

/** Stands for what could not be read; it never leaves the parser, since there is a diagnostic by then. */
const unreadable: CompositeQuery = compositeMonitor("0");

/** What is wrong with a composite query as a whole. */
export function compositeProblem(query: CompositeQuery): string | undefined {
  const { length } = monitorsIn(query);
  return length > DATADOG_LIMITS.compositeMonitors
    ? `A composite monitor combines ${DATADOG_LIMITS.compositeMonitors} monitors at most, not ${length}.`
    : undefined;
}

/** Parses the query of a composite monitor; everything wrong with it is reported. `!` binds tightest, then `&&`, then `||`. */
export function parseDatadogCompositeQuery(text: string): Parsed<CompositeQuery> {
  const cursor = cursorOf(text);
  const value = parseOr(cursor);
  skipSpace(cursor);
  if (!atEnd(cursor)) {
    report(cursor, "&& or || belongs between two monitors.", cursor.at, text.length - cursor.at);
  }
  const problem = compositeProblem(value);
  if (problem !== undefined) {
    report(cursor, problem, 0, text.length);
  }
  const diagnostics: readonly Diagnostic[] = cursor.diagnostics;
  return diagnostics.length === 0 ? { ok: true, value } : { ok: false, diagnostics };
}

const parseOr = (cursor: Cursor): CompositeQuery =>
  nested(cursor, () => parseChain(cursor, "or", () => parseChain(cursor, "and", () => parseUnary(cursor))), unreadable);

function parseChain(cursor: Cursor, kind: "and" | "or", parseOperand: () => CompositeQuery): CompositeQuery {
  let left = parseOperand();
  for (let count = 0; ; count++) {
    skipSpace(cursor);
    if (count >= LONGEST_CHAIN || !take(cursor, symbols[kind])) {
      return left;
    }
    left = { kind, left, right: parseOperand() };
  }
}

function parseUnary(cursor: Cursor): CompositeQuery {
  skipSpace(cursor);
  const start = cursor.at;
  if (take(cursor, "!")) {
    return nested(cursor, () => ({ kind: "not", of: parseUnary(cursor) }), unreadable);
  }
  if (take(cursor, "(")) {
    const inner = parseOr(cursor);
    skipSpace(cursor);
    if (!take(cursor, ")")) {
      report(cursor, "This ( is never closed.", start, 1);
    }
    return inner;
  }
  const id = takeMatch(cursor, ID);
  if (id !== "") {
    return compositeMonitor(id);
  }
  const found = takeMatch(cursor, REST);
  report(
    cursor,
    found === "" ? "The id of a monitor is missing here." : `"${found}" is no monitor's id, which is a number.`,
    start,
    found.length,
  );
  return unreadable;
}
