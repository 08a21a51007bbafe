import type { Panel as PanelJson } from "@grafana/grafana-foundation-sdk/dashboard";
import type { GridPosition } from "../../dashboards/grafana/layout";
import { gridColumns } from "../../dashboards/grafana/layout";
import type { Panel } from "../../model/dashboard";
import type { ServiceEstate } from "../../model/estate";
import { type DataSourceRef, mixedSource, refTo } from "./data-sources";
import { describe } from "./description";
import { fieldConfig } from "./field-config";
import { type RenderedQuery, renderQuery } from "./query";
import { visualize } from "./visualization";

/**
 * The least time between two points. Alert rules are evaluated every minute: what is drawn finer is not what alerts see, and AMP
 * bills the samples that a query touches.
 */
const minInterval = "1m";

/** What a panel asks, or everything that Grafana would stumble over. */
function renderQueries(
  panel: Panel,
  estate: ServiceEstate,
): { readonly queries: readonly RenderedQuery[]; readonly errors: readonly string[] } {
  const { visualization, width } = panel;
  const results = panel.queries.map((query, index) => renderQuery(query, index, visualization, estate));
  const errors = results.flatMap((result) => (result.ok ? [] : [result.error]));
  if (width !== undefined && !(Number.isInteger(width) && width >= 1 && width <= gridColumns))
    errors.push(`a width of ${width} is none of the grid's; write a whole number from 1 to ${gridColumns}`);
  if (visualization === "text" && panel.queries.length > 0)
    errors.push("a text asks nothing; leave out its queries or draw them as a graph");
  if (visualization !== "text" && panel.queries.length === 0)
    errors.push(`a ${visualization} without queries stays empty; give it an indicator`);
  return { queries: results.flatMap((result) => (result.ok ? [result.value] : [])), errors };
}

/** The data source of the queries when they share one; Grafana's mixed source otherwise; none for a text. */
function sourceOf(queries: readonly RenderedQuery[]): DataSourceRef | undefined {
  const [first, ...others] = queries.map(({ source }) => source);
  return others.every(({ uid }) => uid === first?.uid) ? first : mixedSource;
}

/** A panel in Grafana's classic schema, and what is wrong with it, each in one sentence; the panel is right when nothing is. */
export function renderPanel(
  panel: Panel,
  id: number,
  position: GridPosition,
  estate: ServiceEstate,
): { readonly json: PanelJson; readonly errors: readonly string[] } {
  const { queries, errors } = renderQueries(panel, estate);
  const watched = queries.some(({ thresholds }) => thresholds.length > 0);
  const base = visualize(panel, watched);
  const source = sourceOf(queries);
  const description = describe(
    panel.description,
    queries.flatMap(({ watching }) => watching),
  );
  const json: PanelJson = {
    ...base,
    id,
    title: panel.title,
    gridPos: position,
    ...(description === undefined ? {} : { description }),
    ...(source === undefined
      ? {}
      : {
          datasource: refTo(source),
          ...(source.type === "cloudwatch" ? {} : { interval: minInterval }),
          targets: queries.map(({ target }) => target.build()),
          fieldConfig: fieldConfig(panel, queries, base.fieldConfig, estate.service),
        }),
  };
  return { json, errors };
}
