import Big from "big.js";
import type { AlertRule } from "./alert-rule";
import { isUpper } from "./comparison";
import { type CompareCondition, type DefiniteCondition, expandBurnRate } from "./definite-condition";
import type { Evaluator } from "./environment";
import { dimensionOf } from "./expression";
import { lookBackSeconds } from "./look-back";
import { never } from "./result";
import type { Severity } from "./severity";

/** Seconds between what happens and the moment that somebody is told, step by step. */
export interface TimeToPage {
  /** Until the metric has been collected, at the most. */
  readonly collect: number;
  /** Until enough of it is in the expression's window that the threshold is crossed. */
  readonly cross: number;
  /** How long the condition must hold. */
  readonly hold: number;
  /** Until the rule is evaluated, at the most. */
  readonly evaluate: number;
  /** Until what fires together has been grouped. */
  readonly group: number;
  readonly total: number;
}

/** Seconds between two scrapes of a target. Ten: a rate over five minutes then rests on thirty points. */
export const scrapeSeconds = 10;

/** How often each evaluator collects and evaluates, in seconds. */
export interface Cadence {
  readonly collect: number;
  readonly evaluate: number;
}

/**
 * Those of Prometheus and Grafana are ours to choose. The others have their own: DogStatsD flushes every 10 seconds and monitors are evaluated once a
 * minute (Datadog documentation, DogStatsD, "flush interval"; Monitors, "Evaluation frequency"); CloudWatch's metrics have a point
 * a minute, and alarms on them are evaluated once a minute (Amazon CloudWatch User Guide, "Evaluating an alarm").
 */
export const cadences: Readonly<Record<Evaluator, Cadence>> = {
  prometheus: { collect: scrapeSeconds, evaluate: 30 },
  grafana: { collect: scrapeSeconds, evaluate: 30 },
  datadog: { collect: 10, evaluate: 60 },
  cloudwatch: { collect: 60, evaluate: 60 },
};

/** The share of a window that must be bad before a total failure is seen in it, or undefined where "total" means nothing. */
function shareToCross({ expression, comparison, threshold }: CompareCondition): Big | undefined {
  const beyond = (limit: Big): Big => (isUpper(comparison) ? limit : new Big(1).minus(limit));
  if (expression.kind === "quantile") return new Big(1).minus(beyond(new Big(expression.quantile)));
  if (dimensionOf(expression) !== "ratio") return undefined;
  const { value } = threshold;
  return beyond(value.lt(0) ? new Big(0) : value.gt(1) ? new Big(1) : value);
}

/**
 * How long a failure lasts before the condition sees it. Of a share it is a total failure: 1% of five minutes are three seconds. Of a
 * quantile all is slow. Of everything else nobody knows how bad it can get, so the whole window is counted.
 */
export function crossingSeconds(condition: DefiniteCondition): number {
  switch (condition.kind) {
    case "compare":
      // A forecast speaks before the failure, by as much as it looks ahead.
      if (condition.expression.kind === "forecast") return 0;
      return (shareToCross(condition) ?? new Big(1))
        .times(lookBackSeconds(condition.expression))
        .round(0, Big.roundUp)
        .toNumber();
    case "outside":
    case "anomaly":
      return lookBackSeconds(condition.expression);
    case "absent":
      // A series is gone once its last sample is five minutes old (Prometheus, Querying basics, "Staleness"); one that a target no
      // longer exposes is gone at the next scrape.
      return 300;
    case "burn-rate": {
      const { left, right } = expandBurnRate(condition);
      return Math.max(crossingSeconds(left), crossingSeconds(right));
    }
    case "or":
      return Math.min(crossingSeconds(condition.left), crossingSeconds(condition.right));
    case "and":
    case "unless":
      // What is wrong stands first; the guard after it is true before, as traffic is.
      return crossingSeconds(condition.left);
    case "raw":
      return 0;
    default:
      return never(condition);
  }
}

/**
 * From failure to page, where what fires together waits `group` seconds to be grouped. `sampled`: seconds between two scrapes of the
 * service, for evaluators that rest on scrapes. Default: `scrapeSeconds`.
 */
export function timeToPage(
  { condition, forSeconds, evaluator }: AlertRule,
  group: number,
  sampled = scrapeSeconds,
): TimeToPage {
  const { evaluate, collect: own } = cadences[evaluator];
  const collect = evaluator === "prometheus" || evaluator === "grafana" ? sampled : own;
  const cross = crossingSeconds(condition);
  const parts = { collect, cross, hold: forSeconds, evaluate, group };
  return { ...parts, total: collect + cross + forSeconds + evaluate + group };
}

/**
 * Seconds that a page may take, by severity: beyond them the response that the severity promises has come too late. Nobody waits
 * for a page of SEV-1 longer than it takes to drive home; SEV-2 promises that somebody works on it within half an hour.
 */
export const pageBudgets: Readonly<Record<Severity, number | undefined>> = {
  "SEV-1": 900,
  "SEV-2": 1800,
  "SEV-3": undefined,
  "SEV-4": undefined,
};

/** Seconds that collecting, evaluating and grouping together may add, where all three are ours to choose. */
export const addedBudget = 60;
