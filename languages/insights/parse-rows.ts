import { didYouMean } from "../../model/suggest";
import { MAX_LIMIT } from "./commands";
import { advance, atCommandEnd, atWord, type Cursor, expected, peek, report, spanFrom, takeWord } from "./cursor";
import type { Span } from "./expression";
import { parseField, parseName, parseSelection } from "./parse-clauses";
import { parseExpression } from "./parse-expression";
import { parseList } from "./parse-list";
import { parsePeriod } from "./parse-period";
import type {
  DiffBaseline,
  DiffCommand,
  FillMissingCommand,
  FilterCommand,
  LimitCommand,
  PatternCommand,
  RelevantFieldsCommand,
  SelectCommand,
  SortCommand,
  SortKey,
  StatsCommand,
  UnnestCommand,
} from "./query";

/** `fields` and `display`. */
export function parseSelect(cursor: Cursor, kind: SelectCommand["kind"], at: Span): SelectCommand | undefined {
  const selections = parseList(cursor, parseSelection, atCommandEnd);
  return selections && { kind, selections, at: spanFrom(cursor, at) };
}

/** `filter`, `filterIndex` and `where`. */
export function parseFilter(cursor: Cursor, kind: FilterCommand["kind"], at: Span): FilterCommand | undefined {
  const condition = parseExpression(cursor);
  return condition && { kind, condition, at: spanFrom(cursor, at) };
}

const atStatsClause = (cursor: Cursor): boolean =>
  atCommandEnd(cursor) || atWord(cursor, "by") || atWord(cursor, "offset");

/** `stats a, b by c, bin(5m) offset 1h` */
export function parseStats(cursor: Cursor, at: Span): StatsCommand | undefined {
  const outputs = parseList(cursor, parseSelection, atStatsClause);
  const groups = takeWord(cursor, "by") ? parseList(cursor, parseSelection, atStatsClause) : [];
  if (outputs === undefined || groups === undefined) {
    return undefined;
  }
  if (!takeWord(cursor, "offset")) {
    return { kind: "stats", outputs, groups, at: spanFrom(cursor, at) };
  }
  const offset = parsePeriod(cursor);
  return offset && { kind: "stats", outputs, groups, offset, at: spanFrom(cursor, at) };
}

function parseSortKey(cursor: Cursor): SortKey | undefined {
  const expression = parseExpression(cursor);
  if (expression === undefined) {
    return undefined;
  }
  const descending = takeWord(cursor, "desc");
  if (!descending) {
    takeWord(cursor, "asc");
  }
  return { expression, direction: descending ? "desc" : "asc" };
}

/** `sort a desc, b` */
export function parseSort(cursor: Cursor, at: Span): SortCommand | undefined {
  const token = peek(cursor);
  if (takeWord(cursor, "by")) {
    report(cursor, token.at, 'Fields follow "sort" without "by".');
  }
  const keys = parseList(cursor, parseSortKey, atCommandEnd);
  return keys && { kind: "sort", keys, at: spanFrom(cursor, at) };
}

const WHOLE = /^\d+$/;

/** `limit 20`, `limit any 20` */
export function parseLimit(cursor: Cursor, at: Span): LimitCommand | undefined {
  const any = takeWord(cursor, "any");
  const token = peek(cursor);
  if (token.kind !== "number") {
    return expected(cursor, "a number of rows");
  }
  advance(cursor);
  const count = Number(token.text);
  if (!WHOLE.test(token.text) || count < 1) {
    report(cursor, token.at, `A limit is a whole number of rows above zero, not ${token.text}.`);
  } else if (count > MAX_LIMIT) {
    report(cursor, token.at, `A limit is at most ${MAX_LIMIT} rows, not ${token.text}.`);
  }
  return { kind: "limit", count, any, at: spanFrom(cursor, at) };
}

/** `pattern @message` */
export function parsePatternCommand(cursor: Cursor, at: Span): PatternCommand | undefined {
  const expression = parseExpression(cursor);
  return expression && { kind: "pattern", expression, at: spanFrom(cursor, at) };
}

const BASELINES: readonly DiffBaseline[] = ["previousDay", "previousWeek", "previousMonth"];

/** `diff`, `diff previousDay` */
export function parseDiff(cursor: Cursor, at: Span): DiffCommand | undefined {
  const token = peek(cursor);
  if (atCommandEnd(cursor)) {
    return { kind: "diff", baseline: "previousRange", at };
  }
  if (token.kind !== "word") {
    return expected(cursor, "previousDay, previousWeek or previousMonth");
  }
  const baseline = BASELINES.find((candidate) => candidate.toLowerCase() === token.keyword);
  if (baseline === undefined) {
    const near = didYouMean(token.keyword, BASELINES);
    return report(cursor, token.at, `diff compares with previousDay, previousWeek or previousMonth.${near}`);
  }
  advance(cursor);
  return { kind: "diff", baseline, at: spanFrom(cursor, at) };
}

/** `unnest list into item` */
export function parseUnnest(cursor: Cursor, at: Span): UnnestCommand | undefined {
  const field = parseField(cursor);
  if (field === undefined) {
    return undefined;
  }
  if (!takeWord(cursor, "into")) {
    return expected(cursor, '"into"');
  }
  const name = parseName(cursor, "the element");
  return name && { kind: "unnest", field, name, at: spanFrom(cursor, at) };
}

/** `relevantfields a, b where status >= 500` */
export function parseRelevantFields(cursor: Cursor, at: Span): RelevantFieldsCommand | undefined {
  const first = peek(cursor);
  const listed = !(first.kind === "word" && first.keyword === "where");
  const fields = listed ? parseList(cursor, parseField) : [];
  if (fields === undefined) {
    return undefined;
  }
  if (!takeWord(cursor, "where")) {
    return expected(cursor, '"where"');
  }
  const condition = parseExpression(cursor);
  return condition && { kind: "relevantfields", fields, condition, at: spanFrom(cursor, at) };
}

type Fill = FillMissingCommand["fills"][number];

function parseFill(cursor: Cursor): Fill | undefined {
  const value = parseExpression(cursor);
  if (value === undefined) {
    return undefined;
  }
  if (!takeWord(cursor, "for")) {
    return expected(cursor, '"for"');
  }
  const field = parseField(cursor);
  return field && { value, field };
}

/** `fillmissing`, `fillmissing with 0 for errors, 1 for up` */
export function parseFillMissing(cursor: Cursor, at: Span): FillMissingCommand | undefined {
  const fills = takeWord(cursor, "with") ? parseList(cursor, parseFill) : [];
  return fills && { kind: "fillmissing", fills, at: spanFrom(cursor, at) };
}
