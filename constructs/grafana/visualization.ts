import { PanelBuilder as BarGauge } from "@grafana/grafana-foundation-sdk/bargauge";
import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  LogsSortOrder,
  ReduceDataOptionsBuilder,
  SortOrder,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import type { Panel as PanelJson } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as Gauge } from "@grafana/grafana-foundation-sdk/gauge";
import { PanelBuilder as Logs } from "@grafana/grafana-foundation-sdk/logs";
import { PanelBuilder as Stat } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as Table } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as Text, TextMode } from "@grafana/grafana-foundation-sdk/text";
import { PanelBuilder as Timeseries } from "@grafana/grafana-foundation-sdk/timeseries";
import type { Panel } from "../../model/dashboard";
import { never } from "../../model/result";

/** The latest value of a series, for visualizations that show one number of each. */
const latest = (): ReduceDataOptionsBuilder => new ReduceDataOptionsBuilder().calcs(["lastNotNull"]).values(false);

/**
 * A graph. Its axis begins at zero unless something is below it, so that a ripple does not look like a wave; thresholds are
 * a line with the area behind it, so that the line of an alert that fires below it is seen to face downwards.
 */
const timeseries = (watched: boolean): Timeseries =>
  new Timeseries()
    .axisSoftMin(0)
    .fillOpacity(10)
    .thresholdsStyle(
      new GraphThresholdsStyleConfigBuilder().mode(
        watched ? GraphThresholdsStyleMode.LineAndArea : GraphThresholdsStyleMode.Off,
      ),
    )
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));

/** The panel in Grafana's classic schema with the options of its visualization, and nothing else yet. */
export function visualize({ visualization, text = "" }: Panel, watched: boolean): PanelJson {
  switch (visualization) {
    case "timeseries":
      return timeseries(watched).build();
    case "stat":
      return new Stat().reduceOptions(latest()).build();
    case "gauge":
      return new Gauge().reduceOptions(latest()).build();
    case "bar-gauge":
      return new BarGauge().reduceOptions(latest()).orientation(VizOrientation.Horizontal).build();
    case "table":
      return new Table().build();
    case "logs":
      return new Logs()
        .showTime(true)
        .wrapLogMessage(true)
        .enableLogDetails(true)
        .sortOrder(LogsSortOrder.Descending)
        .build();
    case "text":
      return new Text().mode(TextMode.Markdown).content(text).build();
    default:
      return never(visualization);
  }
}
