import { z } from "zod";
import { renderDashboard } from "../../../constructs/grafana/render-dashboard";
import type { Dashboard, Panel } from "../../../model/dashboard";
import type { EnvironmentEstate, ServiceEstate } from "../../../model/estate";
import { checked } from "../../../model/result";

const dataSource = z.strictObject({ type: z.string().min(1), uid: z.string().min(1) });
const position = z.strictObject({
  x: z.int().min(0),
  y: z.int().min(0),
  w: z.int().min(1).max(24),
  h: z.int().min(1),
});
const id = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);
const thresholds = z.strictObject({
  mode: z.literal("absolute"),
  steps: z.array(z.strictObject({ value: z.number().nullable(), color: z.string() })).min(1),
});
const target = z.looseObject({ refId: z.string().regex(/^[A-Z]+$/), datasource: dataSource });

/** A panel that draws something, as Grafana's classic schema has it; what a test does not read may be anything. */
const drawn = z.looseObject({
  type: z.enum(["timeseries", "stat", "gauge", "bargauge", "table", "logs", "text"]),
  id,
  title: z.string(),
  description: z.string().optional(),
  gridPos: position,
  datasource: dataSource.optional(),
  interval: z.string().optional(),
  targets: z.array(target).min(1).optional(),
  options: z.record(z.string(), z.unknown()),
  fieldConfig: z
    .strictObject({
      defaults: z.looseObject({
        unit: z.string().optional(),
        min: z.number().optional(),
        max: z.number().optional(),
        thresholds: thresholds.optional(),
        color: z.strictObject({ mode: z.string() }).optional(),
        custom: z.looseObject({ thresholdsStyle: z.strictObject({ mode: z.string() }).optional() }).optional(),
      }),
      overrides: z.array(
        z.strictObject({
          matcher: z.strictObject({ id: z.string(), options: z.string() }),
          properties: z.array(z.strictObject({ id: z.string(), value: z.unknown() })),
        }),
      ),
    })
    .optional(),
});
const row = z.strictObject({
  type: z.literal("row"),
  id,
  title: z.string(),
  gridPos: position,
  collapsed: z.literal(false),
  panels: z.array(z.never()),
});

const dashboard = z.strictObject({
  uid: z.string().regex(/^[a-zA-Z0-9_-]{1,40}$/),
  title: z.string().min(1),
  description: z.string(),
  tags: z.array(z.string()),
  timezone: z.literal("browser"),
  editable: z.literal(false),
  graphTooltip: z.int(),
  fiscalYearStartMonth: z.literal(0),
  time: z.strictObject({ from: z.string(), to: z.string() }),
  refresh: z.string(),
  schemaVersion: z.int().min(36),
  panels: z.array(z.union([row, drawn])),
  templating: z.strictObject({ list: z.array(z.never()) }),
  annotations: z.strictObject({
    list: z
      .array(
        z.looseObject({ name: z.string(), datasource: dataSource, target: z.looseObject({ datasource: dataSource }) }),
      )
      .optional(),
  }),
  links: z.array(
    z.looseObject({
      title: z.string(),
      type: z.string(),
      url: z.string().optional(),
      placement: z.string().optional(),
      tags: z.array(z.string()),
    }),
  ),
});

export type DashboardJson = z.infer<typeof dashboard>;
export type DrawnPanel = z.infer<typeof drawn>;

/** Reads a dashboard's JSON, and fails where it is not of the form that Grafana expects. */
export const parsedDashboard = (text: string): DashboardJson => dashboard.parse(JSON.parse(text));

/** Panels without the titles of their sections. */
export const drawnPanels = ({ panels }: DashboardJson): readonly DrawnPanel[] =>
  panels.flatMap((panel) => (panel.type === "row" ? [] : [drawn.parse(panel)]));

/** The first service of an estate. */
export function firstService({ services: [first] }: EnvironmentEstate): ServiceEstate {
  if (first === undefined) throw new Error("the estate has no service");
  return first;
}

/** A dashboard of one section that holds these panels. */
export const dashboardOf = (...panels: readonly Panel[]): Dashboard => ({
  key: "test",
  title: "Test",
  description: "Of a test.",
  sections: [{ key: "all", title: "All", panels }],
});

/** The only panel of a dashboard, rendered for a service. */
export function renderedPanel(panel: Panel, estate: ServiceEstate): DrawnPanel {
  const [only, ...others] = drawnPanels(parsedDashboard(checked(renderDashboard(dashboardOf(panel), estate))));
  if (only === undefined || others.length > 0) throw new Error("not one panel");
  return only;
}

/** Why panels cannot be rendered for a service, one sentence each. */
export function errorsOf(estate: ServiceEstate, ...panels: readonly Panel[]): readonly string[] {
  const result = renderDashboard(dashboardOf(...panels), estate);
  return result.ok ? [] : result.error.split("\n");
}
