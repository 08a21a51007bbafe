import type { Expression } from "./expression";
import type { QuantityText } from "./quantity";
import type { PerEnvironment } from "./register";

export type Comparison = ">" | ">=" | "<" | "<=";

/** When an alert is true, as the catalog has it; `resolve-condition.ts` makes it definite for a service and environment. */
export type Condition =
  | {
      readonly kind: "compare";
      readonly expression: Expression;
      readonly comparison: Comparison;
      readonly threshold: PerEnvironment<QuantityText>;
    }
  /** As people say it: `p95_latency > 1000ms`, over the service's own indicators. */
  | { readonly kind: "spoken"; readonly text: string; readonly thresholds?: PerEnvironment<QuantityText> }
  /** The escape hatch: a whole condition in one backend's language, parsed and held against the contract all the same. */
  | { readonly kind: "raw"; readonly language: "promql" | "datadog"; readonly text: string };

/** A condition in PromQL, for Prometheus alone; it must end in a comparison. `{service}` and `{environment}` are filled in. */
export const promql = (text: string): Condition => ({ kind: "raw", language: "promql", text });

/** A whole monitor query, for Datadog alone. `{service}` and `{environment}` are filled in. */
export const datadogQuery = (text: string): Condition => ({ kind: "raw", language: "datadog", text });
