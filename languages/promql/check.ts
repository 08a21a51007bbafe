import type { Diagnostic } from "../diagnostic";
import { checkCounters } from "./check-counters";
import { checkHistograms } from "./check-histograms";
import { checkMatching } from "./check-matching";
import { checkSeries } from "./check-series";
import type { PromqlContract } from "./contract";
import type { PromqlQuery } from "./query";

/**
 * Hold a query to the series that exist: unknown series and labels, labels used after they are lost, counters and gauges
 * taken for each other, quantiles without buckets, sides that never match. In the order of the text, each place and sentence
 * once. Samples of Grafana variables and the series that Prometheus writes itself (`up`, `ALERTS`, …) may be anything.
 */
export function checkPromqlSelectors(query: PromqlQuery, contract: PromqlContract): readonly Diagnostic[] {
  const found = [
    ...checkSeries(query, contract),
    ...checkCounters(query.expr, contract),
    ...checkHistograms(query, contract),
    ...checkMatching(query, contract),
  ];
  const distinct = new Map(found.map((diagnostic) => [`${diagnostic.offset} ${diagnostic.message}`, diagnostic]));
  return [...distinct.values()].sort((a, b) => a.offset - b.offset);
}
