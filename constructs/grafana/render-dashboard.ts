import {
  DashboardBuilder,
  DashboardCursorSync,
  type Panel as PanelJson,
  RowBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { layout } from "../../dashboards/grafana/layout";
import type { Dashboard } from "../../model/dashboard";
import type { ServiceEstate } from "../../model/estate";
import { grafanaUid } from "../../model/grafana-uid";
import { fail, ok, type Result } from "../../model/result";
import { annotationsOf } from "./annotations";
import { canonicalJson } from "./canonical-json";
import { limitErrors } from "./limits";
import { linksOf } from "./links";
import { renderPanel } from "./panel";
import { panelIds } from "./panel-ids";

/** Long enough to hold a shift's incident, short enough that a five-minute spike is still seen. */
const timeRange = { from: "now-6h", to: "now" };

/** As often as alert rules are evaluated; refreshing more often would show nothing new. */
const refresh = "1m";

/** The uid of a service's dashboard in an environment. */
export const dashboardUid = ({ key }: Dashboard, { environment, service }: ServiceEstate): string =>
  grafanaUid(environment.name, service.name, key);

/** Titles and panels share one space of ids, but not one of keys. */
const rowKey = (section: string): string => `section/${section}`;

const repeated = (keys: readonly string[]): readonly string[] => [
  ...new Set(keys.filter((key, index) => keys.indexOf(key) !== index)),
];

function keyErrors({ sections }: Dashboard): readonly string[] {
  const panels = repeated(sections.flatMap((section) => section.panels.map(({ key }) => key)));
  return [
    ...repeated(sections.map(({ key }) => key)).map((key) => `two sections have the key "${key}"; rename one`),
    ...panels.map((key) => `two panels have the key "${key}"; rename one`),
  ];
}

const built = <T>(value: T): { build: () => T } => ({ build: () => value });

/**
 * A dashboard of a service in an environment as Grafana's JSON (classic schema), keys in canonical order, without whitespace.
 * The same dashboard and estate give the same text on every machine and every day.
 *
 * Errors, all of them, one a line: a query that Grafana cannot ask, a key used twice, a title or tag too
 * long, a width that the grid does not have.
 */
export function renderDashboard(dashboard: Dashboard, estate: ServiceEstate): Result<string> {
  const { environment, service, team } = estate;
  const title = `${dashboard.title} (${environment.name})`;
  const tags = [...new Set([service.name, team.name, environment.name, "estate"])];
  const errors = [...limitErrors(title, tags), ...keyErrors(dashboard)];
  const { ids } = panelIds(
    dashboard.sections.flatMap(({ key, panels }) => [rowKey(key), ...panels.map((panel) => panel.key)]),
  );
  const json = new DashboardBuilder(title)
    .uid(dashboardUid(dashboard, estate))
    .description(dashboard.description)
    .tags(tags)
    .timezone("browser")
    .time(timeRange)
    .refresh(refresh)
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([])
    .annotations([...annotationsOf(estate)])
    .links(linksOf(estate).map(built));
  for (const { section, position, panels } of layout(dashboard.sections)) {
    json.withRow(new RowBuilder(section.title).id(ids.get(rowKey(section.key)) ?? 0).gridPos(position));
    for (const { panel, position } of panels) {
      const rendered = renderPanel(panel, ids.get(panel.key) ?? 0, position, estate);
      errors.push(...rendered.errors.map((error) => `panel "${panel.key}": ${error}`));
      json.withPanel(built<PanelJson>(rendered.json));
    }
  }
  if (errors.length === 0) return ok(canonicalJson(json.build()));
  return fail(errors.map((error) => `dashboard "${dashboard.key}": ${error}`).join("\n"));
}
