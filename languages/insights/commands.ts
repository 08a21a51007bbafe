/** A value that an option of a plain command takes. */
export type OptionType = "boolean" | "number" | "name" | "period" | "lags" | readonly string[];

export interface OptionSpec {
  readonly name: string;
  readonly type: OptionType;
  /** True for `timeshift 7d`, false for `row=false`. */
  readonly word: boolean;
  readonly required?: true;
}

/** How a command that takes only options, fields and an alias is written. */
export interface PlainCommandSpec {
  /** The parts in their documented order; a part that is absent is not taken. */
  readonly layout: readonly ("options" | "fields" | "alias")[];
  readonly options: readonly OptionSpec[];
  readonly minFields: number;
  readonly maxFields: number;
  /** What stands between fields. */
  readonly separator: ", " | " ";
  /** True when a field may end in `*`. */
  readonly wildcards: boolean;
}

const MANY = Number.POSITIVE_INFINITY;
const BARE = { layout: [], options: [], minFields: 0, maxFields: 0, separator: ", ", wildcards: false } as const;
const LIST = { ...BARE, layout: ["fields"], minFields: 1, maxFields: MANY } as const;

/** The plain commands. Source: CloudWatch Logs Insights, "Logs Insights QL", the section of each command's name. */
export const PLAIN_COMMANDS = {
  accum: { ...LIST, layout: ["fields", "alias"], maxFields: 1 },
  addtotals: {
    ...LIST,
    layout: ["options", "fields"],
    minFields: 0,
    options: [
      { name: "fieldname", type: "name", word: false },
      { name: "row", type: "boolean", word: false },
      { name: "col", type: "boolean", word: false },
    ],
  },
  anomaly: BARE,
  autoregress: {
    ...LIST,
    layout: ["fields", "alias", "options"],
    maxFields: 1,
    options: [{ name: "p", type: "lags", word: false }],
  },
  countFrequent: LIST,
  dedup: LIST,
  estimate: BARE,
  expand: { ...LIST, maxFields: 1 },
  filldown: { ...LIST, minFields: 0, separator: " ", wildcards: true },
  logcompare: {
    ...BARE,
    layout: ["options"],
    options: [{ name: "timeshift", type: "period", word: true, required: true }],
  },
  outlier: {
    ...LIST,
    layout: ["options", "fields"],
    separator: " ",
    options: [
      { name: "action", type: ["remove", "transform"], word: false },
      { name: "param", type: "number", word: false },
      { name: "uselower", type: "boolean", word: false },
      { name: "mark", type: "boolean", word: false },
    ],
  },
  sessionize: {
    ...LIST,
    layout: ["fields", "options", "alias"],
    options: [{ name: "maxspan", type: "period", word: true }],
  },
  unmask: { ...LIST, minFields: 0 },
} as const satisfies Record<string, PlainCommandSpec>;

export type PlainCommandName = keyof typeof PLAIN_COMMANDS;

/** Commands with a grammar of their own. */
const OTHER_COMMANDS = [
  "appendcols",
  "cidrlookup",
  "diff",
  "display",
  "fields",
  "fillmissing",
  "filter",
  "filterIndex",
  "join",
  "json",
  "limit",
  "lookup",
  "parse",
  "pattern",
  "relevantfields",
  "sort",
  "SOURCE",
  "stats",
  "unnest",
  "where",
] as const;

export type OtherCommandName = (typeof OTHER_COMMANDS)[number];
export type CommandName = PlainCommandName | OtherCommandName;

const isPlain = (name: string): name is PlainCommandName => Object.hasOwn(PLAIN_COMMANDS, name);

const PLAIN_NAMES: readonly PlainCommandName[] = Object.keys(PLAIN_COMMANDS).filter(isPlain);

/** Every command in its documented spelling; any case is accepted. */
export const COMMAND_NAMES: readonly CommandName[] = [...OTHER_COMMANDS, ...PLAIN_NAMES];

const BY_NAME: ReadonlyMap<string, CommandName> = new Map([
  ...COMMAND_NAMES.map((name) => [name.toLowerCase(), name] as const),
  ["count_frequent", "countFrequent"] as const,
]);

/** The command of this name in any case, or undefined when the language has none. */
export function commandNamed(name: string): CommandName | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** True for a command that PLAIN_COMMANDS describes. */
export function isPlainCommand(name: CommandName): name is PlainCommandName {
  return isPlain(name);
}

/** What to write instead of a command that was withdrawn or that only other query languages have. Keys are in lower case. */
export const FOREIGN_COMMANDS: ReadonlyMap<string, string> = new Map([
  ["head", "limit"],
  ["tail", "limit"],
  ["take", "limit"],
  ["top", "stats … | sort … desc | limit 10"],
  ["select", "fields"],
  ["project", "fields"],
  ["table", "display"],
  ["eval", "fields … as name"],
  ["extend", "fields … as name"],
  ["summarize", "stats"],
  ["count", "stats count(*)"],
  ["order", "sort"],
  ["rex", "parse"],
  ["search", "filter"],
]);

/** Most rows that `limit` takes. Source: CloudWatch Logs Insights, `limit`; without it a query returns 10,000. */
export const MAX_LIMIT = 100_000;

/** Most `stats` commands of one query; not adjustable. Source: "Use multiple stats commands in a single query". */
export const MAX_STATS = 2;

/** Most rows that `appendcols` takes, and how many it takes by default. Source: `appendcols`. */
export const APPENDCOLS_ROWS = { max: 100_000, default: 10_000 } as const;
