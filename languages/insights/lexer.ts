import type { Diagnostic } from "../diagnostic";
import type { Span } from "./expression";
import { regexFault } from "./regex";
import { numberEnd, scanLiteral, scanPath, startsNumber, startsWord, wordEnd } from "./scan";
import { RESERVED, SYMBOLS, type Token, type TokenSymbol, type TokenValue } from "./token";

/** A query's tokens, the last of them the end, and what is wrong with its characters. */
export interface Lexed {
  readonly tokens: readonly Token[];
  readonly diagnostics: readonly Diagnostic[];
}

const operator = (symbol: TokenSymbol): TokenValue => ({ kind: "symbol", symbol });
const word = (keyword: string): TokenValue => ({ kind: "word", path: [keyword], keyword });

const BY_MARK: ReadonlyMap<string, TokenSymbol> = new Map(SYMBOLS.map((symbol) => [symbol, symbol] as const));

/** Marks that other query languages use: how they are written here, and what they are read as all the same. */
const FOREIGN_MARKS: ReadonlyMap<string, { readonly here: string; readonly meaning: TokenValue }> = new Map([
  ["&&", { here: "and", meaning: word("and") }],
  ["||", { here: "or", meaning: word("or") }],
  ["==", { here: "=", meaning: operator("=") }],
  ["=>", { here: ">=", meaning: operator(">=") }],
  ["<>", { here: "!=", meaning: operator("!=") }],
  ["!~", { here: "not like", meaning: operator("=~") }],
]);

/** What the lexer has so far; mutable, and never seen outside `lex`. */
interface Lexer {
  readonly text: string;
  readonly tokens: Token[];
  readonly diagnostics: Diagnostic[];
  /** Brackets that are open. */
  depth: number;
  /** True once a bracket has closed nothing. */
  unmatched: boolean;
  /** The depth of the `parse` command that is being read. */
  parsing: number | undefined;
}

const report = ({ diagnostics }: Lexer, offset: number, length: number, message: string): void => {
  diagnostics.push({ message, offset, length });
};

/** Adds a token and gives the offset behind it. */
function push({ tokens }: Lexer, token: Token): number {
  tokens.push(token);
  return token.at.offset + token.at.length;
}

const span = (offset: number, end: number): Span => ({ offset, length: end - offset });

/** Adds a token that only says that what stands here was reported. */
function bad(lexer: Lexer, offset: number, end: number, message: string, length = end - offset): number {
  report(lexer, offset, length, message);
  return push(lexer, { kind: "bad", at: span(offset, end), depth: lexer.depth });
}

/** True where an operand has just ended, so that a slash divides. */
function afterOperand(previous: Token | undefined): boolean {
  switch (previous?.kind) {
    case "word":
      return !RESERVED.has(previous.keyword);
    case "string":
    case "number":
    case "period":
    case "regex":
      return true;
    case "symbol":
      return previous.symbol === ")" || previous.symbol === "]";
    case "bad":
    case "end":
    case undefined:
      return false;
  }
}

function lexWord(lexer: Lexer, offset: number): number {
  const { end, path, quoted, fault } = scanPath(lexer.text, offset);
  if (fault !== undefined) {
    return bad(lexer, offset, end, fault);
  }
  const [first] = path;
  const keyword = quoted || path.length > 1 || typeof first !== "string" ? "" : first.toLowerCase();
  const previous = lexer.tokens.at(-1);
  if (previous === undefined || (previous.kind === "symbol" && previous.symbol === "|")) {
    lexer.parsing = keyword === "parse" ? lexer.depth : undefined;
  }
  return push(lexer, { kind: "word", path, keyword, at: span(offset, end), depth: lexer.depth });
}

function lexString(lexer: Lexer, offset: number, quote: string): number {
  const { end, fault } = scanLiteral(lexer.text, offset, quote, `This ${quote} is never closed.`);
  const raw = lexer.text.slice(offset + 1, end - 1);
  return fault === undefined
    ? push(lexer, { kind: "string", raw, at: span(offset, end), depth: lexer.depth })
    : bad(lexer, offset, end, fault, 1);
}

const TRAILING_FLAGS = /[A-Za-z]+/y;

function lexRegex(lexer: Lexer, offset: number): number {
  const { text, depth } = lexer;
  const { end, fault: unclosed } = scanLiteral(
    text,
    offset,
    "/",
    "This regular expression is never closed by a slash.",
  );
  if (unclosed !== undefined) {
    return bad(lexer, offset, end, unclosed, 1);
  }
  const pattern = text.slice(offset + 1, end - 1);
  TRAILING_FLAGS.lastIndex = end;
  const flags = TRAILING_FLAGS.exec(text)?.[0] ?? "";
  if (flags !== "") {
    report(lexer, end, flags.length, `Flags stand inside a regular expression: write /(?${flags})${pattern}/.`);
  }
  const fault = pattern === "" ? "This regular expression is empty." : regexFault(pattern);
  if (fault !== undefined) {
    report(lexer, offset, end - offset, fault);
  }
  return push(lexer, { kind: "regex", pattern, at: span(offset, end + flags.length), depth });
}

function lexNumber(lexer: Lexer, offset: number): number {
  const { text, depth } = lexer;
  const amountEnd = numberEnd(text, offset);
  const end = wordEnd(text, amountEnd);
  const amount = text.slice(offset, amountEnd);
  const at = span(offset, end);
  return end === amountEnd
    ? push(lexer, { kind: "number", text: amount, at, depth })
    : push(lexer, { kind: "period", amount, unit: text.slice(amountEnd, end), at, depth });
}

function lexSymbol(lexer: Lexer, offset: number, symbol: TokenSymbol): number {
  if (symbol === ")" || symbol === "]" || symbol === "}") {
    lexer.unmatched ||= lexer.depth === 0;
    lexer.depth = Math.max(lexer.depth - 1, 0);
  }
  const end = push(lexer, { kind: "symbol", symbol, at: span(offset, offset + symbol.length), depth: lexer.depth });
  if (symbol === "(" || symbol === "[" || symbol === "{") {
    lexer.depth++;
  }
  return end;
}

function lexMark(lexer: Lexer, offset: number): number {
  const { text, depth } = lexer;
  const character = text.charAt(offset);
  // After a field, `parse` reads a pattern where every other command divides.
  if (character === "/" && (lexer.parsing === depth || !afterOperand(lexer.tokens.at(-1)))) {
    return lexRegex(lexer, offset);
  }
  const pair = text.slice(offset, offset + 2);
  const foreign = FOREIGN_MARKS.get(pair);
  if (foreign !== undefined) {
    report(lexer, offset, pair.length, `Write "${foreign.here}" instead of "${pair}".`);
    return push(lexer, { ...foreign.meaning, at: span(offset, offset + pair.length), depth });
  }
  const symbol = BY_MARK.get(pair) ?? BY_MARK.get(character);
  return symbol === undefined
    ? bad(lexer, offset, offset + 1, `The character ${character} has no meaning here.`)
    : lexSymbol(lexer, offset, symbol);
}

/** Reads the token at `offset` and gives the offset behind it. */
function lexToken(lexer: Lexer, offset: number): number {
  const character = lexer.text.charAt(offset);
  if (startsWord(lexer.text, offset)) {
    return lexWord(lexer, offset);
  }
  if (character === '"' || character === "'") {
    return lexString(lexer, offset, character);
  }
  return startsNumber(lexer.text, offset) ? lexNumber(lexer, offset) : lexMark(lexer, offset);
}

const SPACE = /(?:\s+|#[^\n]*)+/y;

/** Cuts a query into tokens; comments and white space go. Never throws: what cannot be read becomes a "bad" token. */
export function lex(text: string): Lexed {
  const lexer: Lexer = { text, tokens: [], diagnostics: [], depth: 0, unmatched: false, parsing: undefined };
  for (let offset = 0; ; offset = lexToken(lexer, offset)) {
    SPACE.lastIndex = offset;
    offset = SPACE.test(text) ? SPACE.lastIndex : offset;
    if (offset >= text.length) {
      break;
    }
  }
  const { tokens, diagnostics } = lexer;
  tokens.push({ kind: "end", at: { offset: text.length, length: 0 }, depth: 0 });
  // Without a partner for each, no bracket tells where a subquery ends.
  const balanced = lexer.depth === 0 && !lexer.unmatched;
  return { tokens: balanced ? tokens : tokens.map((token) => ({ ...token, depth: 0 })), diagnostics };
}
