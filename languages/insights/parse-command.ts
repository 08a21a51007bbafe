import { didYouMean } from "../../model/suggest";
import { COMMAND_NAMES, commandNamed, FOREIGN_COMMANDS, isPlainCommand, type OtherCommandName } from "./commands";
import { advance, atCommandEnd, type Cursor, expected, peek, report } from "./cursor";
import type { Span } from "./expression";
import { parseAppendCols, parseCidrLookup, parseJoin, parseLookup } from "./parse-enrichment";
import { parseJson, parseParse } from "./parse-extraction";
import { parsePlain } from "./parse-plain";
import {
  parseDiff,
  parseFillMissing,
  parseFilter,
  parseLimit,
  parsePatternCommand,
  parseRelevantFields,
  parseSelect,
  parseSort,
  parseStats,
  parseUnnest,
} from "./parse-rows";
import { parseSource } from "./parse-source";
import type { Command } from "./query";

/** What must follow the commands that cannot stand alone. */
const NEEDED: Readonly<Partial<Record<OtherCommandName, string>>> = {
  fields: "a field",
  display: "a field",
  filter: "a condition",
  filterIndex: "a condition",
  where: "a condition",
  stats: "an aggregate such as count(*)",
  sort: "a field to sort by",
  limit: "a number of rows",
  parse: "a field, or a pattern",
  pattern: "a field",
};

function parseOther(cursor: Cursor, name: OtherCommandName, at: Span): Command | undefined {
  switch (name) {
    case "fields":
    case "display":
      return parseSelect(cursor, name, at);
    case "filter":
    case "filterIndex":
      return parseFilter(cursor, name, at);
    case "where":
      return parseFilter(cursor, "filter", at);
    case "stats":
      return parseStats(cursor, at);
    case "sort":
      return parseSort(cursor, at);
    case "limit":
      return parseLimit(cursor, at);
    case "parse":
      return parseParse(cursor, at);
    case "json":
      return parseJson(cursor, at);
    case "pattern":
      return parsePatternCommand(cursor, at);
    case "diff":
      return parseDiff(cursor, at);
    case "unnest":
      return parseUnnest(cursor, at);
    case "relevantfields":
      return parseRelevantFields(cursor, at);
    case "fillmissing":
      return parseFillMissing(cursor, at);
    case "lookup":
      return parseLookup(cursor, at);
    case "cidrlookup":
      return parseCidrLookup(cursor, at);
    case "join":
      return parseJoin(cursor, at);
    case "appendcols":
      return parseAppendCols(cursor, at);
    case "SOURCE":
      return parseSource(cursor, at);
  }
}

function unknownCommand(cursor: Cursor, written: string, at: Span): undefined {
  const replacement = FOREIGN_COMMANDS.get(written);
  const fix = replacement === undefined ? didYouMean(written, COMMAND_NAMES) : ` Write ${replacement}.`;
  return report(cursor, at, `There is no command "${written}".${fix}`);
}

/** One command, up to the pipe or the end behind it. What follows a complete command is an error. */
export function parseCommand(cursor: Cursor): Command | undefined {
  const token = peek(cursor);
  if (token.kind !== "word") {
    return expected(cursor, "a command");
  }
  const name = commandNamed(token.keyword);
  if (name === undefined) {
    return token.keyword === "" ? expected(cursor, "a command") : unknownCommand(cursor, token.keyword, token.at);
  }
  advance(cursor);
  if (isPlainCommand(name)) {
    return parsePlain(cursor, name, token.at);
  }
  const needed = NEEDED[name];
  if (needed !== undefined && atCommandEnd(cursor)) {
    return report(cursor, token.at, `${name} needs ${needed}.`);
  }
  const command = parseOther(cursor, name, token.at);
  return command !== undefined && !atCommandEnd(cursor) ? expected(cursor, '"|" or the end of the command') : command;
}
