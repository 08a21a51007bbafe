import Big from "big.js";
import { plain } from "../../model/quantity";

/**
 * PromQL and how tightly its outermost operator binds: not at all for a selector, a call or a number, `/` and `*`, or `-`.
 * Source: Prometheus, Operators, "Binary operator precedence".
 */
export interface Term {
  readonly text: string;
  readonly binding: "operand" | "product" | "difference";
}

export const operand = (text: string): Term => ({ text, binding: "operand" });

const parenthesized = ({ text }: Term): string => `(${text})`;

const inProduct = (term: Term): string => (term.binding === "difference" ? parenthesized(term) : term.text);

/** The left side over the right, where the right is above zero. `join` says how their series find each other. */
export const quotient = (left: Term, right: Term, join: string): Term => ({
  text: `${inProduct(left)} /${join} (${right.text} > 0)`,
  binding: "product",
});

/** What the term leaves of one. */
export const complementOf = (term: Term): Term => ({
  text: `1 - ${term.binding === "difference" ? parenthesized(term) : term.text}`,
  binding: "difference",
});

/** The term times a factor. One below 1 divides by its inverse, which is exact where a product with 0.001 is not. */
export function times(term: Term, factor: Big): Term {
  if (factor.eq(1)) return term;
  const operation = factor.lt(1) ? `/ ${plain(new Big(1).div(factor))}` : `* ${plain(factor)}`;
  return { text: `${inProduct(term)} ${operation}`, binding: "product" };
}
