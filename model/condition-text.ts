import type { Comparison } from "./comparison";
import type { DefiniteCondition } from "./definite-condition";
import { plain } from "./quantity";
import { never } from "./result";

const words: Readonly<Record<Comparison, string>> = {
  ">": "above",
  ">=": "at least",
  "<": "below",
  "<=": "at most",
};

/** When a condition is true, in a few words for a reader who knows what it is about: `above 1%`, `absent`. */
export function conditionText(condition: DefiniteCondition): string {
  switch (condition.kind) {
    case "compare":
      return `${words[condition.comparison]} ${condition.threshold.text}`;
    case "outside":
      return `outside ${condition.low.text}..${condition.high.text}`;
    case "absent":
      return `${condition.of.metric.name} absent`;
    case "anomaly":
      return `${condition.direction === "either" ? "" : `${condition.direction} `}${condition.deviations} sigma off its usual`;
    case "burn-rate":
      return `${condition.objective.name} burns ${plain(condition.factor)} times (${condition.long}, ${condition.short})`;
    case "and":
    case "or":
    case "unless":
      return `${conditionText(condition.left)} ${condition.kind} ${conditionText(condition.right)}`;
    case "raw":
      return `a query of ${condition.language === "promql" ? "Prometheus" : "Datadog"}`;
    default:
      return never(condition);
  }
}
