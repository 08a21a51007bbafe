import { getFunction, ValueType } from "@prometheus-io/codemirror-promql/dist/cjs/types/function.js";
import { AGGREGATIONS, type Aggregation, type PromqlType } from "./query";
import { nodeTypes } from "./syntax-tree";

/** What a function takes and gives. */
export interface Signature {
  /** The types of the arguments; the last one repeats when `most` exceeds their number. */
  readonly args: readonly PromqlType[];
  readonly least: number;
  /** Infinity when there is no bound. */
  readonly most: number;
  readonly returns: PromqlType;
}

function typeOf(type: ValueType): PromqlType {
  switch (type) {
    case ValueType.scalar:
      return "scalar";
    case ValueType.string:
      return "string";
    case ValueType.matrix:
      return "matrix";
    case ValueType.vector:
    case ValueType.none:
      return "vector";
  }
}

function signatureOf(type: { readonly id: number }): readonly (readonly [string, Signature])[] {
  const known = getFunction(type.id);
  if (known === undefined) return [];
  // The editor's table spells two hyperbolic functions with a capital and takes pi() for a vector.
  const name = known.name.toLowerCase();
  const count = known.argTypes.length;
  const signature = {
    args: known.argTypes.map(typeOf),
    least: known.variadic === 0 ? count : count - 1,
    most: known.variadic < 0 ? Number.POSITIVE_INFINITY : known.variadic === 0 ? count : count - 1 + known.variadic,
    returns: name === "pi" ? "scalar" : typeOf(known.returnType),
  } as const;
  return [[name, signature]];
}

/** Every function of PromQL by name (Prometheus: query functions), from the table of Prometheus' own query editor. */
export const signatures: ReadonlyMap<string, Signature> = new Map(nodeTypes.flatMap(signatureOf));

/** Functions and operators that need the feature flag `promql-experimental-functions` (Prometheus: query functions, operators). */
export const EXPERIMENTAL: ReadonlySet<string> = new Set([
  "double_exponential_smoothing",
  "end",
  "first_over_time",
  "histogram_quantiles",
  "info",
  "limit_ratio",
  "limitk",
  "mad_over_time",
  "range",
  "sort_by_label",
  "sort_by_label_desc",
  "start",
  "start_timestamp",
  "step",
  "ts_of_first_over_time",
  "ts_of_last_over_time",
  "ts_of_max_over_time",
  "ts_of_min_over_time",
]);

/** What an aggregation operator takes before the vector, if anything. */
export function parameterOf(op: Aggregation): "scalar" | "string" | undefined {
  switch (op) {
    case "topk":
    case "bottomk":
    case "limitk":
    case "limit_ratio":
    case "quantile":
      return "scalar";
    case "count_values":
      return "string";
    case "avg":
    case "count":
    case "group":
    case "max":
    case "min":
    case "stddev":
    case "stdvar":
    case "sum":
      return undefined;
  }
}

/** The aggregation operator of that name; case does not matter. */
export const aggregationNamed = (name: string): Aggregation | undefined =>
  AGGREGATIONS.find((op) => op === name.toLowerCase());
