import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import { DataqueryBuilder, QueryEditorMode } from "@grafana/grafana-foundation-sdk/prometheus";
import type { Comparison } from "../../model/comparison";
import type { Environment } from "../../model/environment";
import type { ServiceEstate } from "../../model/estate";
import type { CloudwatchSource } from "../../model/metric";
import { ok, type Result } from "../../model/result";
import { canonicalJson } from "./canonical-json";
import { metricTarget } from "./cloudwatch-target";
import { cloudwatchSource, prometheusSource, refTo } from "./data-sources";

/** Seconds before the evaluation between which a stage reads. */
export interface RelativeTimeRange {
  readonly from: number;
  readonly to: number;
}

/** One stage of a rule: a query of a data source, or an expression over an earlier stage. */
export interface AlertStage {
  readonly refId: string;
  readonly datasourceUid: string;
  readonly range: RelativeTimeRange;
  /** What the data source is asked, as JSON. */
  readonly model: string;
}

/** Names of the stages: what is asked, its latest number per series, and whether that fires. */
export const stageNames = { query: "A", value: "B", verdict: "C" } as const;

/** Grafana's own "data source" of expressions (Grafana documentation, "Write expression queries"). */
const expressions = { type: "__expr__", uid: "__expr__" } as const;

/** An instant query is asked at the end of its range; how far back it reads, PromQL itself says. Grafana's own default. */
const instantRange: RelativeTimeRange = { from: 600, to: 0 };

/**
 * CloudWatch gets its numbers minutes late, and the running minute is not yet whole: a sum of half a minute would be half of it. Ten
 * minutes hold at least one number of a metric that comes every five.
 */
const cloudwatchRange: RelativeTimeRange = { from: 660, to: 60 };

/** Seconds that a number of CloudWatch is about: a minute, the finest that it keeps of metrics of standard resolution. */
const cloudwatchPeriod = "60";

const queryStage = (datasourceUid: string, range: RelativeTimeRange, query: Builder<Dataquery>): AlertStage => ({
  refId: stageNames.query,
  datasourceUid,
  range,
  model: canonicalJson(query.build()),
});

/** An instant query in PromQL of the environment's Prometheus. */
export function promqlStage(text: string, environment: Environment): AlertStage {
  const source = prometheusSource(environment);
  const query = new DataqueryBuilder()
    .datasource(refTo(source))
    .editorMode(QueryEditorMode.Code)
    .expr(text)
    .instant()
    .refId(stageNames.query);
  return queryStage(source.uid, instantRange, query);
}

/** The minutes of a CloudWatch metric; an error for a dimension that the service's runtime has nothing for. */
export function cloudwatchStage(metric: CloudwatchSource, estate: ServiceEstate): Result<AlertStage> {
  const target = metricTarget(metric, "", stageNames.query, estate, cloudwatchPeriod);
  return target.ok ? ok(queryStage(cloudwatchSource(estate.environment).uid, cloudwatchRange, target.value)) : target;
}

const expressionStage = (refId: string, model: Readonly<Record<string, unknown>>): AlertStage => ({
  refId,
  datasourceUid: expressions.uid,
  range: { from: 0, to: 0 },
  model: canonicalJson({ datasource: expressions, refId, ...model }),
});

/**
 * The latest number of every series. Grafana takes the answer to an instant query for numbers already where the plugin types it so;
 * then this changes nothing, and where it does not, an alert on series would be an error. Nothing is dropped, so that infinity compares
 * as it does in Prometheus.
 */
export const latestStage: AlertStage = expressionStage(stageNames.value, {
  type: "reduce",
  expression: stageNames.query,
  reducer: "last",
});

/** How Grafana names a comparison of a threshold (Grafana documentation, "Queries and conditions", "Threshold"). */
export type ThresholdEvaluator =
  | { readonly type: "gt" | "gte" | "lt" | "lte"; readonly params: readonly [number] }
  | { readonly type: "outside_range"; readonly params: readonly [number, number] };

const evaluatorTypes = { ">": "gt", ">=": "gte", "<": "lt", "<=": "lte" } as const satisfies Readonly<
  Record<Comparison, ThresholdEvaluator["type"]>
>;

/** A comparison with a number. */
export const comparing = (comparison: Comparison, limit: number): ThresholdEvaluator => ({
  type: evaluatorTypes[comparison],
  params: [limit],
});

/**
 * Fires for every series whose number meets `fires`. With `recovers`, a series that fires already goes on until its number meets that
 * (Grafana documentation, "Queries and conditions", "Recovery threshold").
 */
export const thresholdStage = (fires: ThresholdEvaluator, recovers?: ThresholdEvaluator): AlertStage =>
  expressionStage(stageNames.verdict, {
    type: "threshold",
    expression: stageNames.value,
    conditions: [{ evaluator: fires, unloadEvaluator: recovers }],
  });

/**
 * Fires for every series that the query returns, whatever its number, zero and NaN included: as Prometheus does for what an alert's
 * expression returns. (Grafana documentation, "Write expression queries", "Math".)
 */
export const everySeriesStage: AlertStage = expressionStage(stageNames.verdict, {
  type: "math",
  expression: `is_null($${stageNames.value}) == 0`,
});
