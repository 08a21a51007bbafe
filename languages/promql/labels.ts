import { isBeyondContract, type PromqlContract, seriesOf } from "./contract";
import { standsForVariable } from "./grafana-variables";
import type { AggregateExpr, BinaryExpr, CallExpr, LabelReference, PromqlExpr } from "./query";

/** The labels that the series of an expression can have. */
export interface LabelSet {
  readonly names: ReadonlySet<string>;
  /** Any label but these may be there too, because a series is not known; absent when `names` is all there is. */
  readonly openBut?: ReadonlySet<string>;
  /** Every one of `names` is there, as an aggregation leaves it, so that sides with other names can never match. */
  readonly exact: boolean;
}

const NONE: LabelSet = { names: new Set(), exact: true };
const ANY: LabelSet = { names: new Set(), openBut: new Set(), exact: false };

/** Whether the series of a set can have a label. */
export const canHave = (set: LabelSet, label: string): boolean =>
  set.names.has(label) || (set.openBut !== undefined && !set.openBut.has(label));

/** The labels that survive to the outside of an expression (Prometheus: operators, query functions), the series name apart. */
export function labelsOf(expr: PromqlExpr, contract: PromqlContract): LabelSet {
  switch (expr.kind) {
    case "number":
    case "string":
      return NONE;
    case "selector": {
      const series = seriesOf(expr.selector, contract);
      if (series === undefined || isBeyondContract(expr.selector.metric ?? "")) return ANY;
      return { names: series.labels, exact: false };
    }
    case "subquery":
    case "unary":
      return labelsOf(expr.of, contract);
    case "aggregate":
      return ofAggregate(expr, contract);
    case "call":
      return ofCall(expr, contract);
    case "binary":
      return ofBinary(expr, contract);
  }
}

const namesOf = (labels: readonly LabelReference[]): readonly string[] => labels.map(({ name }) => name);

function without(set: LabelSet, labels: readonly string[]): LabelSet {
  const names = new Set([...set.names].filter((name) => !labels.includes(name)));
  const exact = set.exact && !labels.some(standsForVariable);
  if (set.openBut === undefined) return { names, exact };
  return { names, exact, openBut: new Set([...set.openBut, ...labels]) };
}

function plus(set: LabelSet, labels: readonly string[], exact = false): LabelSet {
  return { ...set, names: new Set([...set.names, ...labels]), exact };
}

/** The named labels of a set, and no others; a variable may name any. */
function only(set: LabelSet, labels: readonly string[]): LabelSet {
  if (labels.some(standsForVariable)) return { ...set, exact: false };
  const names = new Set(labels.filter((label) => canHave(set, label)));
  return { names, exact: set.openBut === undefined };
}

function ofAggregate({ op, of, parameter, grouping }: AggregateExpr, contract: PromqlContract): LabelSet {
  const inner = labelsOf(of, contract);
  switch (op) {
    case "topk":
    case "bottomk":
    case "limitk":
    case "limit_ratio":
      return inner;
    case "count_values": {
      const rest = grouped(inner, grouping);
      return plus(rest, parameter?.kind === "string" ? [parameter.value] : [], rest.exact);
    }
    case "avg":
    case "count":
    case "group":
    case "max":
    case "min":
    case "quantile":
    case "stddev":
    case "stdvar":
    case "sum":
      return grouped(inner, grouping);
  }
}

function grouped(inner: LabelSet, grouping: AggregateExpr["grouping"]): LabelSet {
  switch (grouping?.keep) {
    case "by":
      return only(inner, namesOf(grouping.labels));
    case "without":
      return without(inner, namesOf(grouping.labels));
    case undefined:
      return NONE;
  }
}

function ofCall({ name, args, type }: CallExpr, contract: PromqlContract): LabelSet {
  const vector = args.find((argument) => argument.type === "vector" || argument.type === "matrix");
  if (type === "scalar" || vector === undefined) return NONE;
  const inner = labelsOf(vector, contract);
  const target = args.find((argument) => argument.kind === "string");
  const added = target?.kind === "string" ? [target.value] : [];
  switch (name) {
    case "absent":
    case "absent_over_time":
      // The labels that the selector pins to one value are known even when the series is not there.
      return vector.kind === "selector"
        ? {
            names: new Set(vector.selector.matchers.filter(({ op }) => op === "=").map(({ label }) => label)),
            exact: true,
          }
        : NONE;
    case "label_replace":
    case "label_join":
      return plus(inner, added);
    case "histogram_quantile":
    case "histogram_fraction":
      return without(inner, ["le"]);
    case "histogram_quantiles":
      return plus(without(inner, ["le"]), added);
    case "info":
      return ANY;
    default:
      return inner;
  }
}

function ofBinary({ op, left, right, matching }: BinaryExpr, contract: PromqlContract): LabelSet {
  if (left.type === "scalar") return labelsOf(right, contract);
  const ours = labelsOf(left, contract);
  if (right.type === "scalar" || op === "and" || op === "unless") return ours;
  const theirs = labelsOf(right, contract);
  if (op === "or") return union(ours, theirs);
  const included = namesOf(matching?.group?.include ?? []);
  switch (matching?.group?.side) {
    case "left":
      return plus(ours, included);
    case "right":
      return plus(theirs, included);
    case undefined:
      if (matching === undefined) return ours;
      return matching.mode === "on" ? only(ours, namesOf(matching.labels)) : without(ours, namesOf(matching.labels));
  }
}

function union(left: LabelSet, right: LabelSet): LabelSet {
  const names = new Set([...left.names, ...right.names]);
  if (left.openBut === undefined && right.openBut === undefined) return { names, exact: false };
  const excluded = [...(left.openBut ?? []), ...(right.openBut ?? [])];
  const impossible = excluded.filter((name) => !canHave(left, name) && !canHave(right, name));
  return { names, openBut: new Set(impossible), exact: false };
}
