import { dashboardsOf } from "../../dashboards/grafana/service";
import type { EnvironmentEstate } from "../../model/estate";
import { grafanaUid } from "../../model/grafana-uid";
import { alertUid } from "./alert-rule";
import { dashboardUid } from "./render-dashboard";

/** One uid that several things of one Grafana would have; the last to be applied would replace the others. */
export interface UidConflict {
  readonly grafana: string;
  readonly uid: string;
  /** What they are, for people: `dashboard api/service (prod)`, `alert api/HighErrorRate (prod)`. */
  readonly owners: readonly string[];
}

/** Teams that own a service of an environment, in the estate's order: those that have a folder there. */
export const teamsWithFolder = ({ teams, services }: EnvironmentEstate): EnvironmentEstate["teams"] => {
  const owning = new Set(services.map(({ team }) => team.name));
  return teams.filter(({ name }) => owning.has(name));
};

/**
 * Uids that two folders, dashboards or alert rules of one Grafana share, since uids are names joined by dashes: service `a-b` with the
 * dashboard `c` and service `a` with the dashboard `b-c` have the same. Folders and dashboards share one space (Grafana's `dashboard`
 * table), which rules have no part in.
 */
export function uidConflicts(estates: readonly EnvironmentEstate[]): readonly UidConflict[] {
  const owned = estates.flatMap((estate) => {
    const { name, grafana } = estate.environment;
    const folders = teamsWithFolder(estate).map((team) => ({
      space: `${grafana} `,
      grafana,
      uid: grafanaUid(name, team.name),
      owner: `folder ${team.name} (${name})`,
    }));
    const dashboards = estate.services.flatMap((service) =>
      dashboardsOf(service.service).map((dashboard) => ({
        space: `${grafana} `,
        grafana,
        uid: dashboardUid(dashboard, service),
        owner: `dashboard ${service.service.name}/${dashboard.key} (${name})`,
      })),
    );
    const rules = estate.services.flatMap((service) =>
      service.alerts
        .filter(({ evaluator }) => evaluator === "grafana")
        .map((alert) => ({
          space: `${grafana} alerts `,
          grafana,
          uid: alertUid(alert, service),
          owner: `alert ${alert.service}/${alert.name} (${name})`,
        })),
    );
    return [...folders, ...dashboards, ...rules];
  });
  const conflicts = new Map<string, { grafana: string; uid: string; owners: string[] }>();
  for (const { space, grafana, uid, owner } of owned) {
    const key = space + uid;
    const conflict = conflicts.get(key) ?? { grafana, uid, owners: [] };
    conflict.owners.push(owner);
    conflicts.set(key, conflict);
  }
  return [...conflicts.values()].filter(({ owners }) => owners.length > 1);
}
