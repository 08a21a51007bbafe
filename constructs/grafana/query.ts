import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import { DataqueryBuilder, PromQueryFormat, QueryEditorMode } from "@grafana/grafana-foundation-sdk/prometheus";
import type { AlertRule } from "../../model/alert-rule";
import type { PanelQuery, Visualization } from "../../model/dashboard";
import type { ServiceEstate } from "../../model/estate";
import { selectionsOf } from "../../model/expression";
import type { MetricDefinition } from "../../model/metric";
import { fail, never, ok, type Result } from "../../model/result";
import { didYouMean } from "../../model/suggest";
import { compilePromql } from "../prometheus/compile";
import { logsTarget, metricTarget, plainCloudwatchMetric } from "./cloudwatch-target";
import { cloudwatchSource, type DataSourceRef, prometheusSource, refTo } from "./data-sources";
import { alertsWatching, type Threshold, thresholdsOf } from "./thresholds";
import { type DisplayUnit, displayUnit, prometheusUnit } from "./units";

/** A panel's query, ready to be drawn. */
export interface RenderedQuery {
  readonly refId: string;
  readonly target: Builder<Dataquery>;
  readonly source: DataSourceRef;
  /** Absent where only the author of a raw query knows it. */
  readonly unit?: DisplayUnit;
  /** Whether it draws the past, which stands behind the present. */
  readonly past: boolean;
  /** Alerts that compare the very same expression, and where they are in the query's unit. */
  readonly watching: readonly AlertRule[];
  readonly thresholds: readonly Threshold[];
}

/** A, B … Z, AA, AB …: how Grafana numbers the queries of a panel. */
export function refIdAt(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : refIdAt(Math.floor(index / 26) - 1) + last;
}

/** Visualizations that show one number per series: they ask for the latest one only. A stat draws its course behind it. */
const asksForLatest: Readonly<Record<Visualization, boolean>> = {
  timeseries: false,
  stat: false,
  gauge: true,
  "bar-gauge": true,
  table: true,
  logs: false,
  text: false,
};

function promqlTarget(
  text: string,
  legend: string,
  refId: string,
  visualization: Visualization,
  { environment }: ServiceEstate,
): Builder<Dataquery> {
  const query = new DataqueryBuilder()
    .datasource(refTo(prometheusSource(environment)))
    .editorMode(QueryEditorMode.Code)
    .expr(text)
    .legendFormat(legend)
    .refId(refId)
    .format(visualization === "table" ? PromQueryFormat.Table : PromQueryFormat.TimeSeries);
  return asksForLatest[visualization] ? query.instant() : query.range();
}

/**
 * A query as it was a week before. `offset` belongs to a selector, and an expression has many; a subquery of one point shifts the whole.
 * Source: Prometheus, Querying basics, "Subquery" and "Offset modifier".
 */
const aWeekBefore = (text: string): string => `last_over_time((${text})[1m:1m] offset 1w)`;

/** Why Grafana cannot draw an expression: which system holds what it reads. */
function heldElsewhere(metric: MetricDefinition): string {
  const { name, cloudwatch, datadog, undeclared } = metric;
  if (undeclared !== undefined)
    return `no telemetry contract declares the metric "${name}";${didYouMean(name, undeclared) || ` known are ${undeclared.join(", ")}`}`;
  if (cloudwatch !== undefined)
    return `${name} is held by CloudWatch (${cloudwatch.namespace} ${cloudwatch.name}), of which only the plain value of one metric can be drawn, without matchers, labels or arithmetic`;
  if (datadog !== undefined)
    return `${name} is held by Datadog alone (${datadog.name}); draw it on a Datadog dashboard`;
  return `${name} is held by no system; set \`prometheus: true\`, or name it in CloudWatch or Datadog`;
}

type Rendered = Result<Pick<RenderedQuery, "target" | "source" | "unit">>;

function renderExpression(
  { expression, legend, weekBefore }: Extract<PanelQuery, { readonly kind: "expression" }>,
  refId: string,
  visualization: Visualization,
  estate: ServiceEstate,
): Rendered {
  const { environment, service } = estate;
  const metrics = selectionsOf(expression).map(({ metric }) => metric);
  if (metrics.length === 0)
    return fail("log events are held by CloudWatch Logs; count them with an Insights query (`stats count(*)`) instead");
  const elsewhere = metrics.find(({ prometheus, undeclared }) => !prometheus || undeclared !== undefined);
  if (elsewhere === undefined) {
    // The declared window stays, where a dashboard often has $__rate_interval: what is drawn is then what the alert compares,
    // at every zoom. Zoomed out, growth between two points further apart than the window is not seen.
    const text = compilePromql(expression, { service: service.name });
    if (!text.ok) return text;
    return ok({
      target: promqlTarget(
        weekBefore === true ? aWeekBefore(text.value) : text.value,
        legend,
        refId,
        visualization,
        estate,
      ),
      source: refTo(prometheusSource(environment)),
      unit: prometheusUnit(expression),
    });
  }
  if (weekBefore === true)
    return fail(`a week before is drawn of what Prometheus holds; ${elsewhere.name} is not, leave out weekBefore`);
  const plain = plainCloudwatchMetric(expression);
  if (plain?.cloudwatch === undefined || plain.undeclared !== undefined) return fail(heldElsewhere(elsewhere));
  const target = metricTarget(plain.cloudwatch, legend, refId, estate);
  if (!target.ok) return target;
  return ok({
    target: target.value,
    source: refTo(cloudwatchSource(environment)),
    unit: displayUnit(plain.cloudwatch.unit ?? plain.unit),
  });
}

function render(query: PanelQuery, refId: string, visualization: Visualization, estate: ServiceEstate): Rendered {
  const { environment, service } = estate;
  switch (query.kind) {
    case "expression":
      return renderExpression(query, refId, visualization, estate);
    case "promql": {
      const text = query.text.replaceAll("{service}", service.name).replaceAll("{environment}", environment.name);
      const target = promqlTarget(text, query.legend, refId, visualization, estate);
      return ok({ target, source: refTo(prometheusSource(environment)) });
    }
    case "insights":
      return ok({ target: logsTarget(query.text, refId, estate), source: refTo(cloudwatchSource(environment)) });
    default:
      return never(query);
  }
}

/** Renders a panel's query for a service in an environment, or says which system holds what Grafana cannot read. */
export function renderQuery(
  query: PanelQuery,
  index: number,
  visualization: Visualization,
  estate: ServiceEstate,
): Result<RenderedQuery> {
  const refId = refIdAt(index);
  const rendered = render(query, refId, visualization, estate);
  if (!rendered.ok) return rendered;
  const past = query.kind === "expression" && query.weekBefore === true;
  const watching = query.kind === "expression" && !past ? alertsWatching(query.expression, estate.alerts) : [];
  const { unit } = rendered.value;
  return ok({
    ...rendered.value,
    refId,
    past,
    watching,
    thresholds: unit === undefined ? [] : thresholdsOf(watching, unit),
  });
}
