import {
  type DashboardLink,
  DashboardLinkBuilder,
  DashboardLinkPlacement,
  DashboardLinkType,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { AlertRule } from "../../model/alert-rule";
import type { ServiceEstate } from "../../model/estate";
import { exploreUrl } from "./explore";
import { traceSources } from "./trace-sources";

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

/** From a service's numbers to its traces, where Jaeger has them. */
function tracesLink({ service, environment }: ServiceEstate): readonly DashboardLink[] {
  const jaeger = traceSources(environment).find(({ type }) => type === "jaeger");
  if (jaeger === undefined || service.tracing === undefined) return [];
  const url = exploreUrl(environment.grafana, jaeger, { queryType: "search", service: service.name });
  return [
    link(
      new DashboardLinkBuilder("Traces")
        .type(DashboardLinkType.Link)
        .icon("external link")
        .tooltip(`Traces of ${service.name} in Jaeger`)
        .url(url)
        .targetBlank(true),
      false,
    ),
  ];
}

/** What a reader goes to from a dashboard: the service's other dashboards in the same environment, its traces, and its runbooks. */
export function linksOf(estate: ServiceEstate): readonly DashboardLink[] {
  const { service, environment, alerts } = estate;
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
  return [...(service.dashboards.length === 0 ? [] : [dashboards]), ...tracesLink(estate), ...runbookLinks(alerts)];
}
