import { didYouMean } from "../../model/suggest";
import { advance, type Cursor, expected, peek, report } from "./cursor";
import type { PeriodLiteral, Span } from "./expression";
import { UNIT_SPELLINGS, unitNamed } from "./period";

/** A period from the parts of its token; an unknown unit is an error. */
export function toPeriod(cursor: Cursor, amount: string, unit: string, at: Span): PeriodLiteral | undefined {
  const name = unitNamed(unit);
  if (name === undefined) {
    const near = didYouMean(unit, UNIT_SPELLINGS);
    return report(cursor, at, `"${unit}" is no unit of time; those are ms, s, m, h, d, w, mo, q and y.${near}`);
  }
  return { kind: "period", amount: Number(amount), unit: name, at };
}

/** The period that must stand here. */
export function parsePeriod(cursor: Cursor): PeriodLiteral | undefined {
  const token = peek(cursor);
  if (token.kind !== "period") {
    return expected(cursor, "a period such as 5m");
  }
  advance(cursor);
  return toPeriod(cursor, token.amount, token.unit, token.at);
}
