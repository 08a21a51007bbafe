import type { PlainCommandName } from "./commands";
import type { Expression, FieldReference, Name, PeriodLiteral, RegexLiteral, Span, StringLiteral } from "./expression";

/** A CloudWatch Logs Insights query: commands that hand their rows to the next, separated by `|`. */
export interface InsightsQuery {
  readonly commands: readonly Command[];
}

/** An expression with the name it gets: `strlen(@message) as size`. */
export interface Selection {
  readonly expression: Expression;
  readonly alias?: Name;
}

export interface SelectCommand {
  readonly kind: "fields" | "display";
  readonly selections: readonly Selection[];
  readonly at: Span;
}

/** `where` is read as `filter`, which it is documented to equal. */
export interface FilterCommand {
  readonly kind: "filter" | "filterIndex";
  readonly condition: Expression;
  readonly at: Span;
}

export interface StatsCommand {
  readonly kind: "stats";
  readonly outputs: readonly Selection[];
  readonly groups: readonly Selection[];
  /** Shifts the time bins: `by bin(5m) offset 1h`. */
  readonly offset?: PeriodLiteral;
  readonly at: Span;
}

export interface SortKey {
  readonly expression: Expression;
  readonly direction: "asc" | "desc";
}

export interface SortCommand {
  readonly kind: "sort";
  readonly keys: readonly SortKey[];
  readonly at: Span;
}

export interface LimitCommand {
  readonly kind: "limit";
  readonly count: number;
  /** `limit any 5` stops scanning at the first five. */
  readonly any: boolean;
  readonly at: Span;
}

/** How `parse` finds the new fields. */
export type Extraction =
  | { readonly kind: "glob"; readonly pattern: StringLiteral; readonly names: readonly Name[] }
  | {
      readonly kind: "regex";
      readonly pattern: RegexLiteral;
      /** Empty when the expression's named groups name the fields. */
      readonly names: readonly Name[];
      /** One row for each match. */
      readonly multi: boolean;
    }
  | { readonly kind: "logfmt"; readonly name: Name }
  | { readonly kind: "csv"; readonly names: readonly Name[] };

export interface ParseCommand {
  readonly kind: "parse";
  /** Without it, `@message` is parsed. */
  readonly source?: FieldReference;
  readonly extraction: Extraction;
  readonly at: Span;
}

export interface JsonCommand {
  readonly kind: "json";
  readonly field: FieldReference;
  readonly key: StringLiteral;
  readonly name: Name;
  readonly at: Span;
}

export interface PatternCommand {
  readonly kind: "pattern";
  readonly expression: Expression;
  readonly at: Span;
}

export type DiffBaseline = "previousRange" | "previousDay" | "previousWeek" | "previousMonth";

export interface DiffCommand {
  readonly kind: "diff";
  readonly baseline: DiffBaseline;
  readonly at: Span;
}

export interface UnnestCommand {
  readonly kind: "unnest";
  readonly field: FieldReference;
  readonly name: Name;
  readonly at: Span;
}

export interface RelevantFieldsCommand {
  readonly kind: "relevantfields";
  readonly fields: readonly FieldReference[];
  readonly condition: Expression;
  readonly at: Span;
}

export interface FillMissingCommand {
  readonly kind: "fillmissing";
  readonly fills: readonly { readonly value: Expression; readonly field: FieldReference }[];
  readonly at: Span;
}

export interface LookupOutput {
  readonly column: Name;
  readonly alias?: Name;
}

/** `OUTPUT` overwrites fields of the same name, `OUTPUTNEW` fills only the empty ones. */
export type LookupMode = "OUTPUT" | "OUTPUTNEW";

export interface LookupCommand {
  readonly kind: "lookup";
  readonly table: Name;
  readonly keys: readonly { readonly column: Name; readonly field: FieldReference }[];
  readonly mode: LookupMode;
  readonly outputs: readonly LookupOutput[];
  readonly at: Span;
}

export interface CidrLookupCommand {
  readonly kind: "cidrlookup";
  readonly table: Name;
  readonly field: FieldReference;
  readonly column?: Name;
  readonly mode: LookupMode;
  readonly outputs: readonly LookupOutput[];
  readonly at: Span;
}

export interface JoinCommand {
  readonly kind: "join";
  readonly type: "inner" | "left";
  readonly left: Name;
  readonly right: Name;
  readonly condition: Expression;
  readonly query: InsightsQuery;
  readonly at: Span;
}

export interface AppendColsCommand {
  readonly kind: "appendcols";
  readonly override: boolean;
  /** Most rows that are appended. */
  readonly max: number;
  readonly query: InsightsQuery;
  readonly at: Span;
}

/** An argument of a `SOURCE` selector. */
export type SourceValue =
  | StringLiteral
  | { readonly kind: "list"; readonly items: readonly SourceValue[] }
  | { readonly kind: "object"; readonly entries: readonly SourceEntry[] };

export interface SourceEntry {
  readonly key: string;
  readonly value: SourceValue;
}

/** What `SOURCE` reads from: one log group, or every one that a selector finds. */
export type SourceSelection =
  | { readonly kind: "group"; readonly name: StringLiteral }
  | { readonly kind: "logGroups"; readonly filters: readonly SourceEntry[] }
  | { readonly kind: "logGroupTags" | "dataSource"; readonly argument: SourceValue };

/** A bound of the time range: an amount before the present (0 for now), or a moment. */
export type SourceTime = { readonly kind: "ago"; readonly period: PeriodLiteral } | { readonly kind: "now" };

export interface SourceCommand {
  readonly kind: "source";
  readonly selections: readonly SourceSelection[];
  readonly start?: SourceTime;
  readonly end?: SourceTime;
  readonly at: Span;
}

/** An option of a plain command, its value in canonical spelling. */
export interface CommandOption {
  readonly name: string;
  readonly value: string;
}

/** A command that takes nothing but options, fields and an alias, as its row of commands.ts says. */
export interface PlainCommand {
  readonly kind: "plain";
  readonly name: PlainCommandName;
  /** In the order of the command's row. */
  readonly options: readonly CommandOption[];
  readonly fields: readonly FieldReference[];
  readonly alias?: Name;
  readonly at: Span;
}

export type Command =
  | SelectCommand
  | FilterCommand
  | StatsCommand
  | SortCommand
  | LimitCommand
  | ParseCommand
  | JsonCommand
  | PatternCommand
  | DiffCommand
  | UnnestCommand
  | RelevantFieldsCommand
  | FillMissingCommand
  | LookupCommand
  | CidrLookupCommand
  | JoinCommand
  | AppendColsCommand
  | SourceCommand
  | PlainCommand;
