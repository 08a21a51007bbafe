import { didYouMean } from "../../model/suggest";
import type { Diagnostic } from "../diagnostic";
import { AGGREGATIONS } from "./query";
import { signatures } from "./signatures";
import { isClosed } from "./strings";
import { CLOSING, LIST_WORDS, opensList, type Token, tokensOf } from "./tokens";

/** The mistakes that single words show. */
interface LexicalErrors {
  readonly diagnostics: readonly Diagnostic[];
  /** The text with these mistakes mended, every other character in its place; absent when none of the rest can be trusted. */
  readonly mended: string | undefined;
}

/** A mistake, and what the grammar may read in its place: never longer than what it replaces. */
interface Mistake {
  readonly message: string;
  readonly instead: string;
}

/** A bracket that is open, and what it holds. */
interface Bracket {
  readonly text: string;
  readonly holds: "matchers" | "labels" | "anything";
}

/** Words that may stand before a parenthesis without being a function. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...AGGREGATIONS,
  ...LIST_WORDS,
  ...[
    "bool",
    "and",
    "or",
    "unless",
    "atan2",
    "offset",
    "fill",
    "fill_left",
    "fill_right",
    "start",
    "end",
    "step",
    "range",
    "min_of",
    "max_of",
  ],
]);

const FUNCTION_NAMES: readonly string[] = [...signatures.keys(), ...AGGREGATIONS];

const OPERATORS: ReadonlyMap<string, Mistake> = new Map([
  ["&&", { message: `PromQL writes "&&" as "and".`, instead: "or" }],
  ["&", { message: `PromQL writes "&" as "and".`, instead: "+" }],
  ["||", { message: `PromQL writes "||" as "or".`, instead: "or" }],
  ["|", { message: `PromQL writes "|" as "or".`, instead: "+" }],
  ["!", { message: `"!" is no operator; turn the comparison around, or use "unless".`, instead: "+" }],
  ["<>", { message: `PromQL writes "<>" as "!=".`, instead: "!=" }],
  ["=>", { message: `PromQL writes "=>" as ">=".`, instead: ">=" }],
  ["=", { message: `A single "=" matches labels; values are compared with "==".`, instead: "+" }],
  ["=~", { message: `"=~" matches labels, inside of braces only.`, instead: "+" }],
  ["!~", { message: `"!~" matches labels, inside of braces only.`, instead: "+" }],
]);

/** Look at the words one by one, and at how the brackets pair. */
export function lexicalErrors(text: string): LexicalErrors {
  const diagnostics: Diagnostic[] = [];
  const open: Bracket[] = [];
  const tokens = tokensOf(text);
  let mended = text;
  const stop = (message: string, token: Token, length = token.text.length): LexicalErrors => ({
    diagnostics: [...diagnostics, { message, offset: token.offset, length }],
    mended: undefined,
  });
  for (const [index, token] of tokens.entries()) {
    if (token.kind === "string" && !isClosed(token.text)) return stop("This string is never closed.", token);
    if (/^[“”‘’„«»]$/u.test(token.text)) return stop(`Strings stand in straight quotes, not in ${token.text}.`, token);
    const opened = open.at(-1);
    const mistake =
      mistakeOf(token, { before: tokens[index - 1], after: tokens[index + 1], within: opened?.holds ?? "anything" }) ??
      unopened(token, opened);
    if (mistake !== undefined) {
      diagnostics.push({ message: mistake.message, offset: token.offset, length: token.text.length });
      const end = token.offset + token.text.length;
      mended = mended.slice(0, token.offset) + mistake.instead.padEnd(token.text.length) + mended.slice(end);
    } else if (token.kind === "open") {
      const holds = token.text === "{" ? "matchers" : opensList(tokens[index - 1]) ? "labels" : "anything";
      open.push({ text: token.text, holds });
    } else if (token.kind === "close" && opened !== undefined) {
      if (CLOSING.get(opened.text) !== token.text)
        return stop(`"${CLOSING.get(opened.text)}" is missing before this "${token.text}".`, token, 0);
      open.pop();
    }
  }
  const last = tokens.at(-1);
  if (open.length > 0 && last !== undefined) {
    const missing = open
      .map((bracket) => CLOSING.get(bracket.text) ?? "")
      .reverse()
      .join("");
    const offset = last.offset + last.text.length;
    diagnostics.push({ message: `${naming(missing)} missing at the end.`, offset, length: 0 });
    mended = mended.slice(0, offset) + missing;
  }
  return { diagnostics, mended };
}

function naming(brackets: string): string {
  if (brackets.length > 5) return `${brackets.length} closing brackets are`;
  return `"${brackets}" ${brackets.length === 1 ? "is" : "are"}`;
}

function unopened(token: Token, opened: Bracket | undefined): Mistake | undefined {
  if (token.kind !== "close" || opened !== undefined) return undefined;
  return { message: `This "${token.text}" closes nothing.`, instead: "" };
}

interface Surroundings {
  readonly before: Token | undefined;
  readonly after: Token | undefined;
  readonly within: Bracket["holds"];
}

function mistakeOf(token: Token, { before, after, within }: Surroundings): Mistake | undefined {
  switch (token.kind) {
    case "variable":
      return {
        message: `"${token.text}" is a Grafana variable, which Prometheus does not know.`,
        instead: "_".repeat(token.text.length),
      };
    case "dotted":
      return {
        message:
          within === "anything"
            ? `A name with a dot must be quoted in braces: {"${token.text}"}.`
            : `A label name with a dot must be quoted: "${token.text}".`,
        instead: "_".repeat(token.text.length),
      };
    case "name":
      if (after?.text !== "(" || within !== "anything" || opensList(before)) return undefined;
      return unknownFunction(token.text);
    case "operator":
      if (within !== "matchers") return OPERATORS.get(token.text);
      return token.text === "==" ? { message: `Labels are matched with a single "=".`, instead: "=" } : undefined;
    case "unknown":
      if (within === "matchers" && token.text === "~")
        return { message: `A pattern is matched by "=~".`, instead: "=" };
      return { message: `"${token.text}" means nothing in PromQL.`, instead: "" };
    case "string":
    case "number":
    case "open":
    case "close":
      return undefined;
  }
}

function unknownFunction(name: string): Mistake | undefined {
  if (signatures.has(name) || KEYWORDS.has(name.toLowerCase())) return undefined;
  const hint =
    name === "holt_winters"
      ? " Since Prometheus 3 it is double_exponential_smoothing."
      : didYouMean(name, FUNCTION_NAMES);
  // Any name of a function is followed by any number of arguments, as far as the grammar goes.
  return { message: `There is no function "${name}".${hint}`, instead: name.length < 2 ? "" : "ln" };
}
