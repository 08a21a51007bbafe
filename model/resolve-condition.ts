import type { Comparison, Condition } from "./condition";
import type { Environment } from "./environment";
import { dimensionOf, type Expression, selectionsOf } from "./expression";
import { inEnvironment } from "./per-environment";
import { exampleOf, parseQuantity, type Quantity } from "./quantity";
import { fail, never, ok, type Result } from "./result";
import { indicatorsOf, type Service } from "./service";
import { didYouMean } from "./suggest";

/** A condition with nothing left open: one expression against one number, or a backend's own text. */
export type DefiniteCondition =
  | {
      readonly kind: "compare";
      readonly expression: Expression;
      readonly comparison: Comparison;
      readonly threshold: Quantity;
    }
  | { readonly kind: "raw"; readonly language: "promql" | "datadog"; readonly text: string };

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

const words: Readonly<Record<string, Comparison>> = {
  ">": ">",
  ">=": ">=",
  "<": "<",
  "<=": "<=",
  above: ">",
  "at least": ">=",
  below: "<",
  "at most": "<=",
};

/** Reads `p95_latency > 1000ms`: an indicator's name, a comparison, a quantity. */
export function parseSpoken(
  text: string,
): Result<{ readonly indicator: string; readonly comparison: Comparison; readonly threshold: string }> {
  const [, indicator, word = "", threshold = ""] =
    /^\s*([A-Za-z_][\w.-]*)\s*(>=|<=|>|<|above\b|at least\b|below\b|at most\b)?\s*(.*?)\s*$/.exec(text) ?? [];
  if (indicator === undefined)
    return fail(`"${text}" is not a condition; write an indicator, a comparison and a threshold`);
  const comparison = words[word];
  if (comparison === undefined) return fail(`"${text}" has no comparison; write >, >=, < or <= after "${indicator}"`);
  if (threshold === "") return fail(`"${text}" has no threshold; write a quantity after "${word}"`);
  return ok({ indicator, comparison, threshold });
}

function resolveSpoken(
  condition: Extract<Condition, { kind: "spoken" }>,
  service: Service,
  environment: string,
): Result<DefiniteCondition> {
  const spoken = parseSpoken(condition.text);
  if (!spoken.ok) return spoken;
  const { indicator: name, comparison, threshold } = spoken.value;
  const indicators = indicatorsOf(service);
  const indicator = indicators.get(name);
  if (indicator === undefined) {
    const known = [...indicators.keys()];
    return fail(
      `unknown indicator "${name}".${didYouMean(name, known) || ` ${service.name} has ${known.length === 0 ? "none" : known.join(", ")}`}`,
    );
  }
  const { expression } = indicator;
  const text = condition.thresholds === undefined ? threshold : inEnvironment(condition.thresholds, environment);
  const quantity = thresholdFor(expression, name, text);
  return quantity.ok ? ok({ kind: "compare", expression, comparison, threshold: quantity.value }) : quantity;
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
      const threshold = thresholdFor(expression, "the indicator", inEnvironment(condition.threshold, environment.name));
      return threshold.ok ? ok({ kind: "compare", expression, comparison, threshold: threshold.value }) : threshold;
    }
    case "spoken":
      return resolveSpoken(condition, service, environment.name);
    case "raw": {
      const text = condition.text.replaceAll("{service}", service.name).replaceAll("{environment}", environment.name);
      return ok({ kind: "raw", language: condition.language, text });
    }
    default:
      return never(condition);
  }
}
