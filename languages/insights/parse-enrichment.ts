import { didYouMean } from "../../model/suggest";
import { APPENDCOLS_ROWS } from "./commands";
import { advance, atWord, type Cursor, expected, expectWord, peek, report, spanFrom, takeWord } from "./cursor";
import type { Name, Span } from "./expression";
import { parseAlias, parseField, parseName, parseSubquery, takeOption } from "./parse-clauses";
import { parseExpression } from "./parse-expression";
import { parseList } from "./parse-list";
import type {
  AppendColsCommand,
  CidrLookupCommand,
  JoinCommand,
  LookupCommand,
  LookupMode,
  LookupOutput,
} from "./query";

function parseOutput(cursor: Cursor): LookupOutput | undefined {
  const column = parseName(cursor, "the table's column");
  const clause = column && parseAlias(cursor, "the new field");
  return column && clause && { column, ...clause };
}

function parseMode(cursor: Cursor): LookupMode | undefined {
  if (takeWord(cursor, "output")) {
    return "OUTPUT";
  }
  return takeWord(cursor, "outputnew") ? "OUTPUTNEW" : expected(cursor, '"OUTPUT"');
}

function parseKey(cursor: Cursor): LookupCommand["keys"][number] | undefined {
  const column = parseName(cursor, "the table's column");
  const field = column && expectWord(cursor, "as") ? parseField(cursor) : undefined;
  return column && field && { column, field };
}

/** `lookup table column as field OUTPUT column` */
export function parseLookup(cursor: Cursor, at: Span): LookupCommand | undefined {
  const table = parseName(cursor, "the lookup table");
  const keys = table && parseList(cursor, parseKey);
  const mode = keys && parseMode(cursor);
  const outputs = mode && parseList(cursor, parseOutput);
  return table && keys && mode && outputs && { kind: "lookup", table, keys, mode, outputs, at: spanFrom(cursor, at) };
}

/** `cidrlookup table ip as range OUTPUT region as zone` */
export function parseCidrLookup(cursor: Cursor, at: Span): CidrLookupCommand | undefined {
  const table = parseName(cursor, "the lookup table");
  const field = table && parseField(cursor);
  const column = field && parseAlias(cursor, "the table's column");
  const mode = column && parseMode(cursor);
  const outputs = mode && parseList(cursor, parseOutput);
  if (!(table && field && column && mode && outputs)) {
    return undefined;
  }
  const rest = { kind: "cidrlookup", table, field, mode, outputs, at: spanFrom(cursor, at) } as const;
  return column.alias === undefined ? rest : { ...rest, column: column.alias };
}

const JOIN_TYPES: readonly JoinCommand["type"][] = ["inner", "left"];

function parseJoinType(cursor: Cursor): JoinCommand["type"] | undefined {
  const token = peek(cursor);
  const written = token.kind === "word" ? token.keyword : "";
  const type = JOIN_TYPES.find((candidate) => candidate === written);
  if (type === undefined) {
    return report(cursor, token.at, `The type of a join is inner or left.${didYouMean(written, JOIN_TYPES)}`);
  }
  advance(cursor);
  return type;
}

interface JoinSides {
  readonly type: JoinCommand["type"];
  readonly left: Name;
  readonly right: Name;
}

function parseSides(cursor: Cursor): JoinSides | undefined {
  let type: JoinCommand["type"] = "inner";
  let left: Name | undefined;
  let right: Name | undefined;
  for (let option = takeOption(cursor); option !== undefined; option = takeOption(cursor)) {
    switch (option.name) {
      case "type": {
        const read = parseJoinType(cursor);
        if (read === undefined) {
          return undefined;
        }
        type = read;
        break;
      }
      case "left":
        left = parseName(cursor, "the left side");
        break;
      case "right":
        right = parseName(cursor, "the right side");
        break;
      default: {
        const near = didYouMean(option.name, ["type", "left", "right"]);
        return report(cursor, option.at, `A join has no option "${option.name}".${near}`);
      }
    }
  }
  return left && right ? { type, left, right } : expected(cursor, "left= and right= with a name for each side");
}

/** `join type=left left=a right=b where a.id = b.id (SOURCE "…" | …)` */
export function parseJoin(cursor: Cursor, at: Span): JoinCommand | undefined {
  const sides = parseSides(cursor);
  const condition = sides && expectWord(cursor, "where") ? parseExpression(cursor) : undefined;
  const query = condition && parseSubquery(cursor);
  return sides && condition && query && { kind: "join", ...sides, condition, query, at: spanFrom(cursor, at) };
}

/** `appendcols override=true max=100 (SOURCE "…" | …)` */
export function parseAppendCols(cursor: Cursor, at: Span): AppendColsCommand | undefined {
  let override = false;
  let max: number = APPENDCOLS_ROWS.default;
  for (let option = takeOption(cursor); option !== undefined; option = takeOption(cursor)) {
    const token = peek(cursor);
    if (option.name === "override" && (atWord(cursor, "true") || atWord(cursor, "false"))) {
      override = takeWord(cursor, "true") || !takeWord(cursor, "false");
    } else if (option.name === "max" && token.kind === "number") {
      advance(cursor);
      max = Number(token.text);
      if (!Number.isInteger(max) || max < 1 || max > APPENDCOLS_ROWS.max) {
        report(cursor, token.at, `appendcols takes between 1 and ${APPENDCOLS_ROWS.max} rows, not ${token.text}.`);
      }
    } else {
      return report(cursor, option.at, "appendcols takes override=true, override=false and max= with a number.");
    }
  }
  const query = parseSubquery(cursor);
  return query && { kind: "appendcols", override, max, query, at: spanFrom(cursor, at) };
}
