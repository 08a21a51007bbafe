import { didYouMean } from "../../model/suggest";
import {
  advance,
  atCommandEnd,
  atWord,
  type Cursor,
  deepen,
  expectClosing,
  expected,
  expectSymbol,
  peek,
  report,
  spanFrom,
  takeSymbol,
} from "./cursor";
import { pathText, type Span } from "./expression";
import { takeOption } from "./parse-clauses";
import { parseList } from "./parse-list";
import { parsePeriod } from "./parse-period";
import type { SourceCommand, SourceEntry, SourceSelection, SourceTime, SourceValue } from "./query";

/** What `logGroups(…)` filters by, and how many values each takes at most. Source: CloudWatch Logs Insights, `SOURCE`. */
const GROUP_FILTERS: ReadonlyMap<string, number> = new Map([
  ["namePrefix", 5],
  ["accountIdentifiers", 20],
  ["accountIdentifier", 20],
  ["class", 2],
  ["logGroupClass", 2],
]);

function parseItems<T>(
  cursor: Cursor,
  close: "]" | "}",
  parse: (cursor: Cursor) => T | undefined,
): readonly T[] | undefined {
  if (takeSymbol(cursor, close)) {
    return [];
  }
  const items = parseList(cursor, parse);
  return items && expectSymbol(cursor, close) ? items : undefined;
}

function parseEntry(cursor: Cursor): SourceEntry | undefined {
  const token = peek(cursor);
  if (token.kind !== "word" && token.kind !== "string") {
    return expected(cursor, "a key");
  }
  advance(cursor);
  const key = token.kind === "word" ? pathText(token.path) : token.raw;
  const value = expectSymbol(cursor, ":") ? parseValue(cursor) : undefined;
  return value && { key, value };
}

function parseValue(cursor: Cursor): SourceValue | undefined {
  const token = peek(cursor);
  if (token.kind === "string") {
    advance(cursor);
    return { kind: "string", raw: token.raw, at: token.at };
  }
  if (!deepen(cursor)) {
    return undefined;
  }
  if (takeSymbol(cursor, "[")) {
    const items = parseItems(cursor, "]", parseValue);
    return items && { kind: "list", items };
  }
  if (takeSymbol(cursor, "{")) {
    const entries = parseItems(cursor, "}", parseEntry);
    return entries && { kind: "object", entries };
  }
  return expected(cursor, "a quoted string or a list in square brackets");
}

function parseFilter(cursor: Cursor): SourceEntry | undefined {
  const { at } = peek(cursor);
  const entry = parseEntry(cursor);
  if (entry === undefined) {
    return undefined;
  }
  const most = GROUP_FILTERS.get(entry.key);
  if (most === undefined) {
    const near = didYouMean(entry.key, GROUP_FILTERS.keys());
    report(cursor, at, `Log groups are not found by "${entry.key}".${near}`);
  } else if (entry.value.kind === "list" && entry.value.items.length > most) {
    report(cursor, at, `${entry.key} takes at most ${most} values, not ${entry.value.items.length}.`);
  }
  return entry;
}

function parseLogGroups(cursor: Cursor, open: Span): SourceSelection | undefined {
  if (takeSymbol(cursor, ")")) {
    return { kind: "logGroups", filters: [] };
  }
  const filters = parseList(cursor, parseFilter);
  return filters && expectClosing(cursor, open) ? { kind: "logGroups", filters } : undefined;
}

const SELECTORS = ["logGroups", "logGroupTags", "dataSource"] as const;

function parseSelection(cursor: Cursor): SourceSelection | undefined {
  const token = advance(cursor);
  if (token.kind === "string") {
    return { kind: "group", name: { kind: "string", raw: token.raw, at: token.at } };
  }
  if (token.kind !== "word") {
    cursor.index--;
    return expected(cursor, "a log group in quotes, or logGroups(…)");
  }
  const open = peek(cursor).at;
  if (!takeSymbol(cursor, "(")) {
    return { kind: "group", name: { kind: "string", raw: pathText(token.path), at: token.at } };
  }
  const selector = SELECTORS.find((candidate) => candidate.toLowerCase() === token.keyword);
  if (selector === undefined) {
    const near = didYouMean(token.keyword, SELECTORS);
    return report(cursor, token.at, `SOURCE selects by logGroups, logGroupTags or dataSource.${near}`);
  }
  if (selector === "logGroups") {
    return parseLogGroups(cursor, open);
  }
  const argument = parseValue(cursor);
  return argument && expectClosing(cursor, open) ? { kind: selector, argument } : undefined;
}

function parseTime(cursor: Cursor): SourceTime | undefined {
  if (atWord(cursor, "now")) {
    advance(cursor);
    return { kind: "now" };
  }
  const { at } = peek(cursor);
  const before = takeSymbol(cursor, "-");
  const period = parsePeriod(cursor);
  if (period === undefined) {
    return undefined;
  }
  if (period.amount === 0) {
    return { kind: "now" };
  }
  return before ? { kind: "ago", period } : report(cursor, at, "A time range lies in the past: write -1h, or now.");
}

/** `SOURCE "/ecs/api" start=-1h end=now`. Source: CloudWatch Logs Insights, `SOURCE` and `logcompare`. */
export function parseSource(cursor: Cursor, at: Span): SourceCommand | undefined {
  const selections: SourceSelection[] = [];
  const times = new Map<string, SourceTime>();
  while (!atCommandEnd(cursor)) {
    const comma = peek(cursor).at;
    if (takeSymbol(cursor, ",")) {
      report(cursor, comma, 'One SOURCE names one log group: write SOURCE "a" | SOURCE "b".');
    }
    const option = takeOption(cursor);
    if (option !== undefined && option.name !== "start" && option.name !== "end") {
      const near = didYouMean(option.name, ["start", "end"]);
      return report(cursor, option.at, `SOURCE has no option "${option.name}".${near}`);
    }
    const time = option && parseTime(cursor);
    const selection = option === undefined ? parseSelection(cursor) : undefined;
    if (option !== undefined && time !== undefined) {
      times.set(option.name, time);
    } else if (selection !== undefined) {
      selections.push(selection);
    } else {
      return undefined;
    }
  }
  if (selections.length === 0) {
    return expected(cursor, "a log group in quotes, or logGroups(…)");
  }
  const start = times.get("start");
  const end = times.get("end");
  return {
    kind: "source",
    selections,
    ...(start && { start }),
    ...(end && { end }),
    at: spanFrom(cursor, at),
  };
}
