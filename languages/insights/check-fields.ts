import { didYouMean } from "../../model/suggest";
import type { Diagnostic } from "../diagnostic";
import { DISCOVERED_FIELDS } from "./discovered-fields";
import {
  type Binary,
  type Call,
  type Expression,
  type FieldReference,
  operandsOf,
  pathText,
  type Span,
} from "./expression";
import { functionNamed } from "./functions";
import { printInsightsExpression } from "./print";
import { printName } from "./print-expression";
import type { Command, InsightsQuery, Selection } from "./query";
import { canRead, type Scope, scopeAfter } from "./scope";
import { expressionsOf } from "./walk";

const diagnostic = (at: Span, message: string): Diagnostic => ({ message, offset: at.offset, length: at.length });

const listed = (names: Iterable<string>): string => [...names].map((name) => `"${name}"`).join(", ");

/** Columns that are a call of the function that the field's name names: `count(*)` for `count`. */
function unnamedCall(name: string, scope: Scope): string | undefined {
  return [...scope.defined].find((column) => column.startsWith(`${name}(`));
}

function unknownColumn(field: FieldReference, scope: Scope): string {
  const name = pathText(field.path);
  const call = unnamedCall(name, scope);
  if (call !== undefined) {
    return `"${name}" is no column: without a name it is called "${call}". Write ${call} as ${printName(name)} in stats.`;
  }
  const near = didYouMean(name, scope.defined);
  return `"${name}" does not exist behind stats, which leaves only ${listed(scope.defined)}.${near}`;
}

function unknownField(field: FieldReference, scope: Scope): Diagnostic {
  if (scope.onlyColumns) {
    return diagnostic(field.at, unknownColumn(field, scope));
  }
  const name = pathText(field.path);
  const near = didYouMean(name, [...(scope.known ?? []), ...DISCOVERED_FIELDS, ...scope.defined]);
  return diagnostic(field.at, `No field "${name}" is known.${near}`);
}

/** `x-request-id` as one name, when an expression is nothing but fields subtracted from a field. */
function hyphenChain(expression: Expression): string | undefined {
  if (expression.kind === "field") {
    return pathText(expression.path);
  }
  if (expression.kind !== "binary" || expression.operator !== "-" || expression.right.kind !== "field") {
    return undefined;
  }
  const left = hyphenChain(expression.left);
  return left === undefined ? undefined : `${left}-${pathText(expression.right.path)}`;
}

/** A field whose name holds a hyphen, read as a subtraction because it stands without backticks. */
function hyphenated(expression: Binary, scope: Scope): Diagnostic | undefined {
  const name = hyphenChain(expression);
  if (name === undefined || !canRead(scope, [name])) {
    return undefined;
  }
  return diagnostic(expression.at, `Without backticks this subtracts; write ${printName(name)} for the field.`);
}

/** `bin` reads `@timestamp` without saying so. Source: CloudWatch Logs Insights, "Use multiple stats commands…". */
function binWithoutTime(call: Call, scope: Scope): readonly Diagnostic[] {
  if (functionNamed(call.name)?.name !== "bin" || canRead(scope, ["@timestamp"])) {
    return [];
  }
  const fix = "Keep a time in the first stats, such as max(@timestamp) as time, and group by dateceil(time, 5m)";
  return [diagnostic(call.at, `bin reads @timestamp, which does not exist behind stats. ${fix}.`)];
}

function checkExpression(expression: Expression, scope: Scope): readonly Diagnostic[] {
  if (expression.kind === "field") {
    return canRead(scope, expression.path) ? [] : [unknownField(expression, scope)];
  }
  // Behind stats, `sort count(*)` reads the column of that name and does not compute it again.
  if (scope.onlyColumns && scope.defined.has(printInsightsExpression(expression))) {
    return [];
  }
  const inside = operandsOf(expression).flatMap((operand) => checkExpression(operand, scope));
  switch (expression.kind) {
    case "binary": {
      const hyphen = inside.length === 0 ? undefined : hyphenated(expression, scope);
      return hyphen === undefined ? inside : [hyphen];
    }
    case "call":
      return [...inside, ...binWithoutTime(expression, scope)];
    case "in-subquery":
      return [...inside, ...checkCommands(expression.query, OTHER_LOG_GROUP)];
    case "string":
    case "number":
    case "boolean":
    case "period":
    case "regex":
    case "all":
    case "unary":
    case "match":
    case "in":
      return inside;
  }
}

/** A subquery reads log groups of its own, whose contract is not at hand. */
const OTHER_LOG_GROUP: Scope = { known: undefined, onlyColumns: false, defined: new Set() };

/** An alias can be used from the next expression of the same command on. */
function checkSelections(selections: readonly Selection[], scope: Scope): readonly Diagnostic[] {
  const defined = new Set(scope.defined);
  const growing: Scope = { ...scope, defined };
  return selections.flatMap(({ expression, alias }) => {
    const found = checkExpression(expression, growing);
    if (alias !== undefined) {
      defined.add(alias.text);
    }
    return found;
  });
}

function checkCommand(command: Command, scope: Scope): readonly Diagnostic[] {
  switch (command.kind) {
    case "fields":
    case "display":
      return checkSelections(command.selections, scope);
    case "stats":
      return [...checkSelections(command.outputs, scope), ...checkSelections(command.groups, scope)];
    case "join": {
      const sides = scopeAfter(command, scope);
      return [...checkExpression(command.condition, sides), ...checkCommands(command.query, OTHER_LOG_GROUP)];
    }
    case "appendcols":
      return checkCommands(command.query, OTHER_LOG_GROUP);
    case "plain": {
      const exact = command.fields.filter(({ path }) => !`${path.at(-1)}`.endsWith("*"));
      return exact.flatMap((field) => checkExpression(field, scope));
    }
    case "filter":
    case "filterIndex":
    case "sort":
    case "limit":
    case "parse":
    case "json":
    case "pattern":
    case "diff":
    case "unnest":
    case "relevantfields":
    case "fillmissing":
    case "lookup":
    case "cidrlookup":
    case "source":
      return expressionsOf(command).flatMap((expression) => checkExpression(expression, scope));
  }
}

function checkCommands(query: InsightsQuery, start: Scope): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let scope = start;
  for (const command of query.commands) {
    found.push(...checkCommand(command, scope));
    scope = scopeAfter(command, scope);
  }
  return found;
}

/**
 * Every field that a query reads although it cannot exist: neither `known` (the log contract's names, in dot notation), nor
 * generated by CloudWatch (DISCOVERED_FIELDS), nor defined by an earlier command. Behind `stats` only its columns exist,
 * under their aliases or, without one, under what was computed: `count(*)`. The fields of an alias are taken to exist, as
 * those of `jsonParse`; subqueries read other log groups, so of their fields only those behind `stats` are checked.
 */
export function checkInsightsFields(query: InsightsQuery, known: ReadonlySet<string>): readonly Diagnostic[] {
  return checkCommands(query, { known, onlyColumns: false, defined: new Set() });
}
