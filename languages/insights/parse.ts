import type { Diagnostic, Parsed } from "../diagnostic";
import { advance, atSymbol, type Cursor, endOfLast, peek, report, skipCommand, takeSymbol } from "./cursor";
import { lex } from "./lexer";
import { parseCommand } from "./parse-command";
import type { Command, InsightsQuery } from "./query";
import { checkPipeline, type ReadCommand } from "./rules";

function parsePipeline(cursor: Cursor): readonly ReadCommand[] {
  const commands: ReadCommand[] = [];
  const { depth } = peek(cursor);
  do {
    const token = peek(cursor);
    const empty = token.kind === "end" || atSymbol(cursor, "|") || atSymbol(cursor, ")");
    if (empty) {
      report(cursor, { offset: endOfLast(cursor), length: 0 }, "A command is missing here.");
      commands.push(undefined);
      continue;
    }
    cursor.operators = 0;
    const command = parseCommand(cursor);
    commands.push(command);
    if (command === undefined) {
      skipCommand(cursor, depth);
    }
  } while (takeSymbol(cursor, "|"));
  return commands;
}

const whole = (commands: readonly ReadCommand[]): readonly Command[] =>
  commands.filter((command) => command !== undefined);

function parseSubquery(outer: Cursor): InsightsQuery | undefined {
  if (outer.inSubquery) {
    report(outer, peek(outer).at, "A subquery cannot hold another subquery.");
  }
  const inner: Cursor = { ...outer, inSubquery: true };
  const commands = parsePipeline(inner);
  outer.index = inner.index;
  outer.diagnostics.push(...checkPipeline(commands));
  const read = whole(commands);
  return read.length === commands.length ? { commands: read } : undefined;
}

/** Most characters of a query. Source: CloudWatch Logs API, StartQuery and PutQueryDefinition, `queryString`. */
const MAX_LENGTH = 10_000;

const byPlace = (one: Diagnostic, other: Diagnostic): number => one.offset - other.offset || one.length - other.length;

/**
 * Reads a query of the CloudWatch Logs Insights query language, or finds everything that is wrong with it: after a mistake
 * the next command is read all the same. Beyond the grammar it checks functions and their arguments, where aggregates may
 * stand, time periods, limits and the documented order of commands; whether fields exist is checkInsightsFields' business.
 * Comments and white space are not kept. Diagnostics are in the order of the text.
 */
export function parseInsights(text: string): Parsed<InsightsQuery> {
  if (text.length > MAX_LENGTH) {
    const message = `A query has at most ${MAX_LENGTH} characters, this one has ${text.length}.`;
    return { ok: false, diagnostics: [{ message, offset: MAX_LENGTH, length: text.length - MAX_LENGTH }] };
  }
  const { tokens, diagnostics } = lex(text);
  const cursor: Cursor = {
    tokens,
    end: { kind: "end", at: { offset: text.length, length: 0 }, depth: 0 },
    diagnostics: [...diagnostics],
    index: 0,
    operators: 0,
    inSubquery: false,
    subquery: parseSubquery,
  };
  if (peek(cursor).kind === "end") {
    return { ok: false, diagnostics: [{ message: "The query is empty.", offset: 0, length: text.length }] };
  }
  const commands: ReadCommand[] = [...parsePipeline(cursor)];
  // Only a parenthesis that closes nothing stops the pipeline before the end.
  while (atSymbol(cursor, ")")) {
    report(cursor, advance(cursor).at, "This parenthesis closes nothing.");
    skipCommand(cursor, 0);
    if (takeSymbol(cursor, "|")) {
      commands.push(undefined, ...parsePipeline(cursor));
    }
  }
  const found = [...cursor.diagnostics, ...checkPipeline(commands)];
  return found.length === 0
    ? { ok: true, value: { commands: whole(commands) } }
    : { ok: false, diagnostics: found.sort(byPlace) };
}
