import { z } from "zod";
import type { GrafanaAlertRule } from "../../../constructs/grafana/alert-rule";
import type { AlertStage } from "../../../constructs/grafana/alert-stages";

/*
 * The models of a rule's stages, checked structurally, and what Grafana would make of them; no Grafana was used. Written from its
 * documentation ("Write expression queries"; "Queries and conditions", of which "Recovery threshold") and the schema of its
 * expressions, not from the code that is tested.
 */

const expressionSource = z.strictObject({ type: z.literal("__expr__"), uid: z.literal("__expr__") });
const refId = z.string().regex(/^[A-Z]+$/);

const evaluator = z.union([
  z.strictObject({ type: z.enum(["gt", "gte", "lt", "lte"]), params: z.tuple([z.number()]) }),
  z.strictObject({ type: z.enum(["within_range", "outside_range"]), params: z.tuple([z.number(), z.number()]) }),
]);
type Evaluator = z.infer<typeof evaluator>;

const reduceModel = z.strictObject({
  type: z.literal("reduce"),
  datasource: expressionSource,
  refId,
  expression: refId,
  reducer: z.enum(["last", "mean", "min", "max", "sum", "count"]),
});
const thresholdModel = z.strictObject({
  type: z.literal("threshold"),
  datasource: expressionSource,
  refId,
  expression: refId,
  conditions: z.tuple([z.strictObject({ evaluator, unloadEvaluator: evaluator.optional() })]),
});
const mathModel = z.strictObject({
  type: z.literal("math"),
  datasource: expressionSource,
  refId,
  expression: z.literal("is_null($B) == 0"),
});
const expressionModel = z.discriminatedUnion("type", [reduceModel, thresholdModel, mathModel]);

const prometheusModel = z.strictObject({
  datasource: z.strictObject({ type: z.literal("grafana-amazonprometheus-datasource"), uid: z.string().min(1) }),
  refId,
  editorMode: z.literal("code"),
  expr: z.string().min(1),
  instant: z.literal(true),
  range: z.literal(false),
});
const cloudwatchModel = z.strictObject({
  datasource: z.strictObject({ type: z.literal("cloudwatch"), uid: z.string().min(1) }),
  refId,
  id: z.string().regex(/^[a-z][a-zA-Z0-9_]*$/),
  queryMode: z.literal("Metrics"),
  metricQueryType: z.literal(0),
  metricEditorMode: z.literal(0),
  region: z.string(),
  namespace: z.string(),
  metricName: z.string(),
  statistic: z.string(),
  dimensions: z.record(z.string(), z.string()),
  matchExact: z.literal(true),
  period: z.string().regex(/^\d+$/),
  label: z.string(),
});
const queryModel = z.union([prometheusModel, cloudwatchModel]);

const rangeOf = z.strictObject({ from: z.int().min(0), to: z.int().min(0) });

/** The query and the expressions of a rule; an error for any that Grafana would not understand, or that reads a later one. */
export function modelsOf({ stages, condition }: GrafanaAlertRule) {
  const [first, ...others] = stages;
  if (first === undefined) throw new Error("a rule without stages");
  const parsed = <T extends z.ZodType>(schema: T, stage: AlertStage): z.infer<T> => {
    rangeOf.parse(stage.range);
    return schema.parse(JSON.parse(stage.model));
  };
  const query = parsed(queryModel, first);
  if (query.datasource.uid !== first.datasourceUid || query.refId !== first.refId) throw new Error("two data sources");
  if (first.range.from <= first.range.to) throw new Error("a range of nothing");
  const known = new Set([query.refId]);
  const expressions = others.map((stage) => {
    const model = parsed(expressionModel, stage);
    if (model.refId !== stage.refId || stage.datasourceUid !== "__expr__") throw new Error("two names");
    const reads = model.type === "math" ? "B" : model.expression;
    if (!known.has(reads) || known.has(model.refId)) throw new Error(`${model.refId} reads ${reads}`);
    known.add(model.refId);
    return model;
  });
  if (expressions.at(-1)?.refId !== condition) throw new Error("the condition is not the last stage");
  return { query, expressions };
}

/** The PromQL that a rule asks. */
export function promqlOf(rule: GrafanaAlertRule): string {
  const { query } = modelsOf(rule);
  if (!("expr" in query)) throw new Error("the rule does not ask Prometheus");
  return query.expr;
}

function meets(value: number, { type, params: [one, other = Number.NaN] }: Evaluator): boolean {
  switch (type) {
    case "gt":
      return value > one;
    case "gte":
      return value >= one;
    case "lt":
      return value < one;
    case "lte":
      return value <= one;
    case "within_range":
      return value > one && value < other;
    case "outside_range":
      return value < one || value > other;
    default:
      throw new Error(`unknown evaluator ${String(type)}`);
  }
}

/** One number for every series, by its labels. */
export type Numbers = ReadonlyMap<string, number>;

/** The series that fire, given what the query returns now and which of them fired before. */
export function firing(rule: GrafanaAlertRule, returned: Numbers, before: ReadonlySet<string>): ReadonlySet<string> {
  const { query, expressions } = modelsOf(rule);
  const results = new Map<string, Numbers>([[query.refId, returned]]);
  for (const model of expressions) {
    const of = results.get(model.type === "math" ? "B" : model.expression) ?? new Map<string, number>();
    const each = (decide: (value: number, series: string) => number): Numbers =>
      new Map([...of].map(([series, value]) => [series, decide(value, series)]));
    switch (model.type) {
      case "reduce":
        results.set(model.refId, of);
        break;
      case "threshold": {
        const [{ evaluator: fires, unloadEvaluator: recovers }] = model.conditions;
        results.set(
          model.refId,
          each((value, series) =>
            Number(recovers !== undefined && before.has(series) ? !meets(value, recovers) : meets(value, fires)),
          ),
        );
        break;
      }
      case "math":
        // Nothing that a query returns is null.
        results.set(
          model.refId,
          each(() => 1),
        );
        break;
      default:
        throw new Error("unknown expression");
    }
  }
  return new Set(
    [...(results.get(rule.condition) ?? [])].flatMap(([series, verdict]) => (verdict === 0 ? [] : [series])),
  );
}
