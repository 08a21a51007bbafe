import { formatSelector } from "../../languages/promql/format";
import { type BurnRateCondition, burningShare } from "../../model/definite-condition";
import type { Duration } from "../../model/duration";
import { plain } from "../../model/quantity";
import { type RecordedSeries, recordedSeries } from "../../model/recorded-series";

/** The window that the series are recorded over: the shortest that a burn rate asks about. */
export const recordedWindow = "5m";

/** One of the recorded series of an objective. */
export const recorded = (series: RecordedSeries, service: string, objective: string): string =>
  formatSelector(recordedSeries[series], [
    { label: "service", op: "=", value: service },
    { label: "objective", op: "=", value: objective },
  ]);

/** The share of what is bad over a time, out of the recorded series; no value without traffic. */
export function recordedErrorRatio(service: string, objective: string, window: Duration): string {
  const [errors, events] = (["errors", "events"] as const).map((series) => recorded(series, service, objective));
  return window === recordedWindow
    ? `${errors} / (${events} > 0)`
    : `sum_over_time(${errors}[${window}]) / (sum_over_time(${events}[${window}]) > 0)`;
}

/** A burn rate that reads the recorded series: three days of every bucket of a busy service are more than a rule may read. */
export function recordedBurnRate(condition: BurnRateCondition, service: string): string {
  const { objective, long, short } = condition;
  const limit = plain(burningShare(condition).value);
  return [long, short]
    .map((window) => `${recordedErrorRatio(service, objective.name, window)} > ${limit}`)
    .join(" and ");
}
