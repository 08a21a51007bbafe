import { type PromqlProblem, problem } from "./problem";
import type { AggregateExpr, BinaryExpr, CallExpr, PromqlExpr, PromqlQuery } from "./query";

/** Labels that every series of an expression has, with the one value that it can have. */
type Pinned = ReadonlyMap<string, string>;

const NOTHING: Pinned = new Map();

/**
 * Joins that can never match, because both sides pin a label that they are matched on to different values, as in
 * `a{env="prod"} and b{env="dev"}` (Prometheus: operators, "Vector matching").
 */
export function checkJoins({ every, selectors }: PromqlQuery): readonly PromqlProblem[] {
  if (selectors.length < 2) return [];
  return every.flatMap((node) => (node.kind === "binary" ? checkJoin(node) : []));
}

function checkJoin(expr: BinaryExpr): readonly PromqlProblem[] {
  const { op, left, right, matching, fill } = expr;
  if (left.type !== "vector" || right.type !== "vector" || op === "or" || fill) return [];
  const ours = pinnedIn(left);
  if (ours.size === 0) return [];
  const theirs = pinnedIn(right);
  const named = new Set(matching?.labels.map(({ name }) => name));
  const isMatched = (label: string): boolean => named.has(label) === (matching?.mode === "on");
  for (const [label, value] of ours) {
    const other = theirs.get(label);
    if (other === undefined || other === value || !isMatched(label)) continue;
    const message = `The two sides of "${op}" never match: ${label} is "${value}" on the left and "${other}" on the right. Match without it, by ignoring (${label}) or on (…).`;
    return [problem("dead-join", expr, message)];
  }
  return [];
}

function pinnedIn(expr: PromqlExpr): Pinned {
  switch (expr.kind) {
    case "number":
    case "string":
      return NOTHING;
    case "selector":
      return new Map(
        expr.selector.matchers
          .filter(({ label, op, value }) => op === "=" && value !== "" && label !== "__name__")
          .map(({ label, value }) => [label, value]),
      );
    case "subquery":
    case "unary":
      return pinnedIn(expr.of);
    case "aggregate":
      return ofAggregate(expr);
    case "call":
      return ofCall(expr);
    case "binary":
      return ofBinary(expr);
  }
}

const filtered = (pinned: Pinned, keep: (label: string) => boolean): Pinned =>
  new Map([...pinned].filter(([label]) => keep(label)));

function ofAggregate({ op, of, grouping, parameter }: AggregateExpr): Pinned {
  const inner = pinnedIn(of);
  if (op === "topk" || op === "bottomk" || op === "limitk" || op === "limit_ratio") return inner;
  if (grouping === undefined) return NOTHING;
  const named = new Set(grouping.labels.map(({ name }) => name));
  const written = parameter?.kind === "string" ? parameter.value : undefined;
  return filtered(inner, (label) => named.has(label) === (grouping.keep === "by") && label !== written);
}

function ofCall({ name, args }: CallExpr): Pinned {
  const vector = args.find(({ type }) => type === "vector" || type === "matrix");
  // info() adds labels, and scalar() and vector() take all away.
  if (vector === undefined || name === "info" || name === "scalar") return NOTHING;
  if ((name === "absent" || name === "absent_over_time") && vector.kind !== "selector") return NOTHING;
  const target = args.find((argument) => argument.kind === "string");
  const written = target?.kind === "string" ? target.value : undefined;
  return filtered(pinnedIn(vector), (label) => label !== written && label !== "le");
}

function ofBinary({ op, left, right, matching }: BinaryExpr): Pinned {
  if (left.type === "scalar") return pinnedIn(right);
  const ours = pinnedIn(left);
  if (right.type === "scalar" || op === "and" || op === "unless") return ours;
  if (op === "or") {
    const theirs = pinnedIn(right);
    return new Map([...ours].filter(([label, value]) => theirs.get(label) === value));
  }
  const many = matching?.group?.side === "right" ? pinnedIn(right) : ours;
  if (matching?.group !== undefined) {
    const included = new Set(matching.group.include.map(({ name }) => name));
    return filtered(many, (label) => !included.has(label));
  }
  if (matching === undefined) return ours;
  const named = new Set(matching.labels.map(({ name }) => name));
  return filtered(ours, (label) => named.has(label) === (matching.mode === "on"));
}
