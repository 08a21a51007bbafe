import { DISCOVERED_FIELDS, DISCOVERED_PREFIXES } from "./discovered-fields";
import { type Expression, type PathSegment, pathText } from "./expression";
import { printInsightsExpression } from "./print";
import type { Command, Extraction, InsightsQuery, LookupOutput, PlainCommand, Selection, StatsCommand } from "./query";
import { captureGroups } from "./regex";

/** The fields that a command of the pipeline can read. */
export interface Scope {
  /** The log contract's fields, or undefined where nobody can know them: in another log group, behind anomaly detection. */
  readonly known: ReadonlySet<string> | undefined;
  /** True behind `stats`, where only its columns are left. */
  readonly onlyColumns: boolean;
  /** Aliases, extracted fields and columns, by the names that later commands may use; their own fields are readable too. */
  readonly defined: ReadonlySet<string>;
}

const INDEXES = /^(?:\.\d+|\[\d+\])+$/;

/** True for an element of a list that the contract names: CloudWatch flattens `tags` to `tags.0`, `tags.1`. */
function isElement(text: string, known: ReadonlySet<string>): boolean {
  for (const name of known) {
    if (text.startsWith(name) && INDEXES.test(text.slice(name.length))) {
      return true;
    }
  }
  return false;
}

/** True when a field may exist in this scope. */
export function canRead(scope: Scope, path: readonly PathSegment[]): boolean {
  for (let length = 1; length <= path.length; length++) {
    if (scope.defined.has(pathText(path.slice(0, length)))) {
      return true;
    }
  }
  if (scope.onlyColumns) {
    return false;
  }
  const text = pathText(path);
  return (
    scope.known === undefined ||
    DISCOVERED_FIELDS.has(text) ||
    scope.known.has(text) ||
    DISCOVERED_PREFIXES.some((prefix) => text.startsWith(prefix)) ||
    (path.length > 1 && isElement(text, scope.known))
  );
}

const define = (scope: Scope, names: Iterable<string>): Scope => ({
  ...scope,
  defined: new Set([...scope.defined, ...names]),
});

const columnsOnly = (names: Iterable<string>): Scope => ({
  known: undefined,
  onlyColumns: true,
  defined: new Set(names),
});

/** Every field may exist from here on. */
const open = (scope: Scope): Scope => ({ ...scope, known: undefined, onlyColumns: false });

/** The name a column has without an alias: the field's own, or what was computed, as in `count(*)`. */
function computedName(expression: Expression): string {
  return expression.kind === "field" ? pathText(expression.path) : printInsightsExpression(expression);
}

const aliasesOf = (selections: readonly Selection[]): readonly string[] =>
  selections.flatMap(({ alias }) => (alias === undefined ? [] : [alias.text]));

/** What `stats` leaves. Source: CloudWatch Logs Insights, "Use multiple stats commands in a single query". */
function columnsOf(command: StatsCommand): readonly string[] {
  return [...command.outputs, ...command.groups].flatMap(({ expression, alias }) =>
    alias === undefined ? [computedName(expression)] : [computedName(expression), alias.text],
  );
}

const outputNames = (outputs: readonly LookupOutput[]): readonly string[] =>
  outputs.map(({ column, alias }) => alias?.text ?? column.text);

/** Fields that `pattern` adds. Source: CloudWatch Logs Insights, `pattern`. */
const PATTERN_FIELDS = ["@pattern", "@ratio", "@sampleCount", "@severityLabel"];

/** Fields that `relevantfields` leaves. Source: CloudWatch Logs Insights, `relevantfields`. */
const RELEVANCE_FIELDS = [
  "@fieldName",
  "@relevanceScore",
  "@topRelevanceContributors",
  "@conditionalMedian",
  "@baselineMedian",
];

/** More earlier rows than this are not spelt out. */
const MOST_LAGS = 1000;

/** The names of lagged copies: `bytes_p1` to `bytes_p4` for `autoregress bytes p=1-4`. */
function lagNames(command: PlainCommand): readonly string[] {
  const [field] = command.fields;
  const base = command.alias?.text ?? (field === undefined ? "" : pathText(field.path));
  const [first = 1, last = first] = (command.options[0]?.value ?? "1").split("-").map(Number);
  const count = Math.min(Math.max(last - first + 1, 0), MOST_LAGS);
  return [base, ...Array.from({ length: count }, (_, index) => `${base}_p${first + index}`)];
}

function afterPlain(command: PlainCommand, scope: Scope): Scope {
  const option = (name: string): string | undefined => command.options.find((given) => given.name === name)?.value;
  const alias = command.alias === undefined ? [] : [command.alias.text];
  switch (command.name) {
    case "accum":
      return define(scope, alias);
    case "addtotals":
      return define(scope, [option("fieldname") ?? "Total"]);
    case "autoregress":
      return define(scope, lagNames(command));
    case "countFrequent":
      return columnsOnly([...command.fields.map(({ path }) => pathText(path)), "_approxcount"]);
    case "sessionize":
      return define(scope, alias.length === 0 ? ["session_id"] : alias);
    case "outlier":
      // The name of the marker field is not documented.
      return option("mark") === "true" ? open(scope) : scope;
    case "anomaly":
    case "logcompare":
      // They add fields that are not documented by name.
      return open(scope);
    case "dedup":
    case "estimate":
    case "expand":
    case "filldown":
    case "unmask":
      return scope;
  }
}

/** What a whole query leaves, when it begins in a log group whose fields nobody knows. */
function resultOf(query: InsightsQuery): Scope {
  const start: Scope = { known: undefined, onlyColumns: false, defined: new Set() };
  return query.commands.reduce((scope, command) => scopeAfter(command, scope), start);
}

function extractedNames(extraction: Extraction): readonly string[] {
  switch (extraction.kind) {
    case "logfmt":
      return [extraction.name.text];
    case "regex":
      return [...extraction.names.map(({ text }) => text), ...captureGroups(extraction.pattern.pattern).names];
    case "glob":
    case "csv":
      return extraction.names.map(({ text }) => text);
  }
}

/** The scope of the command behind this one. */
export function scopeAfter(command: Command, scope: Scope): Scope {
  switch (command.kind) {
    case "fields":
    case "display":
      return define(scope, aliasesOf(command.selections));
    case "stats":
      return columnsOnly(columnsOf(command));
    case "parse":
      return define(scope, extractedNames(command.extraction));
    case "json":
    case "unnest":
      return define(scope, [command.name.text]);
    case "pattern":
      return define(scope, PATTERN_FIELDS);
    case "relevantfields":
      return columnsOnly(RELEVANCE_FIELDS);
    case "lookup":
    case "cidrlookup":
      return define(scope, outputNames(command.outputs));
    case "join":
      return define(scope, [command.left.text, command.right.text]);
    case "appendcols": {
      const appended = resultOf(command.query);
      return appended.onlyColumns ? define(scope, appended.defined) : open(scope);
    }
    case "diff":
      // The fields that hold the earlier counts are not all documented by name.
      return open(scope);
    case "plain":
      return afterPlain(command, scope);
    case "filter":
    case "filterIndex":
    case "sort":
    case "limit":
    case "fillmissing":
    case "source":
      return scope;
  }
}
