import { parseDuration } from "./duration";
import type { Expression } from "./expression";
import { checked, never } from "./result";

const seconds = (text: string): number => checked(parseDuration(text));

/** The longest time that an expression looks back over, in seconds; 0 for what is measured at once. */
export function lookBackSeconds(expression: Expression): number {
  switch (expression.kind) {
    case "value":
      return 0;
    case "rate":
    case "increase":
    case "quantile":
    case "fraction":
    case "forecast":
    case "log-count":
      return seconds(expression.window);
    case "time-share":
      return seconds(expression.window) + lookBackSeconds(expression.of);
    case "ratio":
      return Math.max(lookBackSeconds(expression.numerator), lookBackSeconds(expression.denominator));
    case "complement":
      return lookBackSeconds(expression.of);
    default:
      return never(expression);
  }
}
