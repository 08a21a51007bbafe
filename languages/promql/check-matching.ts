import type { PromqlContract } from "./contract";
import { standsForVariable } from "./grafana-variables";
import { labelsOf } from "./labels";
import { type PromqlProblem, problem } from "./problem";
import type { BinaryExpr, PromqlQuery } from "./query";

/**
 * Two sides that can never match, because an aggregation left them with different labels (Prometheus: operators, "Vector
 * matching"): the result is always empty, or, with `unless`, always the left side. Only where both sides are certain.
 */
export function checkMatching({ every }: PromqlQuery, contract: PromqlContract): readonly PromqlProblem[] {
  return every.flatMap((node) => (node.kind === "binary" ? checkBinary(node, contract) : []));
}

function checkBinary(expr: BinaryExpr, contract: PromqlContract): readonly PromqlProblem[] {
  const { op, left, right, matching, fill } = expr;
  if (left.type !== "vector" || right.type !== "vector" || op === "or" || fill || matching?.mode === "on") return [];
  const ours = labelsOf(left, contract);
  const theirs = labelsOf(right, contract);
  if (!ours.exact || !theirs.exact || matching?.labels.some(({ name }) => standsForVariable(name))) return [];
  const ignored = new Set(matching?.labels.map(({ name }) => name));
  const onlyIn = (names: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] =>
    [...names].filter((name) => !others.has(name) && !ignored.has(name)).sort();
  const here = onlyIn(ours.names, theirs.names);
  const there = onlyIn(theirs.names, ours.names);
  if (here.length === 0 && there.length === 0) return [];
  const sides = [
    here.length > 0 ? `only the left has ${list(here)}` : "",
    there.length > 0 ? `only the right has ${list(there)}` : "",
  ];
  const message = `The two sides of "${op}" never match: ${sides.filter(Boolean).join(" and ")}. Aggregate both alike, or say on(…) or ignoring(…) what to match.`;
  return [problem("vector-matching", expr, message)];
}

const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");
