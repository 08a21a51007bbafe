import { renderDashboard } from "../constructs/grafana/render-dashboard";
import { uidConflicts } from "../constructs/grafana/uid-conflicts";
import { dashboardsOf, panelConflicts } from "../dashboards/grafana/service";
import type { Catalog } from "../model/catalog";
import type { EnvironmentEstate } from "../model/estate";
import type { Finding } from "../model/finding";
import { errorRule, finding, inRule } from "./rule";

const refused = errorRule(
  "dashboard/refused",
  "A panel that cannot ask its question is empty in the middle of an incident.",
);
const panelKey = errorRule("dashboard/duplicate-panel", "Of two panels with one key only the first is drawn.");
const address = errorRule("dashboard/duplicate-address", "Of two dashboards with one address Grafana keeps the last.");

/** Panels of a service's contracts that share a key but not a content: only the first would be drawn. */
export const checkPanels = ({ services }: Catalog): readonly Finding[] =>
  services.flatMap((service) =>
    panelConflicts(service).map(({ key }) =>
      finding(
        panelKey,
        inRule(service, key, "telemetry"),
        `two contracts bring different panels with the key "${key}"`,
        "rename one of them",
      ),
    ),
  );

/** Dashboards that Grafana cannot show. */
export function checkDashboards(estate: EnvironmentEstate): readonly Finding[] {
  return estate.services.flatMap((service) =>
    dashboardsOf(service.service).flatMap((dashboard) => {
      const rendered = renderDashboard(dashboard, service);
      if (rendered.ok) return [];
      return rendered.error
        .split("\n")
        .map((error) =>
          finding(refused, inRule(service.service, dashboard.key, "dashboards"), error, "correct the panel"),
        );
    }),
  );
}

/** Dashboards and folders that would replace each other in one Grafana. */
export const checkDashboardAddresses = (estates: readonly EnvironmentEstate[], { file }: Catalog): readonly Finding[] =>
  uidConflicts(estates).map(({ uid, owners }) =>
    finding(
      address,
      { file, field: "services" },
      `${owners.join(" and ")} have the same address ${uid}`,
      "rename one of them",
    ),
  );
