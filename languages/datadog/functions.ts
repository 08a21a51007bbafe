/** One positional parameter of a function. */
export interface Parameter {
  readonly name: string;
  readonly optional?: true;
  /** The words or texts that it accepts, whatever their case; numbers always pass. */
  readonly oneOf?: readonly string[];
  /** Also any percentile, such as `p95`. */
  readonly percentile?: true;
}

/** A documented function of metric queries: where it stands, what it takes, and where Datadog says so. */
export interface FunctionRule {
  /** Around its arguments, the first being the series, or behind its operand. */
  readonly form: "wrapper" | "modifier";
  /** Positional parameters; of a wrapper, the series is the first. */
  readonly parameters: readonly Parameter[];
  /** Named arguments, with the values they accept; an empty list accepts any. */
  readonly named?: ReadonlyMap<string, readonly string[]>;
  /** Functions that must not stand anywhere inside this one. */
  readonly excludes?: readonly string[];
  /** Why a monitor must not use it. */
  readonly notInMonitors?: string;
  /** Page of Datadog's documentation, under Dashboards > Functions unless named otherwise. */
  readonly source: string;
}

const series: Parameter = { name: "series" };
const number = (name: string): Parameter => ({ name });
const choice = (name: string, ...oneOf: readonly string[]): Parameter => ({ name, oneOf });
const optional = (parameter: Parameter): Parameter => ({ ...parameter, optional: true });

const AGGREGATORS = ["avg", "sum", "min", "max", "count"] as const;
const SEASONALITY = ["hourly", "daily", "weekly"] as const;
const RANKED_BY = ["mean", "min", "max", "last", "area", "l2norm"] as const;

const wrapper = (source: string, parameters: readonly Parameter[], more: Partial<FunctionRule> = {}): FunctionRule => ({
  form: "wrapper",
  source,
  parameters: [series, ...parameters],
  ...more,
});

const modifier = (source: string, ...parameters: readonly Parameter[]): FunctionRule => ({
  form: "modifier",
  source,
  parameters,
});

/** Functions that take a series and nothing else, by the page that documents them. */
const OF_SERIES_ALONE: Readonly<Record<string, readonly string[]>> = {
  Arithmetic: ["abs", "log2", "log10", "cumsum", "integral"],
  Count: ["count_nonzero", "count_nonzero_finite", "count_not_null"],
  Interpolation: ["default_zero"],
  Rate: ["per_second", "per_minute", "per_hour", "dt", "diff", "monotonic_diff", "derivative", "throughput"],
  Regression: ["robust_trend", "trend_line", "piecewise_constant"],
  Smoothing: [
    ...["ewma_3", "ewma_5", "ewma_7", "ewma_10", "ewma_20"],
    ...["median_3", "median_5", "median_7", "median_9"],
  ],
  Timeshift: ["hour_before", "day_before", "week_before", "month_before"],
  Beta: ["rollingavg_5", "rollingavg_13", "rollingavg_21", "rollingavg_29"],
  Rank: ["top", "bottom"].flatMap((end) =>
    ["5", "10", "15", "20"].flatMap((limit) => RANKED_BY.map((by) => `${end}${limit}_${by}`)),
  ),
};

const WITH_ARGUMENTS: Readonly<Record<string, FunctionRule>> = {
  anomalies: wrapper(
    "Algorithms; Anomaly Monitor: API",
    [choice("algorithm", "basic", "agile", "robust"), number("bounds")],
    {
      named: new Map<string, readonly string[]>([
        ["direction", ["above", "below", "both"]],
        ["alert_window", []],
        ["interval", []],
        ["count_default_zero", ["true", "false"]],
        ["seasonality", SEASONALITY],
        ["timezone", []],
      ]),
    },
  ),
  outliers: wrapper("Algorithms; Outlier Monitor", [
    choice("algorithm", "DBSCAN", "MAD", "scaledDBSCAN", "scaledMAD"),
    number("tolerance"),
    optional(number("percentage")),
  ]),
  forecast: wrapper(
    "Algorithms; Forecasts Monitor: API and Troubleshooting",
    [choice("algorithm", "linear", "seasonal"), number("deviations")],
    {
      named: new Map<string, readonly string[]>([
        ["interval", []],
        ["history", []],
        ["model", ["default", "simple", "reactive"]],
        ["seasonality", SEASONALITY],
        ["timezone", []],
      ]),
      excludes: [
        ...["anomalies", "cumsum", "integral", "outliers"],
        ...["piecewise_constant", "robust_trend", "trend_line"],
      ],
    },
  ),
  autosmooth: wrapper("Smoothing", [], {
    notInMonitors: "it chooses its span anew at each evaluation, so that an alert would flap",
  }),
  pow: wrapper("Arithmetic", [number("exponent")]),
  exclude_null: wrapper("Exclusion", [optional({ name: "tag" })]),
  clamp_min: wrapper("Exclusion", [number("threshold")]),
  clamp_max: wrapper("Exclusion", [number("threshold")]),
  cutoff_min: wrapper("Exclusion", [number("threshold")]),
  cutoff_max: wrapper("Exclusion", [number("threshold")]),
  is_greater: wrapper("Metrics: Nested Queries", [number("threshold")]),
  is_less: wrapper("Metrics: Nested Queries", [number("threshold")]),
  is_between: wrapper("Metrics: Nested Queries", [number("lower threshold"), number("upper threshold")]),
  top: wrapper("Rank", [
    number("limit"),
    choice("by", "max", "mean", "min", "sum", "last", "l2norm", "area"),
    choice("direction", "asc", "desc"),
  ]),
  timeshift: wrapper("Timeshift", [number("seconds")]),
  calendar_shift: wrapper("Timeshift", [{ name: "shift" }, { name: "time zone" }]),
  moving_rollup: wrapper("Rollup; Metrics: Nested Queries", [
    number("interval"),
    { ...choice("aggregator", ...AGGREGATORS, "median", "stddev"), percentile: true },
  ]),
  as_count: modifier("Metrics: Metric Type Modifiers"),
  as_rate: modifier("Metrics: Metric Type Modifiers"),
  weighted: modifier("Metrics: Metric Type Modifiers"),
  fill: modifier("Interpolation", choice("method", "linear", "last", "zero", "null"), optional(number("limit"))),
  rollup: modifier(
    "Rollup; Metrics: Nested Queries",
    { ...choice("aggregator", ...AGGREGATORS, "stddev", "daily", "weekly", "monthly"), percentile: true },
    optional({ name: "interval" }),
    optional({ name: "alignment" }),
    optional({ name: "time zone" }),
  ),
};

/** Every function of metric queries that Datadog documents, by name. */
export const DATADOG_FUNCTIONS: ReadonlyMap<string, FunctionRule> = new Map([
  ...Object.entries(OF_SERIES_ALONE).flatMap(([source, names]) =>
    names.map((name): readonly [string, FunctionRule] => [name, wrapper(source, [])]),
  ),
  ...Object.entries(WITH_ARGUMENTS),
]);

/** How few and how many positional arguments a function takes; of a wrapper, the series is counted. */
export function arity(rule: FunctionRule): { readonly least: number; readonly most: number } {
  return {
    least: rule.parameters.filter((parameter) => parameter.optional !== true).length,
    most: rule.parameters.length,
  };
}
