import {
  type DashboardLink,
  DashboardLinkBuilder,
  DashboardLinkPlacement,
  DashboardLinkType,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { AlertRule } from "../../model/alert-rule";
import type { ServiceEstate } from "../../model/estate";

/** Runbooks that still fit beside a dashboard's title; more stand in the menu of its controls. */
const maxVisibleRunbooks = 4;

/** The builder puts every link into the controls' menu; without a placement a link is seen at once. */
function link(builder: DashboardLinkBuilder, hidden: boolean): DashboardLink {
  const { placement: _, ...visible } = builder.build();
  return hidden ? { ...visible, placement: DashboardLinkPlacement.InControlsMenu } : visible;
}

/** One link per runbook, in the order of the alerts; alerts that share a runbook share its link. */
function runbookLinks(alerts: readonly AlertRule[]): readonly DashboardLink[] {
  const names = new Map<string, string[]>();
  for (const { runbook, name } of alerts) names.set(runbook, [...(names.get(runbook) ?? []), name]);
  return [...names].map(([url, [first = "", ...others]]) =>
    link(
      new DashboardLinkBuilder(`Runbook: ${first}${others.length === 0 ? "" : ` and ${others.length} more`}`)
        .type(DashboardLinkType.Link)
        .icon("doc")
        .tooltip([first, ...others].join(", "))
        .url(url)
        .targetBlank(true),
      names.size > maxVisibleRunbooks,
    ),
  );
}

/** What a reader goes to from a dashboard: the service's other dashboards in the same environment, and its runbooks. */
export function linksOf({ service, environment, alerts }: ServiceEstate): readonly DashboardLink[] {
  const dashboards = link(
    new DashboardLinkBuilder("Dashboards")
      .type(DashboardLinkType.Dashboards)
      .icon("external link")
      .tooltip(`Every dashboard of ${service.name}`)
      .tags([service.name, environment.name])
      .asDropdown(true)
      .keepTime(true),
    false,
  );
  return [...(service.dashboards.length === 0 ? [] : [dashboards]), ...runbookLinks(alerts)];
}
