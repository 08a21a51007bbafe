import fc from "fast-check";
import type {
  BinaryOperator,
  Expression,
  FieldReference,
  Name,
  PathSegment,
  PeriodLiteral,
  RegexLiteral,
  Span,
  StringLiteral,
} from "../../../languages/insights/expression";
import { FUNCTIONS } from "../../../languages/insights/functions";
import type { InsightsQuery } from "../../../languages/insights/query";

/** Positions of made-up nodes; the laws are about everything else. */
export const at: Span = { offset: 0, length: 0 };

const PLAIN_NAMES = [
  "path",
  "status_code",
  "@timestamp",
  "@@custom",
  "items",
  "in",
  "as",
  "where",
  "true",
  "desc",
  "größe",
];
const ODD_NAMES = ["foo-bar", "a b", "1st", "@aws.tag.a:b", "a.b", "count(*)", "x|y", "#1", "[0]", '"'];

export const nameText = fc.oneof(
  fc.constantFrom(...PLAIN_NAMES, ...ODD_NAMES),
  fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !/[`\n\r]/.test(text)),
);
const segment: fc.Arbitrary<PathSegment> = fc.oneof(
  { weight: 3, arbitrary: nameText },
  { weight: 1, arbitrary: fc.nat({ max: 99 }) },
);
const path: fc.Arbitrary<readonly PathSegment[]> = fc
  .tuple(nameText, fc.array(segment, { maxLength: 2 }))
  .map(([first, rest]) => [first, ...rest]);
export const field: fc.Arbitrary<FieldReference> = path.map((steps) => ({ kind: "field", path: steps, at }));
export const name: fc.Arbitrary<Name> = nameText.map((text) => ({ text, at }));

/** A string as it can be written: backslashes in pairs with what they protect, one kind of quote left unprotected. */
export const raw = fc
  .tuple(
    fc.constantFrom('"', "'"),
    fc.array(fc.constantFrom("a", " ", "|", "#", "*", "/", "é", "\\\\", '\\"', "\\'", "\\d", "QUOTE"), {
      maxLength: 8,
    }),
  )
  .map(([quote, parts]) => parts.map((part) => (part === "QUOTE" ? quote : part)).join(""));
export const string: fc.Arbitrary<StringLiteral> = raw.map((text) => ({ kind: "string", raw: text, at }));
export const regex: fc.Arbitrary<RegexLiteral> = fc
  .constantFrom("ERROR", "(?i)time ?out", "\\/api\\/[^/]+", "a|b", "[)(]", "\\(", "[]\\]]x", "(?:ab)+")
  .map((pattern) => ({ kind: "regex", pattern, at }));
export const extracting = fc.constantFrom("(?<user>\\w+)", "user=(?<user>.*?), (?<@ms>[0-9.]+)", "(?P<a>x)|(y)");

const PERIODS: readonly (readonly [unit: string, max: number])[] = [
  ["ms", 1000],
  ["s", 60],
  ["m", 60],
  ["h", 24],
  ["d", 400],
  ["w", 60],
  ["mo", 12],
  ["q", 4],
  ["y", 9],
];
export const period: fc.Arbitrary<PeriodLiteral> = fc
  .constantFrom(...PERIODS)
  .chain(([unit, max]) => fc.integer({ min: 1, max }).map((amount) => ({ kind: "period", amount, unit, at }) as const));

const BINARY: readonly BinaryOperator[] = ["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "^"];
const ROW_FUNCTIONS = FUNCTIONS.filter((spec) => !spec.aggregate && spec.periodAt === undefined);
export const FIELD_AGGREGATES = FUNCTIONS.filter((spec) => spec.aggregate && spec.max === 1);

export const literal: fc.Arbitrary<Expression> = fc.oneof(
  field,
  string,
  fc
    .constantFrom("0", "1", "1.5", ".5", "1e3", "123456789012345678901")
    .map((text) => ({ kind: "number", text, at }) as const),
  fc.boolean().map((value) => ({ kind: "boolean", value, at }) as const),
  period.map((by) => ({ kind: "call", name: "bin", args: [by], at }) as const),
);

const subqueryOf = (condition: fc.Arbitrary<Expression>): fc.Arbitrary<InsightsQuery> =>
  fc.tuple(string, condition, field).map(([group, test, id]) => ({
    commands: [
      { kind: "source", selections: [{ kind: "group", name: group }], at },
      { kind: "filter", condition: test, at },
      { kind: "fields", selections: [{ expression: id }], at },
    ],
  }));

const flat = fc
  .tuple(field, literal)
  .map(([left, right]): Expression => ({ kind: "binary", operator: "=", left, right, at }));
export const subquery = subqueryOf(flat);

/** An expression over one event; `nested` adds subqueries, which cannot stand in one another. */
function expressions(nested: boolean): fc.Arbitrary<Expression> {
  return fc.letrec<{ any: Expression }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 4, depthIdentifier: "expression" },
      literal,
      fc
        .record({ operator: fc.constantFrom(...BINARY), left: tie("any"), right: tie("any") })
        .map((parts) => ({ kind: "binary", ...parts, at }) as const),
      fc
        .record({ operator: fc.constantFrom("not" as const, "-" as const), operand: tie("any") })
        .map((parts) => ({ kind: "unary", ...parts, at }) as const),
      fc
        .record({
          operator: fc.constantFrom("like" as const, "=~" as const),
          negated: fc.boolean(),
          subject: tie("any"),
          pattern: fc.oneof(string, regex),
        })
        .map((parts) => ({ kind: "match", ...parts, at }) as const),
      fc
        .record({
          negated: fc.boolean(),
          subject: tie("any"),
          candidates: fc.array(tie("any"), { minLength: 1, maxLength: 3 }),
        })
        .map((parts) => ({ kind: "in", ...parts, at }) as const),
      fc
        .constantFrom(...ROW_FUNCTIONS)
        .chain((spec) =>
          fc
            .array(tie("any"), { minLength: spec.min, maxLength: Math.min(spec.max, spec.min + 1) })
            .map((args) => ({ kind: "call", name: spec.name, args, at }) as const),
        ),
      ...(nested
        ? [
            fc
              .record({ negated: fc.boolean(), subject: tie("any"), query: subquery })
              .map((parts) => ({ kind: "in-subquery", ...parts, at }) as const),
          ]
        : []),
    ),
  })).any;
}

export const expression = expressions(true);
export const flatExpression = expressions(false);

/** A value without its positions, for comparison. */
export function withoutPositions(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, part: unknown) => (key === "at" ? undefined : part)));
}
