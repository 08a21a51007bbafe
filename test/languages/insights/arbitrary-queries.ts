import fc from "fast-check";
import { PLAIN_COMMANDS, type PlainCommandName, type PlainCommandSpec } from "../../../languages/insights/commands";
import type { Expression, Name } from "../../../languages/insights/expression";
import type {
  Command,
  CommandOption,
  InsightsQuery,
  LookupOutput,
  PlainCommand,
  Selection,
  SourceCommand,
  SourceTime,
  SourceValue,
  StatsCommand,
} from "../../../languages/insights/query";
import {
  at,
  expression,
  extracting,
  FIELD_AGGREGATES,
  field,
  flatExpression,
  literal,
  name,
  nameText,
  period,
  raw,
  string,
  subquery,
} from "./arbitrary-expressions";

const optionalAlias = fc.option(name, { nil: undefined });
const withAlias = <T extends object>(value: T, alias: Name | undefined): T & { readonly alias?: Name } =>
  alias === undefined ? value : { ...value, alias };

const selection: fc.Arbitrary<Selection> = fc
  .tuple(expression, optionalAlias)
  .map(([value, alias]) => withAlias({ expression: value }, alias));
const list = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> => fc.array(item, { minLength: 1, maxLength: 3 });

const aggregate: fc.Arbitrary<Expression> = fc.oneof(
  fc.constant<Expression>({ kind: "call", name: "count", args: [{ kind: "all", at }], at }),
  fc
    .tuple(fc.constantFrom(...FIELD_AGGREGATES), flatExpression)
    .map(([spec, arg]): Expression => ({ kind: "call", name: spec.name, args: [arg], at })),
  flatExpression.map(
    (arg): Expression => ({
      kind: "call",
      name: "pct",
      args: [arg, { kind: "number", text: "95", at }],
      at,
    }),
  ),
);

const stats: fc.Arbitrary<StatsCommand> = fc
  .record({
    outputs: list(fc.tuple(aggregate, optionalAlias).map(([value, alias]) => withAlias({ expression: value }, alias))),
    fieldGroups: fc.array(field, { maxLength: 2 }),
    by: period,
    offset: fc.option(period, { nil: undefined }),
  })
  .map(({ outputs, fieldGroups, by, offset }) => {
    const bin: Selection = { expression: { kind: "call", name: "bin", args: [by], at } };
    const groups = [...fieldGroups.map((group) => ({ expression: group })), bin];
    const rest = { kind: "stats", outputs, groups, at } as const;
    return offset === undefined ? rest : { ...rest, offset };
  });

const outputs: fc.Arbitrary<readonly LookupOutput[]> = list(
  fc.tuple(name, optionalAlias).map(([column, alias]) => withAlias({ column }, alias)),
);
const mode = fc.constantFrom("OUTPUT" as const, "OUTPUTNEW" as const);

function optionValue(type: PlainCommandSpec["options"][number]["type"]): fc.Arbitrary<string> {
  switch (type) {
    case "boolean":
      return fc.constantFrom("true", "false");
    case "number":
      return fc.constantFrom("2", "3.0");
    case "name":
      return nameText;
    case "period":
      return fc.constantFrom("1h", "30m", "7d");
    case "lags":
      return fc.constantFrom("1", "1-4");
    default:
      return fc.constantFrom(...type);
  }
}

function plainCommand(command: PlainCommandName): fc.Arbitrary<PlainCommand> {
  const spec: PlainCommandSpec = PLAIN_COMMANDS[command];
  const maxLength = Math.min(spec.maxFields, 3);
  const each = spec.options.map((option) =>
    fc
      .option(optionValue(option.type), { freq: option.required ? 1_000_000 : 1, nil: undefined })
      .map((value): readonly CommandOption[] => (value === undefined ? [] : [{ name: option.name, value }])),
  );
  const alias = spec.layout.includes("alias") ? optionalAlias : fc.constant(undefined);
  return fc
    .tuple(fc.array(field, { minLength: spec.minFields, maxLength }), fc.tuple(...each), alias)
    .map(([fields, options, given]) =>
      withAlias({ kind: "plain", name: command, fields, options: options.flat(), at }, given),
    );
}

const EVERYWHERE = Object.keys(PLAIN_COMMANDS).filter(
  (command): command is PlainCommandName =>
    command !== "dedup" && command !== "estimate" && Object.hasOwn(PLAIN_COMMANDS, command),
);

/** Commands that may stand anywhere behind SOURCE and before stats. */
const command: fc.Arbitrary<Command> = fc.oneof(
  fc
    .record({ kind: fc.constantFrom("fields" as const, "display" as const), selections: list(selection) })
    .map((parts) => ({ ...parts, at })),
  fc
    .record({ kind: fc.constantFrom("filter" as const, "filterIndex" as const), condition: expression })
    .map((parts) => ({ ...parts, at })),
  fc.record({ source: field, pattern: string, names: list(name) }).map(({ source, pattern, names }): Command => {
    const stars = names.map(() => "*").join(" ");
    const glob = { ...pattern, raw: `${pattern.raw.replaceAll("*", "")}${stars}` };
    return { kind: "parse", source, extraction: { kind: "glob", pattern: glob, names }, at };
  }),
  fc.record({ names: fc.array(name, { maxLength: 1 }), multi: fc.boolean(), pattern: extracting }).map(
    ({ names, multi, pattern }): Command => ({
      kind: "parse",
      extraction: { kind: "regex", pattern: { kind: "regex", pattern, at }, names, multi },
      at,
    }),
  ),
  fc
    .tuple(field, name)
    .map(([source, alias]): Command => ({ kind: "parse", source, extraction: { kind: "logfmt", name: alias }, at })),
  list(name).map((names): Command => ({ kind: "parse", extraction: { kind: "csv", names }, at })),
  fc.record({ field, key: string, name }).map((parts): Command => ({ kind: "json", ...parts, at })),
  expression.map((value): Command => ({ kind: "pattern", expression: value, at })),
  fc
    .constantFrom("previousRange" as const, "previousDay" as const, "previousWeek" as const, "previousMonth" as const)
    .map((baseline): Command => ({ kind: "diff", baseline, at })),
  fc.record({ field, name }).map((parts): Command => ({ kind: "unnest", ...parts, at })),
  fc
    .record({ fields: fc.array(field, { maxLength: 2 }), condition: expression })
    .map((parts): Command => ({ kind: "relevantfields", ...parts, at })),
  fc
    .record({ table: name, keys: list(fc.record({ column: name, field })), mode, outputs })
    .map((parts): Command => ({ kind: "lookup", ...parts, at })),
  fc.record({ table: name, field, column: optionalAlias, mode, outputs }).map(({ column, ...parts }): Command => {
    const rest = { kind: "cidrlookup", ...parts, at } as const;
    return column === undefined ? rest : { ...rest, column };
  }),
  fc
    .record({
      type: fc.constantFrom("inner" as const, "left" as const),
      left: name,
      right: name,
      condition: flatExpression,
      query: subquery,
    })
    .map((parts): Command => ({ kind: "join", ...parts, at })),
  fc
    .record({ override: fc.boolean(), max: fc.integer({ min: 1, max: 100_000 }), query: subquery })
    .map((parts): Command => ({ kind: "appendcols", ...parts, at })),
  fc.constantFrom(...EVERYWHERE).chain(plainCommand),
);

const sourceValue: fc.Arbitrary<SourceValue> = fc.letrec<{ any: SourceValue }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 2, depthIdentifier: "source" },
    string,
    fc.array(tie("any"), { maxLength: 2 }).map((items) => ({ kind: "list", items }) as const),
    fc
      .array(fc.record({ key: raw, value: tie("any") }), { maxLength: 2 })
      .map((entries) => ({ kind: "object", entries }) as const),
  ),
})).any;

const time: fc.Arbitrary<SourceTime> = fc.oneof(
  fc.constant<SourceTime>({ kind: "now" }),
  period.map((length): SourceTime => ({ kind: "ago", period: length })),
);

const source: fc.Arbitrary<SourceCommand> = fc
  .record({
    selections: list(
      fc.oneof(
        string.map((group) => ({ kind: "group", name: group }) as const),
        fc
          .array(string, { maxLength: 5 })
          .map(
            (items) =>
              ({ kind: "logGroups", filters: [{ key: "namePrefix", value: { kind: "list", items } }] }) as const,
          ),
        fc
          .record({ kind: fc.constantFrom("logGroupTags" as const, "dataSource" as const), argument: sourceValue })
          .map((parts) => parts),
      ),
    ),
    start: fc.option(time, { nil: undefined }),
    end: fc.option(time, { nil: undefined }),
  })
  .map(({ selections, start, end }) => ({
    kind: "source",
    selections,
    ...(start && { start }),
    ...(end && { end }),
    at,
  }));

/** What may stand behind the last stats. */
const tail: fc.Arbitrary<readonly Command[]> = fc
  .record({
    fills: fc.array(fc.record({ value: literal, field }), { maxLength: 2 }),
    keys: list(fc.record({ expression, direction: fc.constantFrom("asc" as const, "desc" as const) })),
    dedup: plainCommand("dedup"),
    count: fc.integer({ min: 1, max: 100_000 }),
    any: fc.boolean(),
  })
  .map(({ fills, keys, dedup, count, any }) => [
    { kind: "fillmissing", fills, at },
    { kind: "sort", keys, at },
    dedup,
    { kind: "limit", count, any, at },
  ]);

/** Any query that the language accepts, its positions all zero. */
export const query: fc.Arbitrary<InsightsQuery> = fc
  .tuple(
    fc.option(source, { nil: undefined }),
    fc.array(command, { minLength: 1, maxLength: 3 }),
    fc.option(fc.tuple(stats, tail)),
  )
  .map(([from, commands, aggregation]) => ({
    commands: [
      ...(from === undefined ? [] : [from]),
      ...commands,
      ...(aggregation === null ? [] : [aggregation[0], ...aggregation[1]]),
    ],
  }));
