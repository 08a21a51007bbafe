import Big from "big.js";
import { type Baseline, type Condition, isLogical } from "./condition";
import type { DefiniteCondition, DefiniteObjective } from "./definite-condition";
import { parseDuration } from "./duration";
import type { Environment } from "./environment";
import { dimensionOf, type Expression, selectionsOf } from "./expression";
import type { Objective } from "./objective";
import { inEnvironment } from "./per-environment";
import { exampleOf, parseQuantity, plain, type Quantity } from "./quantity";
import { fail, never, ok, type Result } from "./result";
import { indicatorsOf, type Service } from "./service";
import { parseSpoken, type SpokenCondition } from "./spoken-condition";
import { didYouMean } from "./suggest";

/** A threshold of the same dimension as its indicator, or why it is not one. */
export function thresholdFor(expression: Expression, subject: string, text: string | number): Result<Quantity> {
  const quantity = parseQuantity(text);
  if (!quantity.ok) return quantity;
  // What a metric that nobody declares would measure is unknown; that it is missing is told elsewhere.
  if (selectionsOf(expression).some(({ metric }) => metric.undeclared !== undefined)) return quantity;
  const dimension = dimensionOf(expression);
  if (quantity.value.dimension === dimension) return quantity;
  return fail(
    `${subject} is a ${dimension}, but "${text}" is a ${quantity.value.dimension}; write a ${dimension}, such as "${exampleOf[dimension]}"`,
  );
}

/** What an expression is called in messages when nobody gave it a name. */
const unnamed = "the indicator";

function resolveRange(
  expression: Expression,
  subject: string,
  lower: string,
  upper: string,
): Result<DefiniteCondition> {
  const low = thresholdFor(expression, subject, lower);
  if (!low.ok) return low;
  const high = thresholdFor(expression, subject, upper);
  if (!high.ok) return high;
  if (low.value.per !== high.value.per) return fail(`"${lower}" and "${upper}" count over different times`);
  return low.value.value.lt(high.value.value)
    ? ok({ kind: "outside", expression, low: low.value, high: high.value })
    : fail(`"${lower}" is not below "${upper}"; write the lower end of the range first`);
}

function resolveAnomaly(
  expression: Expression,
  { deviations, direction, baseline }: Omit<Baseline, "baseline"> & { readonly baseline: string },
): Result<DefiniteCondition> {
  if (!(deviations > 0))
    return fail(`${deviations} standard deviations are none; write a number above zero, such as 3`);
  const length = parseDuration(baseline);
  if (!length.ok) return length;
  if (length.value < 3600)
    return fail(`a baseline of ${baseline} does not say what is usual; write at least an hour, such as "1w"`);
  return ok({ kind: "anomaly", expression, deviations, direction, baseline: `${length.value}s` });
}

/** Looks up what was said. `thresholds` replaces the number of the comparison that stands first. */
function resolveSpoken(
  spoken: SpokenCondition,
  service: Service,
  threshold: string | number | undefined,
): Result<DefiniteCondition> {
  if (isLogical(spoken)) {
    const left = resolveSpoken(spoken.left, service, threshold);
    if (!left.ok) return left;
    const right = resolveSpoken(spoken.right, service, undefined);
    return right.ok ? ok({ kind: spoken.kind, left: left.value, right: right.value }) : right;
  }
  const { indicator: name } = spoken;
  const indicators = indicatorsOf(service);
  const indicator = indicators.get(name);
  if (indicator === undefined) {
    const known = [...indicators.keys()];
    return fail(
      `unknown indicator "${name}".${didYouMean(name, known) || ` ${service.name} has ${known.length === 0 ? "none" : known.join(", ")}`}`,
    );
  }
  const { expression } = indicator;
  switch (spoken.kind) {
    case "compare": {
      const quantity = thresholdFor(expression, name, threshold ?? spoken.threshold);
      return quantity.ok
        ? ok({ kind: "compare", expression, comparison: spoken.comparison, threshold: quantity.value })
        : quantity;
    }
    case "outside":
      return resolveRange(expression, name, spoken.low, spoken.high);
    case "absent": {
      const [of] = selectionsOf(expression);
      return of === undefined ? fail(`${name} reads no metric that could be absent`) : ok({ kind: "absent", of });
    }
    case "anomaly":
      return resolveAnomaly(expression, spoken);
    default:
      return never(spoken);
  }
}

/** An objective with its target in an environment; an error when that is no share that leaves a budget. */
export function definiteObjective(objective: Objective, environment: string): Result<DefiniteObjective> {
  const text = inEnvironment(objective.target, environment);
  const target = parseQuantity(text);
  if (!target.ok) return target;
  const { value, dimension } = target.value;
  return dimension === "ratio" && value.gt(0) && value.lt(1)
    ? ok({ ...objective, target: target.value })
    : fail(`the target "${text}" of ${objective.name} is not a share below 100%, such as "99.9%"`);
}

function resolveBurnRate(
  { objective: promised, factor, long, short }: Extract<Condition, { kind: "burn-rate" }>,
  environment: string,
): Result<DefiniteCondition> {
  const objective = definiteObjective(promised, environment);
  if (!objective.ok) return objective;
  const { name, target } = objective.value;
  const { value } = target;
  const times = new Big(factor);
  const share = times.times(value.times(-1).plus(1));
  if (share.gte(1)) {
    return fail(
      `${name} (${target.text}) can never burn ${factor} times its budget: that would be ${plain(share.times(100))}% of all events, and no more than all can fail`,
    );
  }
  return ok({ kind: "burn-rate", objective: objective.value, factor: times, long, short });
}

/** Makes a condition definite for a service in an environment, or says why it cannot be. */
export function resolveCondition(
  condition: Condition,
  service: Service,
  environment: Environment,
): Result<DefiniteCondition> {
  switch (condition.kind) {
    case "compare": {
      const { expression, comparison } = condition;
      const threshold = thresholdFor(expression, unnamed, inEnvironment(condition.threshold, environment.name));
      return threshold.ok ? ok({ kind: "compare", expression, comparison, threshold: threshold.value }) : threshold;
    }
    case "outside": {
      const [low, high] = [condition.low, condition.high].map((end) => String(inEnvironment(end, environment.name)));
      return resolveRange(condition.expression, unnamed, low ?? "", high ?? "");
    }
    case "absent":
      return ok(condition);
    case "anomaly":
      return resolveAnomaly(condition.expression, condition);
    case "burn-rate":
      return resolveBurnRate(condition, environment.name);
    case "and":
    case "or":
    case "unless": {
      const left = resolveCondition(condition.left, service, environment);
      if (!left.ok) return left;
      const right = resolveCondition(condition.right, service, environment);
      return right.ok ? ok({ kind: condition.kind, left: left.value, right: right.value }) : right;
    }
    case "spoken": {
      const spoken = parseSpoken(condition.text);
      if (!spoken.ok) return spoken;
      const { thresholds } = condition;
      const own = thresholds === undefined ? undefined : inEnvironment(thresholds, environment.name);
      return resolveSpoken(spoken.value, service, own);
    }
    case "raw": {
      const text = condition.text.replaceAll("{service}", service.name).replaceAll("{environment}", environment.name);
      return ok({ kind: "raw", language: condition.language, text });
    }
    default:
      return never(condition);
  }
}
