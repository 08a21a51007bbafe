import type { TimeAggregate } from "../../languages/datadog/monitor-query";
import type { Window } from "../../languages/datadog/window";
import { isUpper } from "../../model/comparison";
import type { CompareCondition } from "../../model/definite-condition";
import { type Duration, parseDuration } from "../../model/duration";
import type { Expression } from "../../model/expression";
import { fail, never, ok, type Result } from "../../model/result";
import { readsCounts } from "./compile";

/** How long, and how, a condition is judged. */
export interface Judgement {
  /** How long it must hold. */
  readonly forSeconds: number;
  /** How long it goes on being true after it has ended. */
  readonly keepFiringSeconds: number;
  /** Whether it is asked for the one moment at which it is true, as where it excuses another condition. */
  readonly atAnyTime: boolean;
}

/** The windows that an expression looks back over; none of a gauge. */
export function windowsOf(expression: Expression): readonly Duration[] {
  switch (expression.kind) {
    case "value":
      return [];
    case "rate":
    case "increase":
    case "quantile":
    case "fraction":
    case "forecast":
    case "time-share":
    case "log-count":
      return [expression.window];
    case "ratio":
      return [...windowsOf(expression.numerator), ...windowsOf(expression.denominator)];
    case "complement":
      return windowsOf(expression.of);
    default:
      return never(expression);
  }
}

/** Seconds of the longest window that an expression looks back over; 0 for a gauge. */
export function ownWindow(expression: Expression): Result<number> {
  let longest = 0;
  for (const window of windowsOf(expression)) {
    const seconds = parseDuration(window);
    if (!seconds.ok) return seconds;
    longest = Math.max(longest, seconds.value);
  }
  return ok(longest);
}

/** Datadog's windows are whole minutes, at least one. */
export const windowOf = (seconds: number): Window => `${Math.max(1, Math.ceil(seconds / 60))}m`;

/** The same in the largest unit that it is whole in, for the functions whose examples are. */
export function tidyWindowOf(seconds: number): Window {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  if (minutes % 1440 === 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

const cannotKeep = fail(
  `Datadog ends an alert as soon as its window is well again, and keeps only a gauge that fires at once (for: "0s") firing for longer; leave keepFiringFor out, or evaluate the alert with prometheus (evaluator: "prometheus")`,
);

/** Whether the series of a rate are added up, so that their growth is as well. */
const isSummed = ({ of, aggregation }: Extract<Expression, { kind: "rate" }>): boolean =>
  aggregation === "sum" || of.metric.type === "histogram";

/** How a condition is judged over one window. */
export interface Evaluation {
  readonly aggregate: TimeAggregate;
  readonly window: Window;
  /** Whether a rate is what its counter has grown by over the whole window, and not a point of it. */
  readonly grown: boolean;
}

/**
 * Datadog has no "for": a condition is judged over one window. Counts are summed, and quantiles taken, over the longer of the
 * expression's window and the duration. A gauge or a rate must be beyond the threshold at every point of the duration, so its
 * least (or, below a threshold, greatest) point is compared; where one moment is enough, its greatest. A rate whose window is longer
 * than the duration is the mean of that window, as it was meant: a point of it would be the rate of a minute.
 */
export function evaluation(
  { expression, comparison }: CompareCondition,
  { forSeconds, keepFiringSeconds, atAnyTime }: Judgement,
): Result<Evaluation> {
  const [lasting, once] = isUpper(comparison) ? (["min", "max"] as const) : (["max", "min"] as const);
  if (keepFiringSeconds > 0) {
    // Beyond the threshold at one point of the window: it fires at that point, and for the window after it.
    return expression.kind === "value" && forSeconds === 0 && !atAnyTime
      ? ok({ aggregate: once, window: windowOf(keepFiringSeconds), grown: false })
      : cannotKeep;
  }
  const own = ownWindow(expression);
  if (!own.ok) return own;
  const whole = windowOf(Math.max(forSeconds, own.value));
  const over = (aggregate: TimeAggregate, grown = false): Result<Evaluation> => ok({ aggregate, window: whole, grown });
  if (readsCounts(expression)) return over("sum");
  if (expression.kind === "quantile") return over("percentile");
  if (expression.kind === "rate" && forSeconds < own.value) {
    return isSummed(expression) ? over("sum", true) : over("avg");
  }
  return ok({
    aggregate: atAnyTime ? once : lasting,
    window: forSeconds === 0 ? whole : windowOf(forSeconds),
    grown: false,
  });
}

/** Refuses to keep a condition firing that Datadog judges in a way of its own. */
export const refusesToKeep = ({ keepFiringSeconds }: Pick<Judgement, "keepFiringSeconds">): Result<undefined> =>
  keepFiringSeconds > 0 ? cannotKeep : ok(undefined);
