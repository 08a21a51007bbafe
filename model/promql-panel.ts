import type { Panel, PanelOptions } from "./dashboard";

/**
 * A panel of PromQL as written, for what indicators have no word for: the sum or the average of a histogram, or time divided by
 * a count. `{service}` and `{environment}` are filled in.
 */
export const promqlPanel = (
  key: string,
  title: string,
  queries: Readonly<Record<string, string>>,
  { visualization = "timeseries", ...options }: PanelOptions = {},
): Panel => ({
  key,
  title,
  visualization,
  queries: Object.entries(queries).map(([legend, text]) => ({ kind: "promql", text, legend })),
  ...options,
});
