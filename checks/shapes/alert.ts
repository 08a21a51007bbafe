import { z } from "zod";
import { anomalyDirections, logicalOperators } from "../../model/condition";
import { perEnvironment } from "./common";

const expression = z.object({ kind: z.string() }).loose();
const selection = z.object({ metric: z.object({ name: z.string() }).loose(), where: z.array(z.unknown()) }).loose();
const objective = z
  .object({ name: z.string(), sli: z.object({ kind: z.string() }).loose(), target: perEnvironment, window: z.string() })
  .loose();

const condition: z.ZodType = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z
      .object({
        kind: z.literal("compare"),
        expression,
        comparison: z.enum([">", ">=", "<", "<="]),
        threshold: perEnvironment,
      })
      .loose(),
    z.object({ kind: z.literal("outside"), expression, low: perEnvironment, high: perEnvironment }).loose(),
    z.object({ kind: z.literal("absent"), of: selection }).loose(),
    z
      .object({
        kind: z.literal("anomaly"),
        expression,
        deviations: z.number(),
        direction: z.enum(anomalyDirections),
        baseline: z.string(),
      })
      .loose(),
    z
      .object({ kind: z.literal("burn-rate"), objective, factor: z.string(), long: z.string(), short: z.string() })
      .loose(),
    z.object({ kind: z.enum(logicalOperators), left: condition, right: condition }).loose(),
    z.object({ kind: z.literal("spoken"), text: z.string(), thresholds: perEnvironment.optional() }).loose(),
    z.object({ kind: z.literal("raw"), language: z.enum(["promql", "datadog"]), text: z.string() }).loose(),
  ]),
);

/** Fields that other checks say more of when they are missing (severity, runbook, summary, for) may be absent here. */
export const alertShape = z
  .object({
    name: z.string(),
    when: condition,
    environments: z.array(z.string()).optional(),
    description: z.string().optional(),
    for: perEnvironment.optional(),
    severity: perEnvironment.optional(),
    recovery: z.union([z.string(), z.number()]).optional(),
    suppress: z.record(z.string(), z.string()).optional(),
  })
  .loose();
