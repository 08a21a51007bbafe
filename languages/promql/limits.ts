import type { Diagnostic } from "../diagnostic";
import { tokensOf } from "./tokens";

/** Texts up to this many characters are parsed whatever they hold. */
const SHORT = 2000;
/**
 * In longer texts, the grammar's parser gives up on chains of some 300 operators and mistakes the rest for errors, and deep
 * nesting would exhaust the stack. Prometheus sets no limit; a rule or panel this large is better split into recording rules.
 */
const MOST = 150;

const WORDS: ReadonlySet<string> = new Set(["and", "or", "unless", "atan2"]);

/** Where a text becomes too large to be parsed reliably, if it does. */
export function tooLarge(text: string): Diagnostic | undefined {
  if (text.length <= SHORT) return undefined;
  const open: string[] = [];
  let operators = 0;
  for (const { kind, text: word, offset } of tokensOf(text)) {
    const place = { offset, length: text.length - offset };
    if (kind === "open") open.push(word);
    if (kind === "close") open.pop();
    // A range nests what stands before it, as an operator does.
    const counts =
      (kind === "operator" && open.at(-1) !== "{" && word !== ",") || WORDS.has(word.toLowerCase()) || word === "[";
    operators += counts ? 1 : 0;
    if (operators > MOST)
      return {
        message: `This query has more than ${MOST} operators and ranges; split it into recording rules.`,
        ...place,
      };
    if (open.length > MOST)
      return { message: `This query nests more than ${MOST} brackets; split it into recording rules.`, ...place };
  }
  return undefined;
}
