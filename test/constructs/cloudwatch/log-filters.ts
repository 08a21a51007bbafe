import fc from "fast-check";
import type { LogFilter } from "../../../model/log-filter";

const textField = fc.constantFrom("level", "path", "http.route");
const numberField = fc.constantFrom("duration_ms", "http.status-code");
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
/** Text without what a filter pattern cannot hold. */
export const comparableText = fc
  .string({ unit: "grapheme", maxLength: 12 })
  .map((value) => value.replace(/[*\p{Cc}]/gu, "_"));

/** One comparison that a filter pattern can say. */
const comparison: fc.Arbitrary<LogFilter> = fc.oneof(
  fc.record({ kind: fc.constant("equals"), field: textField, value: comparableText }),
  fc.record({ kind: fc.constant("equals"), field: numberField, value: number }),
  fc.record({
    kind: fc.constant("one-of"),
    field: textField,
    values: fc.array(comparableText, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constantFrom("above", "at-least", "below"), field: numberField, value: number }),
  fc.record({ kind: fc.constant("exists"), field: textField }),
);

/** Filters of every shape over such comparisons, some of them too long for a pattern. */
export const logFilter: fc.Arbitrary<LogFilter> = fc.letrec<{ filter: LogFilter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    comparison,
    fc.record({
      kind: fc.constantFrom("and", "or"),
      filters: fc.array(tie("filter"), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant("not"), filter: tie("filter") }),
  ),
})).filter;
