import { didYouMean } from "../../model/suggest";
import { type OptionSpec, PLAIN_COMMANDS, type PlainCommandName, type PlainCommandSpec } from "./commands";
import {
  advance,
  atCommandEnd,
  atSymbol,
  atWord,
  type Cursor,
  expected,
  peek,
  report,
  spanFrom,
  takeSymbol,
} from "./cursor";
import { type FieldReference, type Name, pathText, type Span } from "./expression";
import { parseField, parseName, takeOption } from "./parse-clauses";
import { parsePeriod } from "./parse-period";
import { periodText } from "./period";
import type { CommandOption, PlainCommand } from "./query";

/** `3` or `1-4`: which earlier rows' values are wanted. */
function parseLags(cursor: Cursor): string | undefined {
  const first = peek(cursor);
  if (first.kind !== "number") {
    return expected(cursor, "a number of rows, or a range such as 1-4");
  }
  advance(cursor);
  if (!takeSymbol(cursor, "-")) {
    return first.text;
  }
  const last = peek(cursor);
  if (last.kind !== "number") {
    return expected(cursor, "the end of the range");
  }
  advance(cursor);
  return `${first.text}-${last.text}`;
}

function parseChoice(cursor: Cursor, option: string, choices: readonly string[]): string | undefined {
  const token = peek(cursor);
  const written = token.kind === "word" ? token.keyword : undefined;
  if (written === undefined) {
    return expected(cursor, choices.join(" or "));
  }
  advance(cursor);
  return choices.includes(written)
    ? written
    : report(cursor, token.at, `${option} is ${choices.join(" or ")}.${didYouMean(written, choices)}`);
}

/** An option's value in canonical spelling. */
function parseValue(cursor: Cursor, spec: OptionSpec): string | undefined {
  switch (spec.type) {
    case "boolean":
      return parseChoice(cursor, spec.name, ["true", "false"]);
    case "number": {
      const token = peek(cursor);
      if (token.kind !== "number") {
        return expected(cursor, "a number");
      }
      advance(cursor);
      return token.text;
    }
    case "name":
      return parseName(cursor, "the new field")?.text;
    case "period": {
      const period = parsePeriod(cursor);
      return period && periodText(period);
    }
    case "lags":
      return parseLags(cursor);
    default:
      return parseChoice(cursor, spec.name, spec.type);
  }
}

/** The option at the cursor, its name read; undefined with nothing read when none stands here. */
function takeSpec(cursor: Cursor, spec: PlainCommandSpec): { readonly found: OptionSpec | undefined } | undefined {
  const word = spec.options.find((option) => option.word && atWord(cursor, option.name));
  if (word !== undefined) {
    advance(cursor);
    return { found: word };
  }
  const written = takeOption(cursor);
  if (written === undefined) {
    return undefined;
  }
  const known = spec.options.filter((option) => !option.word);
  const found = known.find((option) => option.name === written.name);
  if (found === undefined) {
    const names = known.map((option) => option.name);
    report(cursor, written.at, `There is no option "${written.name}" here.${didYouMean(written.name, names)}`);
  }
  return { found };
}

function parsePlainField(cursor: Cursor, spec: PlainCommandSpec): FieldReference | undefined {
  const field = parseField(cursor);
  const last = field?.path.at(-1);
  const star = peek(cursor);
  const touches = field !== undefined && star.at.offset === field.at.offset + field.at.length;
  if (!spec.wildcards || !atSymbol(cursor, "*") || !touches || typeof last !== "string") {
    return field;
  }
  advance(cursor);
  return { kind: "field", path: [...field.path.slice(0, -1), `${last}*`], at: spanFrom(cursor, field.at) };
}

function checkFields(cursor: Cursor, name: PlainCommandName, spec: PlainCommandSpec, command: PlainCommand): void {
  if (command.fields.length < spec.minFields) {
    report(cursor, command.at, `${name} needs a field.`);
  }
  const surplus = command.fields[spec.maxFields];
  if (surplus !== undefined) {
    const most = spec.maxFields === 0 ? "no fields" : "one field only";
    report(cursor, surplus.at, `${name} takes ${most}; "${pathText(surplus.path)}" is too many.`);
  }
  for (const option of spec.options) {
    if (option.required && !command.options.some((given) => given.name === option.name)) {
      report(cursor, command.at, `${name} needs ${option.name}.`);
    }
  }
}

/** A command that PLAIN_COMMANDS describes; its parts are accepted in any order. */
export function parsePlain(cursor: Cursor, name: PlainCommandName, at: Span): PlainCommand | undefined {
  const spec: PlainCommandSpec = PLAIN_COMMANDS[name];
  const fields: FieldReference[] = [];
  const given = new Map<string, string>();
  let alias: Name | undefined;
  while (!atCommandEnd(cursor)) {
    if (spec.layout.includes("alias") && atWord(cursor, "as")) {
      advance(cursor);
      alias = parseName(cursor, "the new field");
      if (alias === undefined) {
        return undefined;
      }
      continue;
    }
    const option = takeSpec(cursor, spec);
    if (option !== undefined) {
      const value = option.found && parseValue(cursor, option.found);
      if (option.found === undefined || value === undefined) {
        return undefined;
      }
      given.set(option.found.name, value);
      continue;
    }
    const field = parsePlainField(cursor, spec);
    if (field === undefined) {
      return undefined;
    }
    fields.push(field);
    if (takeSymbol(cursor, ",")) {
      if (atCommandEnd(cursor)) {
        return expected(cursor, "a field");
      }
    } else if (spec.separator === ", " && peek(cursor).kind === "word" && !atClause(cursor, spec)) {
      return expected(cursor, '","');
    }
  }
  const options = spec.options.flatMap(({ name: option }): readonly CommandOption[] => {
    const value = given.get(option);
    return value === undefined ? [] : [{ name: option, value }];
  });
  const rest = { kind: "plain", name, options, fields, at: spanFrom(cursor, at) } as const;
  const command: PlainCommand = alias === undefined ? rest : { ...rest, alias };
  checkFields(cursor, name, spec, command);
  return command;
}

/** True where an option or the alias begins. */
function atClause(cursor: Cursor, spec: PlainCommandSpec): boolean {
  const equals = atSymbol(cursor, "=", 1);
  return equals || atWord(cursor, "as") || spec.options.some((option) => option.word && atWord(cursor, option.name));
}
