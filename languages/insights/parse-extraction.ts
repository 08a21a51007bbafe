import {
  advance,
  atSymbol,
  atWord,
  type Cursor,
  expected,
  expectWord,
  peek,
  report,
  spanFrom,
  takeWord,
} from "./cursor";
import type { FieldReference, Name, RegexLiteral, Span, StringLiteral } from "./expression";
import { parseField, parseName, parseString, takeOption } from "./parse-clauses";
import { parseList } from "./parse-list";
import type { Extraction, JsonCommand, ParseCommand } from "./query";
import { captureGroups, regexFault } from "./regex";

const parseNewField = (cursor: Cursor): Name | undefined => parseName(cursor, "the new field");

const WILDCARD = /\*/g;

function parseGlob(cursor: Cursor, pattern: StringLiteral): Extraction | undefined {
  const names = expectWord(cursor, "as") ? parseList(cursor, parseNewField) : undefined;
  if (names === undefined) {
    return undefined;
  }
  const wildcards = pattern.raw.match(WILDCARD)?.length ?? 0;
  if (wildcards !== names.length) {
    const message = `The pattern holds ${wildcards} "*" and ${names.length} names follow; each "*" needs one name.`;
    report(cursor, pattern.at, message);
  }
  return { kind: "glob", pattern, names };
}

/** Names follow the groups in order; `multi` may stand before them as well as behind. */
function parseRegexExtraction(cursor: Cursor, pattern: RegexLiteral): Extraction | undefined {
  const early = takeWord(cursor, "multi");
  const names = takeWord(cursor, "as") ? parseList(cursor, parseNewField) : [];
  if (names === undefined) {
    return undefined;
  }
  const multi = takeWord(cursor, "multi") || early;
  const groups = captureGroups(pattern.pattern);
  const fault = regexFault(pattern.pattern);
  if (fault === undefined && groups.count === 0) {
    const message = "This regular expression has no group to extract, such as (?<name>…).";
    report(cursor, pattern.at, message);
  } else if (fault === undefined && names.length === 0 && groups.names.length === 0) {
    report(cursor, pattern.at, "Nothing names the new field: write (?<name>…) in the regular expression.");
  } else if (fault === undefined && names.length > groups.count) {
    const message = `The regular expression has ${groups.count} groups for ${names.length} names.`;
    report(cursor, pattern.at, message);
  }
  return { kind: "regex", pattern, names, multi };
}

function parseExtraction(cursor: Cursor): Extraction | undefined {
  const token = peek(cursor);
  if (token.kind === "string") {
    advance(cursor);
    return parseGlob(cursor, { kind: "string", raw: token.raw, at: token.at });
  }
  if (token.kind === "regex") {
    advance(cursor);
    return parseRegexExtraction(cursor, { kind: "regex", pattern: token.pattern, at: token.at });
  }
  if (takeWord(cursor, "logfmt")) {
    const name = expectWord(cursor, "as") ? parseNewField(cursor) : undefined;
    return name && { kind: "logfmt", name };
  }
  if (takeWord(cursor, "csv")) {
    const names = expectWord(cursor, "as") ? parseList(cursor, parseNewField) : undefined;
    return names && { kind: "csv", names };
  }
  return expected(cursor, "a quoted pattern, a /regular expression/, logfmt or csv");
}

/** True when the way of parsing stands here, and not the field to parse. */
function atExtraction(cursor: Cursor): boolean {
  const { kind } = peek(cursor);
  const keyword = (atWord(cursor, "logfmt") || atWord(cursor, "csv")) && atWord(cursor, "as", 1);
  return kind === "string" || kind === "regex" || keyword;
}

/** `parse @message "user=*" as user` and its other modes. Source: CloudWatch Logs Insights, `parse`. */
export function parseParse(cursor: Cursor, at: Span): ParseCommand | undefined {
  let source: FieldReference | undefined;
  if (!atExtraction(cursor)) {
    source = parseField(cursor);
    if (source === undefined) {
      return undefined;
    }
    if (atSymbol(cursor, "(")) {
      const fix = "name what the function gives by fields … as text, and parse text";
      return report(cursor, source.at, `parse reads a field, not a function: ${fix}.`);
    }
  }
  const extraction = parseExtraction(cursor);
  if (extraction === undefined) {
    return undefined;
  }
  const rest = { extraction, at: spanFrom(cursor, at) };
  return source === undefined ? { kind: "parse", ...rest } : { kind: "parse", source, ...rest };
}

/** `json field=payload "user.name" as username`. Source: CloudWatch Logs Insights, `parse`, JSON field extraction. */
export function parseJson(cursor: Cursor, at: Span): JsonCommand | undefined {
  const wanted = "field= and the field that holds the object";
  const option = takeOption(cursor);
  if (option === undefined) {
    return expected(cursor, wanted);
  }
  if (option.name !== "field") {
    return report(cursor, option.at, `Expected ${wanted}, found "${option.name}".`);
  }
  const field = parseField(cursor);
  const key = field && parseString(cursor, "the quoted path of a key");
  const name = key && expectWord(cursor, "as") ? parseNewField(cursor) : undefined;
  return field && key && name && { kind: "json", field, key, name, at: spanFrom(cursor, at) };
}
