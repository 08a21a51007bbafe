import {
  LogGroupBuilder,
  LogsQueryBuilder,
  LogsQueryLanguage,
  MetricEditorMode,
  MetricQueryType,
  MetricsQueryBuilder,
  QueryMode,
} from "@grafana/grafana-foundation-sdk/cloudwatch";
import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import type { ServiceEstate } from "../../model/estate";
import type { Expression } from "../../model/expression";
import type { CloudwatchSource, MetricDefinition } from "../../model/metric";
import { ok, type Result } from "../../model/result";
import { cloudwatchDimensions } from "../cloudwatch/dimensions";
import { cloudwatchSource, refTo } from "./data-sources";

/** A metric that an expression reads unchanged, as CloudWatch can draw it. */
export function plainCloudwatchMetric(expression: Expression): MetricDefinition | undefined {
  return expression.kind === "value" && expression.of.where.length === 0 && expression.by.length === 0
    ? expression.of.metric
    : undefined;
}

/**
 * A CloudWatch metric by its exact dimensions. `period`: the seconds that one number is about; default: what CloudWatch's retention
 * has at the time shown ("auto").
 * The statistic is the metric's own: what CloudWatch keeps of one service is already one series, with nothing left to combine.
 */
export function metricTarget(
  source: CloudwatchSource,
  legend: string,
  refId: string,
  estate: ServiceEstate,
  period = "",
): Result<Builder<Dataquery>> {
  const dimensions = cloudwatchDimensions(source, estate);
  if (!dimensions.ok) return dimensions;
  return ok(
    new MetricsQueryBuilder()
      .queryMode(QueryMode.Metrics)
      .metricQueryType(MetricQueryType.Search)
      .metricEditorMode(MetricEditorMode.Builder)
      .id(refId.toLowerCase())
      .refId(refId)
      .datasource(refTo(cloudwatchSource(estate.environment)))
      .region(estate.environment.region)
      .namespace(source.namespace)
      .metricName(source.name)
      .statistic(source.statistic)
      .dimensions(dimensions.value)
      .matchExact(true)
      .period(period)
      .label(legend),
  );
}

/**
 * A Logs Insights query over the service's log group. The group is named twice: Grafana reads the ARN where cross-account
 * querying is on, and the name where it is not.
 */
export const logsTarget = (text: string, refId: string, { environment, logGroup }: ServiceEstate): Builder<Dataquery> =>
  new LogsQueryBuilder()
    .queryMode(QueryMode.Logs)
    .queryLanguage(LogsQueryLanguage.CWLI)
    .id(refId.toLowerCase())
    .refId(refId)
    .datasource(refTo(cloudwatchSource(environment)))
    .region(environment.region)
    .expression(text)
    .logGroups([
      new LogGroupBuilder()
        .name(logGroup.name)
        .arn(`arn:aws:logs:${environment.region}:${environment.account}:log-group:${logGroup.name}:*`),
    ])
    .logGroupNames([logGroup.name]);
