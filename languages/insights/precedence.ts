import type { BinaryOperator } from "./expression";

/** How tightly an operator binds; the parser and the printer agree through it. Tests such as `like` and `in` bind as `=` does. */
export const BINDING: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  "=": 4,
  "!=": 4,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
  "^": 8,
};

/** `not a = b` denies the comparison. */
export const NOT_BINDING = 3;

/** `-a ^ 2` is the negative of the square. */
export const SIGN_BINDING = 7;

/** How tightly a literal, a field or a call holds together. */
export const OPERAND_BINDING = 9;
