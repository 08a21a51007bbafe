import { type Expression, operandsOf } from "./expression";
import type { Command } from "./query";

/** The expressions that a command evaluates, fields among them, in the order of the text; a subquery's are not among them. */
export function expressionsOf(command: Command): readonly Expression[] {
  switch (command.kind) {
    case "fields":
    case "display":
      return command.selections.map(({ expression }) => expression);
    case "filter":
    case "filterIndex":
    case "join":
      return [command.condition];
    case "stats":
      return [...command.outputs, ...command.groups].map(({ expression }) => expression);
    case "sort":
      return command.keys.map(({ expression }) => expression);
    case "parse":
      return command.source === undefined ? [] : [command.source];
    case "json":
    case "unnest":
    case "cidrlookup":
      return [command.field];
    case "pattern":
      return [command.expression];
    case "relevantfields":
      return [...command.fields, command.condition];
    case "fillmissing":
      return command.fills.flatMap(({ value, field }) => [value, field]);
    case "lookup":
      return command.keys.map(({ field }) => field);
    case "plain":
      return command.fields;
    case "limit":
    case "diff":
    case "appendcols":
    case "source":
      return [];
  }
}

/** True when `found` holds for the expression or for one inside it. */
export function contains(expression: Expression, found: (part: Expression) => boolean): boolean {
  return found(expression) || operandsOf(expression).some((operand) => contains(operand, found));
}
