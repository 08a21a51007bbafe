import type { Expression, LabelMatcher, Selection } from "../../model/expression";
import { never } from "../../model/result";

const matcherKey = (matcher: LabelMatcher): string =>
  JSON.stringify([matcher.label, matcher.kind, "values" in matcher ? matcher.values : matcher.value]);

const selectionKey = ({ metric, where }: Selection): string =>
  `${metric.type} ${metric.name} ${where.map(matcherKey).sort().join()}`;

/** Expressions are immutable and shared by the services and environments of a contract, so their keys are made once. */
const known = new WeakMap<Expression, string>();

/**
 * Two expressions have the same key when they measure the same thing, whatever labels keep it apart: an alert on the error rate
 * is drawn on the panel of the error rate by endpoint. The order of matchers does not count.
 */
export function expressionKey(expression: Expression): string {
  const key = known.get(expression) ?? keyOf(expression);
  known.set(expression, key);
  return key;
}

function keyOf(expression: Expression): string {
  switch (expression.kind) {
    case "value":
      return `${expression.aggregation}(${selectionKey(expression.of)})`;
    case "rate":
      return `${expression.aggregation}(rate(${selectionKey(expression.of)} ${expression.window}))`;
    case "increase":
      return `increase(${selectionKey(expression.of)} ${expression.window})`;
    case "quantile":
      return `quantile(${expression.quantile} ${selectionKey(expression.of)} ${expression.window})`;
    case "fraction":
      return `fraction(${selectionKey(expression.of)} ${expression.atMost} ${expression.window})`;
    case "forecast":
      return `${expression.aggregation}(forecast(${selectionKey(expression.of)} ${expression.window} ${expression.ahead}))`;
    case "time-share":
      return `time-share(${expressionKey(expression.of)} ${expression.comparison} ${expression.bound} ${expression.window})`;
    case "ratio":
      return `ratio(${expressionKey(expression.numerator)}, ${expressionKey(expression.denominator)})`;
    case "complement":
      return `complement(${expressionKey(expression.of)})`;
    case "log-count":
      return `log-count(${JSON.stringify(expression.filter)} ${expression.window})`;
    default:
      return never(expression);
  }
}
