import type { PathSegment, Span } from "./expression";

/** Marks that stand for themselves. */
export const SYMBOLS = [
  "!=",
  "<=",
  ">=",
  "=~",
  "=",
  "<",
  ">",
  "+",
  "-",
  "*",
  "/",
  "%",
  "^",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  ",",
  ":",
  "|",
] as const;

export type TokenSymbol = (typeof SYMBOLS)[number];

/** A piece of a query's text. `depth` is the number of brackets open around it, not counting its own. */
export type Token = { readonly at: Span; readonly depth: number } & TokenValue;

export type TokenValue =
  | {
      readonly kind: "word";
      readonly path: readonly PathSegment[];
      /** In lower case, or "" when the word is quoted or has more than one segment and so can only name a field. */
      readonly keyword: string;
    }
  | { readonly kind: "string"; readonly raw: string }
  | { readonly kind: "number"; readonly text: string }
  /** A number with letters right behind it; the unit is not known to be one. */
  | { readonly kind: "period"; readonly amount: string; readonly unit: string }
  | { readonly kind: "regex"; readonly pattern: string }
  | { readonly kind: "symbol"; readonly symbol: TokenSymbol }
  /** Already reported; the parser says nothing more about it. */
  | { readonly kind: "bad" }
  | { readonly kind: "end" };

/** Words that never name a field unless they stand in backticks. Source: the language's operators and clauses. */
export const RESERVED: ReadonlySet<string> = new Set(["and", "or", "not", "in", "like", "as", "by"]);
