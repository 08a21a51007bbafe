import { type PromqlContract, seriesOf } from "./contract";
import { canHave, labelsOf } from "./labels";
import { levelsOf } from "./levels";
import { type PromqlProblem, problem } from "./problem";
import { type CallExpr, everyExpr, type PromqlExpr, type PromqlQuery, type PromqlSelector } from "./query";

/** Quantiles and fractions that come out empty or wrong (Prometheus: query functions, `histogram_quantile`). */
export function checkHistograms({ every, functions }: PromqlQuery, contract: PromqlContract): readonly PromqlProblem[] {
  if (!functions.some((name) => name.includes("quantile") || name === "histogram_fraction")) return [];
  return every.flatMap((node) => {
    if (node.kind === "aggregate") return node.op === "quantile" ? checkQuantile(node.parameter) : [];
    return node.kind === "call" ? checkCall(node, contract) : [];
  });
}

function checkCall(call: CallExpr, contract: PromqlContract): readonly PromqlProblem[] {
  switch (call.name) {
    case "quantile_over_time":
      return checkQuantile(call.args[0]);
    case "histogram_quantile":
      return [...checkQuantile(call.args[0]), ...checkBuckets(call, call.args[1], contract)];
    case "histogram_quantiles":
      return [...call.args.slice(2).flatMap(checkQuantile), ...checkBuckets(call, call.args[0], contract)];
    case "histogram_fraction":
      return checkBuckets(call, call.args[2], contract);
    default:
      return [];
  }
}

function checkQuantile(quantile: PromqlExpr | undefined): readonly PromqlProblem[] {
  if (quantile?.kind !== "number" || (quantile.value >= 0 && quantile.value <= 1)) return [];
  return [problem("quantile-bounds", quantile, "A quantile lies between 0 and 1; the 95th percentile is 0.95.")];
}

const isBucket = (selector: PromqlSelector, contract: PromqlContract): boolean =>
  seriesOf(selector, contract)?.labels.has("le") ?? selector.metric?.endsWith("_bucket") ?? false;

function checkBuckets(call: CallExpr, of: PromqlExpr | undefined, contract: PromqlContract): readonly PromqlProblem[] {
  if (of === undefined) return [];
  const selectors = everyExpr(of).flatMap((expr) => (expr.kind === "selector" ? [expr.selector] : []));
  if (!selectors.some((selector) => isBucket(selector, contract)))
    return selectors.flatMap((selector) => checkNoBucket(call, selector, contract));
  if (!canHave(labelsOf(of, contract), "le"))
    return [
      problem(
        "quantile-without-le",
        of,
        `${call.name}() needs the label "le", which is lost here; keep it, as in sum by (le) (…).`,
      ),
    ];
  return levelsOf(of, contract)
    .filter(({ selector, behaviour }) => isBucket(selector, contract) && behaviour === "counter")
    .map(({ selector }) =>
      problem(
        "quantile-without-rate",
        selector,
        `Without rate() this covers everything since the process started: rate(${selector.metric}[5m]).`,
      ),
    );
}

/** A series without buckets, unless it is a native histogram or unknown. */
function checkNoBucket(
  { name }: CallExpr,
  selector: PromqlSelector,
  contract: PromqlContract,
): readonly PromqlProblem[] {
  const series = seriesOf(selector, contract);
  const metric = selector.metric ?? "";
  const base = metric.replace(/_(?:sum|count)$/, "");
  if (series === undefined || (series.type === "histogram" && base === metric)) return [];
  const hint = contract.has(`${base}_bucket`) ? ` Use ${base}_bucket.` : "";
  return [
    problem(
      "quantile-without-buckets",
      selector,
      `${name}() needs the buckets of a histogram, which "${metric}" has not.${hint}`,
    ),
  ];
}
