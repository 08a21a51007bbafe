import type { Expression } from "./expression";
import type { Indicator } from "./indicator";

/** How a panel draws its queries. */
export type Visualization = "timeseries" | "stat" | "gauge" | "bar-gauge" | "table" | "logs" | "text";

/** What a panel asks. */
export type PanelQuery =
  /** Read from the metric's own system: Prometheus where it holds the metric, else CloudWatch. */
  | {
      readonly kind: "expression";
      readonly expression: Expression;
      readonly legend: string;
      /** Drawn as it was a week before, for comparison. Default: as it is. */
      readonly weekBefore?: true;
    }
  /** PromQL as written, parsed and held against the contract. `{service}` and `{environment}` are filled in. */
  | { readonly kind: "promql"; readonly text: string; readonly legend: string }
  /** CloudWatch Logs Insights over the service's log group. */
  | { readonly kind: "insights"; readonly text: string };

/** One drawing of a dashboard. */
export interface Panel {
  /** Kebab-case, unique within the dashboard; the panel's id in Grafana is made of it, so that links survive reordering. */
  readonly key: string;
  readonly title: string;
  /** What a reader should make of it. */
  readonly description?: string;
  readonly visualization: Visualization;
  readonly queries: readonly PanelQuery[];
  /** Markdown of a `text` panel. */
  readonly text?: string;
  /** Of 24 columns. Default: by visualization, 6 for a stat, 12 for a graph, 24 for logs. */
  readonly width?: number;
}

/** Titled rows of panels, in reading order. */
export interface Section {
  readonly key: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A dashboard of one service, the same for every environment but for its data sources and thresholds. */
export interface Dashboard {
  /** Kebab-case, unique within the service; its uid in Grafana is made of environment, service and key. */
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly sections: readonly Section[];
}

/** The five sections of a service's dashboard, in order: from what users feel to what the business earns. */
export const serviceSections = {
  overview: "Overview",
  errors: "Errors",
  performance: "Performance",
  infrastructure: "Infrastructure",
  business: "Business",
} as const;
export type ServiceSection = keyof typeof serviceSections;

/** Panels that a telemetry contract brings to its service's dashboard. */
export type ContractPanels = { readonly [S in ServiceSection]?: readonly Panel[] };

/** What is given of a panel beside its key, title and indicators. */
export interface PanelOptions {
  readonly description?: string;
  /** Default: `timeseries`. */
  readonly visualization?: Exclude<Visualization, "logs" | "text">;
  readonly width?: number;
  /**
   * Draws each indicator once more as it was a week before: what comes with the hour and the day is then seen not to be news. It needs a
   * week of history in Prometheus. Default: false.
   */
  readonly weekBefore?: boolean;
}

/**
 * A panel of indicators. A legend is text, or a label in double braces as Grafana has it: `{{endpoint}}`.
 * An indicator kept apart by labels needs a legend that names them.
 */
export function panel(
  key: string,
  title: string,
  indicators: Readonly<Record<string, Indicator>>,
  { visualization = "timeseries", weekBefore = false, ...options }: PanelOptions = {},
): Panel {
  const queries = Object.entries(indicators).map(
    ([legend, { expression }]) => ({ kind: "expression", expression, legend }) as const,
  );
  const before = queries.map(({ legend, ...query }) => ({
    ...query,
    legend: `${legend}, a week before`,
    weekBefore: true as const,
  }));
  return { key, title, visualization, queries: [...queries, ...(weekBefore ? before : [])], ...options };
}

/** A panel of log events, from a CloudWatch Logs Insights query. */
export const logPanel = (key: string, title: string, text: string, description?: string): Panel => ({
  key,
  title,
  visualization: "logs",
  queries: [{ kind: "insights", text }],
  ...(description === undefined ? {} : { description }),
});
