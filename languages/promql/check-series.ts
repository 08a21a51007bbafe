import { didYouMean } from "../../model/suggest";
import type { Diagnostic } from "../diagnostic";
import { isBeyondContract, matchesName, type PromqlContract, seriesOf } from "./contract";
import { standsForVariable } from "./grafana-variables";
import { canHave, labelsOf } from "./labels";
import { everyExpr, type LabelReference, type PromqlExpr, type PromqlQuery, type PromqlSelector } from "./query";

/** Series and labels that nobody emits, and labels that are lost before they are used. */
export function checkSeries(query: PromqlQuery, contract: PromqlContract): readonly Diagnostic[] {
  return [
    ...query.selectors.flatMap((selector) => checkSelector(selector, contract)),
    ...everyExpr(query.expr).flatMap((expr) => checkGrouping(expr, contract)),
  ];
}

function checkSelector(selector: PromqlSelector, contract: PromqlContract): readonly Diagnostic[] {
  const { metric, offset, length } = selector;
  const named = selector.matchers.some(({ label }) => label === "__name__");
  if (metric === undefined) {
    if (!named || [...contract.keys()].some((name) => matchesName(selector, name))) return [];
    return [{ message: "No known metric has a name that matches this.", offset, length }];
  }
  const series = seriesOf(selector, contract);
  if (series !== undefined) return checkMatchers(metric, series.labels, selector);
  if (isBeyondContract(metric)) return [];
  const hint = contract.has(`${metric}_bucket`)
    ? ` It is a histogram: its series are ${metric}_bucket, ${metric}_sum and ${metric}_count.`
    : didYouMean(metric, contract.keys());
  return [{ message: `No known metric is named "${metric}".${hint}`, offset, length }];
}

function checkMatchers(metric: string, labels: ReadonlySet<string>, selector: PromqlSelector): readonly Diagnostic[] {
  return (
    selector.matchers
      .filter(({ label }) => label !== "__name__" && !labels.has(label) && !standsForVariable(label))
      // That a label is not there is what this one says.
      .filter(({ op, value }) => !(op === "=" && value === ""))
      .map(({ label, offset, length }) => ({
        message: `"${metric}" has no label "${label}".${didYouMean(label, labels)}`,
        offset,
        length,
      }))
  );
}

function checkGrouping(expr: PromqlExpr, contract: PromqlContract): readonly Diagnostic[] {
  switch (expr.kind) {
    case "aggregate":
      // Taking away a label that is not there does no harm, and one list is often used for many metrics.
      return expr.grouping?.keep === "by" ? missing(expr.grouping.labels, [expr.of], contract) : [];
    case "binary": {
      const { matching, left, right } = expr;
      const one = matching?.group?.side === "left" ? right : left;
      return [
        ...(matching?.mode === "on" ? missing(matching.labels, [left, right], contract) : []),
        ...missing(matching?.group?.include ?? [], [one], contract),
      ];
    }
    case "number":
    case "string":
    case "selector":
    case "subquery":
    case "unary":
    case "call":
      return [];
  }
}

/** The labels that some of the expressions cannot have. */
function missing(
  labels: readonly LabelReference[],
  from: readonly PromqlExpr[],
  contract: PromqlContract,
): readonly Diagnostic[] {
  return labels
    .filter(({ name }) => !standsForVariable(name) && name !== "__name__")
    .flatMap(({ name, offset, length }) => {
      const lacking = from.find((expr) => !canHave(labelsOf(expr, contract), name));
      if (lacking === undefined) return [];
      return [{ message: explain(name, lacking, contract), offset, length }];
    });
}

function explain(name: string, expr: PromqlExpr, contract: PromqlContract): string {
  const sources = everyExpr(expr).filter(({ kind }) => kind === "selector");
  const lost = sources.some((source) => canHave(labelsOf(source, contract), name));
  if (lost) return `The label "${name}" is lost before it is used here: an aggregation inside does not keep it.`;
  return `No series here has the label "${name}".${didYouMean(name, labelsOf(expr, contract).names)}`;
}
