import type { TextSpan } from "./query";
import { decodeString } from "./strings";
import type { SyntaxNode } from "./syntax-tree";

/**
 * What a mistake is about: the form of the text, the types of its parts, a regular expression, or a counter that is aggregated
 * before its rate is taken, which the types forbid.
 */
export type ParseRule = "syntax" | "type" | "regex" | "rate-of-aggregate";

/** What the way through a syntax tree carries along. */
export interface Walk {
  readonly text: string;
  /** Take down a mistake; of the types, unless said otherwise. */
  readonly report: (message: string, at: TextSpan, rule?: ParseRule) => void;
  /** Take down that a construct is used which not every server accepts. */
  readonly experimental: (construct: string) => void;
}

export const spanOf = (node: SyntaxNode): TextSpan => ({ offset: node.from, length: node.to - node.from });

export const textOf = (walk: Walk, node: SyntaxNode): string => walk.text.slice(node.from, node.to);

/** The text that a string node stands for; a wrong escape is reported and left out. */
export function stringOf(walk: Walk, node: SyntaxNode): string {
  const literal = textOf(walk, node);
  const decoded = decodeString(literal);
  if (decoded.ok) return decoded.value;
  for (const { message, offset, length } of decoded.diagnostics) {
    walk.report(message, { offset: node.from + offset, length }, "syntax");
  }
  return literal.slice(1, -1);
}
