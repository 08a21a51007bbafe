import {
  type DynamicConfigValue,
  FieldColorModeId,
  type FieldConfig,
  type FieldConfigSource,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PercentUnit } from "@grafana/grafana-foundation-sdk/units";
import type { Panel, Visualization } from "../../model/dashboard";
import { logFieldsOf, type Service } from "../../model/service";
import type { RenderedQuery } from "./query";
import { type Step, stepsOf, type Threshold, unwatchedColor } from "./thresholds";
import { displayUnit } from "./units";

type Overrides = FieldConfigSource["overrides"];

/** How the series of one query are shown. */
interface QueryFields {
  readonly refId: string;
  readonly unit: string | undefined;
  readonly steps: readonly Step[];
}

/** What lies beyond no threshold: nothing is painted behind a graph, and a number that alerts watch is good. */
const fineColor = (visualization: Visualization, watched: boolean): string =>
  visualization === "timeseries" ? "transparent" : watched ? "green" : unwatchedColor;

/**
 * The fields of every query. A graph draws the thresholds of an axis once, so on a graph the queries of one unit, which share an
 * axis, share their thresholds; elsewhere every number is coloured by its own alerts alone.
 */
function fieldsOf(queries: readonly RenderedQuery[], visualization: Visualization): readonly QueryFields[] {
  return queries.map(({ refId, unit, thresholds: own }) => {
    const thresholds: readonly Threshold[] =
      visualization === "timeseries"
        ? queries.filter((other) => other.unit?.id === unit?.id).flatMap((other) => other.thresholds)
        : own;
    return { refId, unit: unit?.id, steps: stepsOf(thresholds, fineColor(visualization, thresholds.length > 0)) };
  });
}

/** Grafana's own default, where a panel has no thresholds, paints everything above 80 red; so they are always written. */
const thresholdsConfig = (steps: readonly Step[]): { mode: ThresholdsMode; steps: Step[] } => ({
  mode: ThresholdsMode.Absolute,
  steps: [...steps],
});

/** Settings of a query's fields where they differ from the panel's. */
function differences(fields: QueryFields, panel: QueryFields): DynamicConfigValue[] {
  return [
    ...(fields.unit === panel.unit ? [] : [{ id: "unit", value: fields.unit ?? "none" }]),
    ...(JSON.stringify(fields.steps) === JSON.stringify(panel.steps)
      ? []
      : [{ id: "thresholds", value: thresholdsConfig(fields.steps) }]),
  ];
}

/** The scale of a gauge: a share fills it at 100%; anything else as its data has it, from zero. */
const gaugeScale = (unit: string | undefined): FieldConfig => ({ min: 0, ...(unit === PercentUnit ? { max: 1 } : {}) });

/** The units of log fields that an Insights query shows: their columns carry their names. */
function columnUnits({ queries }: Panel, service: Service): Overrides {
  const texts = queries.flatMap((query) => (query.kind === "insights" ? [query.text] : []));
  if (texts.length === 0) return [];
  return logFieldsOf(service).flatMap(({ name, unit }) =>
    unit !== undefined && texts.some((text) => text.includes(name))
      ? [{ matcher: { id: "byName", options: name }, properties: [{ id: "unit", value: displayUnit(unit).id }] }]
      : [],
  );
}

/** The past is drawn thin, grey and broken, so that nobody takes it for the present. */
const pastStyle: Overrides[number]["properties"] = [
  { id: "custom.lineStyle", value: { fill: "dash", dash: [4, 8] } },
  { id: "custom.fillOpacity", value: 0 },
  { id: "color", value: { mode: FieldColorModeId.Fixed, fixedColor: "text" } },
];

const pastStyles = (queries: readonly RenderedQuery[]): Overrides =>
  queries.flatMap(({ past, refId }) =>
    past ? [{ matcher: { id: "byFrameRefID", options: refId }, properties: pastStyle }] : [],
  );

/**
 * The units, thresholds and colours of a panel: those of its first query, with an override for every query that differs, and for
 * every log field with a unit.
 */
export function fieldConfig(
  panel: Panel,
  queries: readonly RenderedQuery[],
  base: FieldConfigSource | undefined,
  service: Service,
): FieldConfigSource {
  const { visualization } = panel;
  const [first, ...others] = fieldsOf(queries, visualization);
  const columns = columnUnits(panel, service);
  if (first === undefined || visualization === "logs") return { defaults: { ...base?.defaults }, overrides: columns };
  const overrides = others.flatMap((fields) => {
    const properties = differences(fields, first);
    return properties.length === 0 ? [] : [{ matcher: { id: "byFrameRefID", options: fields.refId }, properties }];
  });
  const color = visualization === "timeseries" ? FieldColorModeId.PaletteClassic : FieldColorModeId.Thresholds;
  return {
    defaults: {
      ...base?.defaults,
      ...(visualization === "gauge" || visualization === "bar-gauge" ? gaugeScale(first.unit) : {}),
      ...(first.unit === undefined ? {} : { unit: first.unit }),
      color: { mode: color },
      thresholds: thresholdsConfig(first.steps),
    },
    overrides: [...overrides, ...pastStyles(queries), ...columns],
  };
}
