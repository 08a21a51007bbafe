/** What the query language knows of one function. */
export interface FunctionSpec {
  /** The documented spelling; any case is accepted. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** True when it computes over many events, and so belongs in `stats`. */
  readonly aggregate: boolean;
  /** Zero-based argument that must be a period such as `5m`. */
  readonly periodAt?: number;
  /** True when `*` may stand for its argument. */
  readonly takesAll?: true;
  /** The section of the user guide's "Logs Insights QL" chapter that documents it. */
  readonly section: string;
}

type Row = readonly [name: string, min: number, max: number];

const rows = (section: string, aggregate: boolean, table: readonly Row[]): readonly FunctionSpec[] =>
  table.map(([name, min, max]) => ({ name, min, max, aggregate, section }));

const NUMERIC = rows("Numeric operators", false, [
  ["abs", 1, 1],
  ["ceil", 1, 1],
  ["floor", 1, 1],
  ["greatest", 1, Number.POSITIVE_INFINITY],
  ["least", 1, Number.POSITIVE_INFINITY],
  ["log", 1, 1],
  ["round", 1, 2],
  ["sqrt", 1, 1],
  ["haversine", 4, 4],
  ["toNumber", 1, 1],
  ["toInt", 1, 1],
  ["toLong", 1, 1],
  ["toDouble", 1, 1],
]);

const DATETIME = rows("Datetime functions", false, [
  ["fromMillis", 1, 1],
  ["toMillis", 1, 1],
  ["now", 0, 0],
  ["parseDate", 2, 3],
  ["formatDate", 2, 3],
  ["strftime", 2, 3],
]);

const PERIODIC: readonly FunctionSpec[] = [
  { name: "bin", min: 1, max: 1, aggregate: false, periodAt: 0, section: "Datetime functions" },
  { name: "datefloor", min: 2, max: 2, aggregate: false, periodAt: 1, section: "Datetime functions" },
  { name: "dateceil", min: 2, max: 2, aggregate: false, periodAt: 1, section: "Datetime functions" },
  { name: "rate", min: 2, max: 2, aggregate: true, periodAt: 1, section: "Time-series functions" },
];

/** Ten branches of a condition and a value, and a default: "General functions", `case`. */
const CASE_ARGUMENTS = 21;

const GENERAL = rows("General functions", false, [
  ["ispresent", 1, 1],
  ["coalesce", 1, Number.POSITIVE_INFINITY],
  ["case", 2, CASE_ARGUMENTS],
  ["if", 3, 3],
  ["isNumeric", 1, 1],
  ["messageSize", 1, 1],
  ["queryStartTime", 0, 0],
  ["queryEndTime", 0, 0],
  ["queryTimeRange", 0, 0],
]);

const JSON_FUNCTIONS = rows("JSON functions", false, [
  ["jsonParse", 1, 1],
  ["jsonStringify", 1, 1],
  ["jsonArraySize", 1, 1],
  ["jsonArrayContains", 2, 2],
]);

const ADDRESSES = rows("IP address string functions", false, [
  ["isValidIp", 1, 1],
  ["isValidIpV4", 1, 1],
  ["isValidIpV6", 1, 1],
  ["isIpInSubnet", 2, 2],
  ["isIpv4InSubnet", 2, 2],
  ["isIpv6InSubnet", 2, 2],
  ["ipv4ToNumber", 1, 1],
  ["isPrivateIP", 1, 1],
  ["isPublicIP", 1, 1],
  ["isReservedIP", 1, 1],
]);

const STRINGS = rows("String functions", false, [
  ["isempty", 1, 1],
  ["isblank", 1, 1],
  ["concat", 1, Number.POSITIVE_INFINITY],
  ["ltrim", 1, 2],
  ["rtrim", 1, 2],
  ["trim", 1, 2],
  ["strlen", 1, 1],
  ["toupper", 1, 1],
  ["tolower", 1, 1],
  ["substr", 2, 3],
  ["replace", 3, 3],
  ["regexReplace", 3, 3],
  ["strcontains", 2, 3],
  ["startsWith", 2, 2],
  ["endsWith", 2, 2],
  ["urlencode", 1, 1],
  ["urldecode", 1, 1],
  ["base64encode", 1, 1],
  ["base64decode", 1, 1],
  ["split", 2, 2],
  ["hexToAscii", 1, 1],
  ["hexToDec", 1, 1],
  ["decToHex", 1, 1],
]);

const HASHES = rows("Hashing functions", false, [
  ["md5", 1, 1],
  ["sha256", 1, 1],
]);

const MASKING = rows("unmask", false, [["unmask", 1, 1]]);

const AGGREGATES: readonly FunctionSpec[] = [
  { name: "count", min: 0, max: 1, aggregate: true, takesAll: true, section: "stats, aggregation functions" },
  ...rows("stats, aggregation functions", true, [
    ["avg", 1, 1],
    ["count_distinct", 1, 1],
    ["max", 1, 1],
    ["min", 1, 1],
    ["pct", 2, 2],
    ["stddev", 1, 1],
    ["sum", 1, 1],
  ]),
  // Called non-aggregation functions there, yet they too choose one value out of many events.
  ...rows("stats, non-aggregation functions", true, [
    ["earliest", 1, 1],
    ["latest", 1, 1],
    ["sortsFirst", 1, 1],
    ["sortsLast", 1, 1],
  ]),
  ...rows("Time-series functions", true, [
    ["countOverTime", 1, 1],
    ["sumOverTime", 1, 1],
    ["histogram", 2, 2],
  ]),
];

/** Every function of the language, as CloudWatch Logs' user guide documents it under "Logs Insights QL". */
export const FUNCTIONS: readonly FunctionSpec[] = [
  ...NUMERIC,
  ...DATETIME,
  ...PERIODIC,
  ...GENERAL,
  ...JSON_FUNCTIONS,
  ...ADDRESSES,
  ...STRINGS,
  ...HASHES,
  ...MASKING,
  ...AGGREGATES,
];

const BY_NAME: ReadonlyMap<string, FunctionSpec> = new Map(FUNCTIONS.map((spec) => [spec.name.toLowerCase(), spec]));

/** The function of this name in any case, or undefined when the language has none. */
export function functionNamed(name: string): FunctionSpec | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** What to write instead of a function that only other query languages have. Keys are in lower case. */
export const FOREIGN_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ["percentile", "pct(field, 95)"],
  ["median", "pct(field, 50)"],
  ["quantile", "pct(field, 95)"],
  ["mean", "avg(field)"],
  ["distinct", "count_distinct(field)"],
  ["dc", "count_distinct(field)"],
  ["first", "earliest(field)"],
  ["last", "latest(field)"],
  ["length", "strlen(field)"],
  ["upper", "toupper(field)"],
  ["lower", "tolower(field)"],
  ["contains", 'strcontains(field, "text")'],
  ["substring", "substr(field, 0, 3)"],
  ["date_trunc", "datefloor(@timestamp, 1h)"],
  ["isnull", "not ispresent(field)"],
  ["isnotnull", "ispresent(field)"],
  ["pow", "a ^ b"],
  ["mod", "a % b"],
]);
