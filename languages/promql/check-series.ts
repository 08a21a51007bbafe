import { didYouMean } from "../../model/suggest";
import { isBeyondContract, matchesName, NO_CONTRACT, type PromqlContract, seriesOf } from "./contract";
import { standsForVariable } from "./grafana-variables";
import { canHave, labelsOf } from "./labels";
import { type PromqlProblem, problem } from "./problem";
import { everyExpr, type LabelReference, type PromqlExpr, type PromqlQuery, type PromqlSelector } from "./query";

/** Series and labels that nobody emits, and labels that are lost before they are used. */
export function checkSeries(query: PromqlQuery, contract: PromqlContract): readonly PromqlProblem[] {
  const ofSelectors =
    contract === NO_CONTRACT ? [] : query.selectors.flatMap((selector) => checkSelector(selector, contract));
  // Only what is named after a selector can be lost.
  if (query.grouping.length === 0) return ofSelectors;
  return [...ofSelectors, ...query.every.flatMap((expr) => checkGrouping(expr, contract))];
}

function checkSelector(selector: PromqlSelector, contract: PromqlContract): readonly PromqlProblem[] {
  const { metric } = selector;
  const named = selector.matchers.some(({ label }) => label === "__name__");
  if (metric === undefined) {
    if (!named || [...contract.keys()].some((name) => matchesName(selector, name))) return [];
    return [problem("unknown-metric", selector, "No known metric has a name that matches this.")];
  }
  const series = seriesOf(selector, contract);
  if (series !== undefined) return checkMatchers(metric, series.labels, selector);
  if (isBeyondContract(metric)) return [];
  const hint = contract.has(`${metric}_bucket`)
    ? ` It is a histogram: its series are ${metric}_bucket, ${metric}_sum and ${metric}_count.`
    : didYouMean(metric, contract.keys());
  return [problem("unknown-metric", selector, `No known metric is named "${metric}".${hint}`)];
}

function checkMatchers(
  metric: string,
  labels: ReadonlySet<string>,
  selector: PromqlSelector,
): readonly PromqlProblem[] {
  return (
    selector.matchers
      .filter(({ label }) => label !== "__name__" && !labels.has(label) && !standsForVariable(label))
      // That a label is not there is what this one says.
      .filter(({ op, value }) => !(op === "=" && value === ""))
      .map((matcher) =>
        problem(
          "unknown-label",
          matcher,
          `"${metric}" has no label "${matcher.label}".${didYouMean(matcher.label, labels)}`,
        ),
      )
  );
}

function checkGrouping(expr: PromqlExpr, contract: PromqlContract): readonly PromqlProblem[] {
  switch (expr.kind) {
    case "aggregate":
      // Taking away a label that is not there does no harm, and one list is often used for many metrics.
      return expr.grouping?.keep === "by" ? missing(expr.grouping.labels, [expr.of], contract) : [];
    case "binary": {
      const { matching, left, right } = expr;
      const one = matching?.group?.side === "left" ? right : left;
      return [
        ...(matching?.mode === "on" ? missing(matching.labels, [left, right], contract, true) : []),
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

/** The labels that some of the expressions cannot have; of the sides of a `join`, where they keep the two from matching. */
function missing(
  labels: readonly LabelReference[],
  from: readonly PromqlExpr[],
  contract: PromqlContract,
  join = false,
): readonly PromqlProblem[] {
  return labels
    .filter(({ name }) => !standsForVariable(name) && name !== "__name__")
    .flatMap((label) => {
      const lacking = from.filter((expr) => !canHave(labelsOf(expr, contract), label.name));
      const [first] = lacking;
      if (first === undefined) return [];
      const { lost, message } = explain(label.name, first, contract);
      // What no side has is matched as empty with empty.
      const dead = join && lacking.length < from.length;
      return [problem(dead ? "dead-join" : lost ? "lost-label" : "unknown-label", label, message)];
    });
}

function explain(
  name: string,
  expr: PromqlExpr,
  contract: PromqlContract,
): { readonly lost: boolean; readonly message: string } {
  const sources = everyExpr(expr).filter(({ kind }) => kind === "selector");
  const lost = sources.some((source) => canHave(labelsOf(source, contract), name));
  if (lost)
    return {
      lost,
      message: `The label "${name}" is lost before it is used here: an aggregation inside does not keep it.`,
    };
  return {
    lost,
    message: `No series here has the label "${name}".${didYouMean(name, labelsOf(expr, contract).names)}`,
  };
}
