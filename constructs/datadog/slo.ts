import { DATADOG_LIMITS, SLO_TIMEFRAMES, type SloTimeframe } from "../../languages/datadog/limits";
import { arithmetic, asCount, type MetricExpression } from "../../languages/datadog/metric-expression";
import { parseDatadogMetricExpression } from "../../languages/datadog/metric-parser";
import { printDatadogMetricExpression } from "../../languages/datadog/metric-printer";
import { allScopes, without } from "../../languages/datadog/metric-scope";
import { isOneOf, orList } from "../../languages/datadog/one-of";
import {
  type BurnRateQuery,
  parseDatadogBurnRateQuery,
  printDatadogBurnRateQuery,
} from "../../languages/datadog/slo-query";
import type { BurnRateCondition, DefiniteObjective } from "../../model/definite-condition";
import { parseDuration } from "../../model/duration";
import type { LabelMatcher, Selection } from "../../model/expression";
import type { Sli } from "../../model/objective";
import { parseQuantity, plain } from "../../model/quantity";
import { fail, never, ok, type Result } from "../../model/result";
import {
  compileDatadog,
  countOf,
  type DatadogScope,
  map,
  scopeOfMatcher,
  selectionQuery,
  withinBound,
} from "./compile";
import { heldFactor } from "./unit";

/** What an objective of Datadog counts: good events of all, or good slices of time. */
export type DatadogSli =
  | { readonly type: "metric"; readonly numerator: string; readonly denominator: string }
  | {
      readonly type: "time_slice";
      /** A slice is good while this is at most `threshold`; a slice without data is good, too. */
      readonly query: string;
      readonly threshold: string;
      readonly sliceSeconds: 60;
    };

/** A service level objective, as Datadog's API has it. */
export interface DatadogSlo {
  /** The objective's own name: one of these exists for each name, in a service and environment. */
  readonly objective: string;
  readonly name: string;
  readonly description: string;
  /** In percent. */
  readonly target: string;
  readonly timeframe: SloTimeframe;
  readonly sli: DatadogSli;
  readonly tags: readonly string[];
}

/** What an objective, as a monitor on it, belongs to. */
export interface SloOptions {
  readonly scope: DatadogScope;
  readonly tags: readonly string[];
}

const same = (one: LabelMatcher, other: LabelMatcher): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * What is good: the same events without the bad ones, where a filter tells them apart, since that needs no bad event to exist; else all
 * less the bad ones.
 */
function goodEvents(bad: Selection, total: Selection, scope: DatadogScope): Result<MetricExpression> {
  const all = selectionQuery(total, "sum", [], scope);
  if (!all.ok) return all;
  const more = bad.where.filter((matcher) => !total.where.some((known) => same(known, matcher)));
  const within =
    bad.metric === total.metric && total.where.every((known) => bad.where.some((each) => same(each, known)));
  if (within && more.length > 0) {
    return map(selectionQuery(total, "sum", [], scope, without(allScopes(...more.map(scopeOfMatcher)))), asCount);
  }
  return map(selectionQuery(bad, "sum", [], scope), (failed) => arithmetic(asCount(all.value), "-", asCount(failed)));
}

/** The text of an expression that our own parser reads as the same. */
function expressionText(expression: MetricExpression): Result<string> {
  const text = printDatadogMetricExpression(expression);
  const parsed = parseDatadogMetricExpression(text);
  return parsed.ok ? ok(text) : fail(parsed.diagnostics.map(({ message }) => message).join(" "));
}

function eventsOf(good: Result<MetricExpression>, all: Result<MetricExpression>): Result<DatadogSli> {
  if (!good.ok) return good;
  if (!all.ok) return all;
  const numerator = expressionText(good.value);
  const denominator = expressionText(asCount(all.value));
  if (!numerator.ok) return numerator;
  return map(denominator, (below) => ({ type: "metric", numerator: numerator.value, denominator: below }));
}

/**
 * An indicator as Datadog counts it. Of a distribution, both sides are counted by a threshold query, as Datadog asks for; all of its
 * points are at least zero. Sources: Datadog documentation, Metric-based SLOs, "Define queries"; Time Slice SLOs.
 */
function sliOf(sli: Sli, scope: DatadogScope): Result<DatadogSli> {
  switch (sli.kind) {
    case "events":
      return [sli.bad, sli.total].some((of) => countOf(of) !== "sum")
        ? fail("the events of an objective are counted by counters")
        : eventsOf(goodEvents(sli.bad, sli.total, scope), selectionQuery(sli.total, "sum", [], scope));
    case "latency": {
      const within = withinBound(sli.of, sli.atMost);
      if (!within.ok) return within;
      const all = { kind: "count-where", comparator: ">=", value: "0" } as const;
      return eventsOf(
        map(selectionQuery(sli.of, within.value, [], scope), asCount),
        selectionQuery(sli.of, all, [], scope),
      );
    }
    case "freshness": {
      const atMost = parseQuantity(sli.atMost);
      if (!atMost.ok) return atMost;
      if (sli.of.kind !== "value") return fail("the age that an objective watches is a gauge");
      const threshold = plain(atMost.value.value.div(heldFactor(sli.of.of)));
      const age = compileDatadog(sli.of, scope);
      if (!age.ok) return age;
      return map(expressionText(age.value), (query) => ({ type: "time_slice", query, threshold, sliceSeconds: 60 }));
    }
    default:
      return never(sli);
  }
}

/** The objective in percent, with the decimals that Datadog keeps. */
function targetOf({ name, target }: DefiniteObjective): Result<string> {
  const text = plain(target.value.times(100));
  const [, decimals = ""] = text.split(".");
  return decimals.length > DATADOG_LIMITS.sloTargetDecimals
    ? fail(`Datadog keeps three decimals of a target, which are fewer than those of ${name} (${target.text})`)
    : ok(text);
}

/** An objective of one service in one environment as Datadog has it, or why it cannot have it. */
export function datadogSlo(objective: DefiniteObjective, { scope, tags }: SloOptions): Result<DatadogSlo> {
  const { name, window, sli } = objective;
  if (!isOneOf(SLO_TIMEFRAMES, window))
    return fail(`Datadog keeps objectives over ${orList(SLO_TIMEFRAMES)}, and not over ${window}`);
  const target = targetOf(objective);
  if (!target.ok) return target;
  return map(sliOf(sli, scope), (counted) => ({
    objective: name,
    name: `[${scope.environment}] ${scope.service}: ${name}`,
    description: `${objective.target.text} of ${scope.service} over ${window}`,
    target: target.value,
    timeframe: window,
    sli: counted,
    tags,
  }));
}

/** A monitor on how fast an objective's budget is spent; the objective's id is known only when it exists. */
export interface BurnRateMonitor {
  readonly slo: DatadogSlo;
  readonly query: Omit<BurnRateQuery, "slo">;
}

/**
 * A burn rate as Datadog's own monitor, or why it has none. The short window says that it still goes on, and so is all the "for"
 * that there is.
 */
export function burnRateMonitor(
  { objective, factor, long, short }: BurnRateCondition,
  forSeconds: number,
  options: SloOptions,
): Result<BurnRateMonitor> {
  const slo = datadogSlo(objective, options);
  if (!slo.ok) return slo;
  const [longSeconds, shortSeconds] = [parseDuration(long), parseDuration(short)];
  if (!longSeconds.ok) return longSeconds;
  if (!shortSeconds.ok) return shortSeconds;
  if (forSeconds > shortSeconds.value)
    return fail("a burn-rate monitor of Datadog holds for its short window, and no longer");
  const query: BurnRateMonitor["query"] = {
    over: slo.value.timeframe,
    long: `${longSeconds.value / 3600}h`,
    short: `${shortSeconds.value / 60}m`,
    threshold: plain(factor),
  };
  const parsed = parseDatadogBurnRateQuery(printDatadogBurnRateQuery({ ...query, slo: objective.name }));
  return parsed.ok ? ok({ slo: slo.value, query }) : fail(parsed.diagnostics.map(({ message }) => message).join(" "));
}
