import type { DefiniteCondition } from "../model/definite-condition";
import { type Expression, groupedBy, type Selection } from "../model/expression";
import type { Sli } from "../model/objective";
import { never } from "../model/result";

/** The expression with every selection changed. */
export function selecting(expression: Expression, change: (selection: Selection) => Selection): Expression {
  switch (expression.kind) {
    case "value":
    case "rate":
    case "increase":
    case "quantile":
    case "fraction":
    case "forecast":
      return { ...expression, of: change(expression.of) };
    case "time-share":
    case "complement":
      return { ...expression, of: selecting(expression.of, change) };
    case "ratio":
      return {
        ...expression,
        numerator: selecting(expression.numerator, change),
        denominator: selecting(expression.denominator, change),
      };
    case "log-count":
      return expression;
    default:
      return never(expression);
  }
}

interface Change {
  readonly expression: (expression: Expression) => Expression;
  readonly selection: (of: Selection) => Selection;
}

/** What is counted, with every expression and every selection changed. */
function sliThroughout(sli: Sli, { selection, expression }: Change): Sli {
  switch (sli.kind) {
    case "events":
      return { ...sli, bad: selection(sli.bad), total: selection(sli.total) };
    case "latency":
      return { ...sli, of: selection(sli.of) };
    case "freshness":
      return { ...sli, of: expression(sli.of) };
    default:
      return never(sli);
  }
}

/** The condition with every expression and every selection changed. */
export function throughout(condition: DefiniteCondition, change: Change): DefiniteCondition {
  switch (condition.kind) {
    case "compare":
    case "outside":
    case "anomaly":
      return { ...condition, expression: change.expression(condition.expression) };
    case "absent":
      return { ...condition, of: change.selection(condition.of) };
    case "burn-rate": {
      const { objective } = condition;
      return { ...condition, objective: { ...objective, sli: sliThroughout(objective.sli, change) } };
    }
    case "and":
    case "or":
    case "unless":
      return { ...condition, left: throughout(condition.left, change), right: throughout(condition.right, change) };
    case "raw":
      return condition;
    default:
      return never(condition);
  }
}

/** The expression without one of the labels that keep its values apart, on both sides of a ratio. */
export function ungrouped(expression: Expression, label: string): Expression {
  switch (expression.kind) {
    case "ratio":
      return {
        ...expression,
        numerator: ungrouped(expression.numerator, label),
        denominator: ungrouped(expression.denominator, label),
      };
    case "complement":
    case "time-share":
      return { ...expression, of: ungrouped(expression.of, label) };
    case "log-count":
      return expression;
    case "value":
    case "rate":
    case "increase":
    case "quantile":
    case "fraction":
    case "forecast":
      return groupedBy(
        expression,
        expression.by.filter((known) => known !== label),
      );
    default:
      return never(expression);
  }
}
