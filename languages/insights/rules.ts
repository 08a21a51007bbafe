import type { Diagnostic } from "../diagnostic";
import { MAX_STATS } from "./commands";
import { type Call, type Expression, operandsOf, pathText, type Span } from "./expression";
import { functionNamed } from "./functions";
import { printInsightsExpression } from "./print";
import type { Command, StatsCommand } from "./query";
import { contains, expressionsOf } from "./walk";

/** A command that could not be read keeps its place: what follows it is judged as if it could be anything. */
export type ReadCommand = Command | undefined;

const isAggregate = (call: Call): boolean => functionNamed(call.name)?.aggregate === true;

const diagnostic = (at: Span, message: string): Diagnostic => ({ message, offset: at.offset, length: at.length });

/** The name that a command begins with, as the place to point at when the whole command is out of place. */
function keywordOf(command: Command): { readonly name: string; readonly at: Span } {
  const name = command.kind === "plain" ? command.name : command.kind === "source" ? "SOURCE" : command.kind;
  return { name, at: { offset: command.at.offset, length: Math.min(name.length, command.at.length) } };
}

function aggregatesIn(expression: Expression, columns: ReadonlySet<string>): readonly Call[] {
  if (expression.kind === "call" && isAggregate(expression)) {
    return columns.has(printInsightsExpression(expression)) ? [] : [expression];
  }
  return operandsOf(expression).flatMap((operand) => aggregatesIn(operand, columns));
}

/** The columns of a `stats` that nobody named; later commands may write them as they were computed. */
function computedColumns(command: StatsCommand): ReadonlySet<string> {
  return new Set([...command.outputs, ...command.groups].map(({ expression }) => printInsightsExpression(expression)));
}

function misplacedAggregate(call: Call, where: string): Diagnostic {
  const rowwise = new Map([
    ["max", " For one event write greatest(…)."],
    ["min", " For one event write least(…)."],
  ]).get(call.name);
  return diagnostic(
    call.at,
    `${call.name} computes over many events, so it belongs in stats, not in ${where}.${rowwise ?? ""}`,
  );
}

/** An output is an aggregate, or computed from the ones named before it; an unknown function may have been meant as one. */
function checkOutputs(command: StatsCommand): readonly Diagnostic[] {
  const named = new Set<string>();
  return command.outputs.flatMap(({ expression, alias }) => {
    const sound =
      contains(expression, (part) => part.kind === "call" && functionNamed(part.name)?.aggregate !== false) ||
      !contains(expression, (part) => part.kind === "field" && !named.has(pathText(part.path)));
    if (alias !== undefined) {
      named.add(alias.text);
    }
    return sound
      ? []
      : [diagnostic(expression.at, "A column of stats is an aggregate such as count(*); group by a field after by.")];
  });
}

const isBin = (expression: Expression): boolean =>
  contains(expression, (part) => part.kind === "call" && functionNamed(part.name)?.name === "bin");

const groupsByTime = (command: StatsCommand): boolean => command.groups.some(({ expression }) => isBin(expression));

function checkStats(command: StatsCommand): readonly Diagnostic[] {
  const none: ReadonlySet<string> = new Set();
  const inGroups = command.groups
    .flatMap(({ expression }) => aggregatesIn(expression, none))
    .map((call) => misplacedAggregate(call, "its groups"));
  const offset =
    command.offset !== undefined && !groupsByTime(command)
      ? [diagnostic(command.offset.at, "offset shifts time bins, so the groups need bin(…).")]
      : [];
  return [...checkOutputs(command), ...inGroups, ...offset];
}

/** Periods that stand anywhere but among a function's arguments, which the parser has judged. */
function strayPeriods(expression: Expression): readonly Diagnostic[] {
  if (expression.kind === "period") {
    return [diagnostic(expression.at, "A period such as 5m only stands in bin, datefloor, dateceil and rate.")];
  }
  return operandsOf(expression).flatMap((operand) =>
    expression.kind === "call" && operand.kind === "period" ? [] : strayPeriods(operand),
  );
}

const isNamed = (command: ReadCommand, name: string): boolean =>
  command !== undefined && keywordOf(command).name === name;

/** What may stand before and behind a command. Source: CloudWatch Logs Insights, `stats`, `dedup`, `estimate`, `SOURCE`. */
function checkPlace(
  command: Command,
  before: readonly ReadCommand[],
  after: readonly ReadCommand[],
): string | undefined {
  if (before.some((earlier) => isNamed(earlier, "dedup")) && command.kind !== "limit") {
    return "Only limit may follow dedup.";
  }
  if (command.kind === "source" && before.some((earlier) => !isNamed(earlier, "SOURCE"))) {
    return "SOURCE stands at the beginning of a query.";
  }
  if (isNamed(command, "estimate") && after.length > 0) {
    return "estimate is the last command of a query.";
  }
  if (command.kind === "stats" && before.filter((earlier) => isNamed(earlier, "stats")).length >= MAX_STATS) {
    return `A query has at most ${MAX_STATS} stats commands.`;
  }
  if (command.kind === "sort" || command.kind === "limit") {
    const between =
      before.some((earlier) => isNamed(earlier, "stats")) && after.some((later) => isNamed(later, "stats"));
    return between ? `${command.kind} stands behind the second stats, not before it.` : undefined;
  }
  if (command.kind === "fillmissing") {
    const binned = before.some(
      (earlier) => earlier === undefined || (earlier.kind === "stats" && groupsByTime(earlier)),
    );
    return binned ? undefined : "fillmissing needs a stats with bin(…) among its groups before it.";
  }
  return undefined;
}

/** Judges what the grammar alone cannot: where aggregates, periods and whole commands may stand. */
export function checkPipeline(commands: readonly ReadCommand[]): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let columns: ReadonlySet<string> = new Set();
  let certain = true;
  for (const [index, command] of commands.entries()) {
    if (command === undefined) {
      certain = false;
      continue;
    }
    const { at, name } = keywordOf(command);
    const place = checkPlace(command, commands.slice(0, index), commands.slice(index + 1));
    if (place !== undefined) {
      found.push(diagnostic(at, place));
    }
    found.push(...expressionsOf(command).flatMap(strayPeriods));
    if (command.kind === "stats") {
      found.push(...checkStats(command));
      columns = computedColumns(command);
    } else if (certain) {
      const calls = expressionsOf(command).flatMap((expression) => aggregatesIn(expression, columns));
      found.push(...calls.map((call) => misplacedAggregate(call, name)));
    }
  }
  return found;
}
