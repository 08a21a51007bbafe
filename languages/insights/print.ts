import { APPENDCOLS_ROWS, PLAIN_COMMANDS, type PlainCommandSpec } from "./commands";
import type { Expression, FieldReference, Name } from "./expression";
import { periodText } from "./period";
import { printExpression, printName, printPath, printString } from "./print-expression";
import { printSource } from "./print-source";
import type { Command, Extraction, InsightsQuery, LookupOutput, PlainCommand, Selection } from "./query";

/** An expression in canonical form. */
export function printInsightsExpression(expression: Expression): string {
  return printExpression(expression, printInline);
}

const printInline = (query: InsightsQuery): string => query.commands.map(printCommand).join(" | ");

const names = (list: readonly Name[]): string => list.map(({ text }) => printName(text)).join(", ");

const printAlias = (alias: Name | undefined): string => (alias === undefined ? "" : ` as ${printName(alias.text)}`);

const selections = (list: readonly Selection[]): string =>
  list.map(({ expression, alias }) => printInsightsExpression(expression) + printAlias(alias)).join(", ");

const outputs = (list: readonly LookupOutput[]): string =>
  list.map(({ column, alias }) => printName(column.text) + printAlias(alias)).join(", ");

function printExtraction(extraction: Extraction): string {
  switch (extraction.kind) {
    case "glob":
      return `${printString(extraction.pattern)} as ${names(extraction.names)}`;
    case "regex": {
      const aliases = extraction.names.length === 0 ? "" : ` as ${names(extraction.names)}`;
      return `/${extraction.pattern.pattern}/${aliases}${extraction.multi ? " multi" : ""}`;
    }
    case "logfmt":
      return `logfmt as ${printName(extraction.name.text)}`;
    case "csv":
      return `csv as ${names(extraction.names)}`;
  }
}

/** A field that may end in an open `*`, which backticks would close. */
function printPlainField({ path }: FieldReference, wildcards: boolean): string {
  const last = path.at(-1);
  return wildcards && typeof last === "string" && last.endsWith("*")
    ? `${printPath([...path.slice(0, -1), last.slice(0, -1)])}*`
    : printPath(path);
}

function printPart(command: PlainCommand, spec: PlainCommandSpec, part: PlainCommandSpec["layout"][number]): string {
  switch (part) {
    case "fields":
      return command.fields.map((field) => printPlainField(field, spec.wildcards)).join(spec.separator);
    case "alias":
      return printAlias(command.alias).trimStart();
    case "options":
      return command.options
        .map(({ name, value }) => {
          const option = spec.options.find((candidate) => candidate.name === name);
          return `${name}${option?.word ? " " : "="}${option?.type === "name" ? printName(value) : value}`;
        })
        .join(" ");
  }
}

function printPlain(command: PlainCommand): string {
  const spec: PlainCommandSpec = PLAIN_COMMANDS[command.name];
  const parts = spec.layout.map((part) => printPart(command, spec, part));
  return [command.name, ...parts.filter((part) => part !== "")].join(" ");
}

function printCommand(command: Command): string {
  switch (command.kind) {
    case "fields":
    case "display":
      return `${command.kind} ${selections(command.selections)}`;
    case "filter":
    case "filterIndex":
      return `${command.kind} ${printInsightsExpression(command.condition)}`;
    case "stats": {
      const groups = command.groups.length === 0 ? "" : ` by ${selections(command.groups)}`;
      const offset = command.offset === undefined ? "" : ` offset ${periodText(command.offset)}`;
      return `stats ${selections(command.outputs)}${groups}${offset}`;
    }
    case "sort":
      return `sort ${command.keys
        .map(({ expression, direction }) => `${printInsightsExpression(expression)} ${direction}`)
        .join(", ")}`;
    case "limit":
      return `limit ${command.any ? "any " : ""}${command.count}`;
    case "parse": {
      const source = command.source === undefined ? "" : `${printPath(command.source.path)} `;
      return `parse ${source}${printExtraction(command.extraction)}`;
    }
    case "json":
      return `json field=${printPath(command.field.path)} ${printString(command.key)} as ${printName(command.name.text)}`;
    case "pattern":
      return `pattern ${printInsightsExpression(command.expression)}`;
    case "diff":
      return command.baseline === "previousRange" ? "diff" : `diff ${command.baseline}`;
    case "unnest":
      return `unnest ${printPath(command.field.path)} into ${printName(command.name.text)}`;
    case "relevantfields": {
      const fields = command.fields.map(({ path }) => printPath(path)).join(", ");
      return `relevantfields ${fields === "" ? "" : `${fields} `}where ${printInsightsExpression(command.condition)}`;
    }
    case "fillmissing": {
      const fills = command.fills.map(
        ({ value, field }) => `${printInsightsExpression(value)} for ${printPath(field.path)}`,
      );
      return fills.length === 0 ? "fillmissing" : `fillmissing with ${fills.join(", ")}`;
    }
    case "lookup": {
      const keys = command.keys.map(({ column, field }) => `${printName(column.text)} as ${printPath(field.path)}`);
      return `lookup ${printName(command.table.text)} ${keys.join(", ")} ${command.mode} ${outputs(command.outputs)}`;
    }
    case "cidrlookup": {
      const field = printPath(command.field.path) + printAlias(command.column);
      return `cidrlookup ${printName(command.table.text)} ${field} ${command.mode} ${outputs(command.outputs)}`;
    }
    case "join": {
      const sides = `type=${command.type} left=${printName(command.left.text)} right=${printName(command.right.text)}`;
      return `join ${sides} where ${printInsightsExpression(command.condition)} (${printInline(command.query)})`;
    }
    case "appendcols": {
      const override = command.override ? "override=true " : "";
      const max = command.max === APPENDCOLS_ROWS.default ? "" : `max=${command.max} `;
      return `appendcols ${override}${max}(${printInline(command.query)})`;
    }
    case "source":
      return printSource(command);
    case "plain":
      return printPlain(command);
  }
}

/**
 * A query in canonical form, one command a line: parseInsights reads it back to an equal query, but for positions. Comments
 * are gone, command and function names have their documented spelling, `where` is `filter`.
 */
export function printInsights(query: InsightsQuery): string {
  return query.commands.map(printCommand).join("\n| ");
}
