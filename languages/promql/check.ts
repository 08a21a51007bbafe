import { checkCounters } from "./check-counters";
import { checkDivision } from "./check-division";
import { checkHistograms } from "./check-histograms";
import { checkJoins } from "./check-joins";
import { checkMatchers } from "./check-matchers";
import { checkMatching } from "./check-matching";
import { checkRanges, type SampleInterval } from "./check-ranges";
import { checkSeries } from "./check-series";
import { checkTopk } from "./check-topk";
import { isConditional } from "./conditional";
import type { PromqlContract } from "./contract";
import { type PromqlProblem, problem } from "./problem";
import type { PromqlExpr, PromqlQuery } from "./query";

/** What a query is for, and what is known around it. */
export interface PromqlUse {
  /** Of an alert, of a recording rule, or of a panel, which a person looks at. */
  readonly as: "alert" | "record" | "panel";
  /** The series that exist; `NO_CONTRACT` where nobody has said. */
  readonly contract: PromqlContract;
  readonly intervalOf: SampleInterval;
}

/**
 * Hold a query to the series that exist and to what it is for: unknown series and labels, labels used after they are lost, counters
 * and gauges taken for each other, quantiles without buckets, sides that never match, ranges too short, ratios that are not a
 * number, and series that come and go. In the order of the text, one finding for one mistake. Samples of Grafana variables
 * and the series that Prometheus writes itself (`up`, `ALERTS`, …) may be anything.
 */
export function checkPromql(query: PromqlQuery, { as, contract, intervalOf }: PromqlUse): readonly PromqlProblem[] {
  const found = [
    ...checkSeries(query, contract),
    ...checkCounters(query.expr, contract),
    ...checkHistograms(query, contract),
    ...checkMatching(query, contract),
    ...checkJoins(query),
    ...checkMatchers(query),
    ...checkRanges(query, intervalOf),
    ...(as === "panel" ? [] : [...checkTopk(query), ...checkDivision(query)]),
    ...(as === "alert" && !query.isComparison && !isConstant(query.expr)
      ? [
          problem(
            "no-comparison",
            query.expr,
            "This compares nothing with a threshold, so that it fires whenever there is data.",
          ),
        ]
      : []),
  ];
  return found.length < 2 ? found : oneEach(found);
}

/** Always there by intent, as the expression of a watchdog is. */
const isConstant = (expr: PromqlExpr): boolean =>
  expr.kind === "number" || (expr.kind === "call" && expr.name === "vector") || isConditional(expr);

/** What is the same mistake, told twice: by itself, or by what follows from it at the same place. */
const SAME: readonly ReadonlySet<PromqlProblem["check"]>[] = [
  new Set(["dead-join", "vector-matching"]),
  new Set(["counter-without-rate", "quantile-without-rate"]),
];

function oneEach(problems: readonly PromqlProblem[]): readonly PromqlProblem[] {
  const seen = new Set<string>();
  const distinct = problems.filter((found) => {
    const kind = SAME.findIndex((same) => same.has(found.check));
    const key = `${found.offset} ${found.length} ${kind < 0 ? `${found.check} ${found.message}` : kind}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return distinct.length < 2 ? distinct : distinct.sort((a, b) => a.offset - b.offset);
}
