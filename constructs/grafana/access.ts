import { dashboardsOf } from "../../dashboards/grafana/service";
import type { SharingRule } from "../../model/access";
import type { EnvironmentEstate } from "../../model/estate";
import { accessOf, membersOf } from "../../model/team-access";
import { dashboardUid } from "./render-dashboard";
import { teamsWithFolder } from "./uid-conflicts";

/** A team that may look into an environment's folders. */
export interface GrafanaTeam {
  /** Name of the team in the catalog. */
  readonly team: string;
  /** Unique in the whole Grafana, which may hold several environments. */
  readonly name: string;
  readonly email: string;
  /** E-mail addresses of users of Grafana. */
  readonly members: readonly string[];
}

/** What a team may do in a folder. Source: Grafana documentation, Folder Permissions HTTP API, "permission". */
export type FolderLevel = "View" | "Edit";

/** All that may be done in a team's folder, but by Grafana's administrators, who may do everything. */
export interface FolderPermissions {
  /** Name of the team whose folder it is. */
  readonly folder: string;
  readonly permissions: readonly { readonly team: string; readonly level: FolderLevel }[];
}

/** A dashboard that everybody may see who has its link. */
export interface PublicDashboard {
  readonly service: string;
  readonly key: string;
  readonly uid: string;
  readonly rule: SharingRule;
}

/** The teams with a role in the environment, each once. */
export const grafanaTeamsOf = (estate: EnvironmentEstate): readonly GrafanaTeam[] =>
  [...new Set(accessOf(estate).map(({ team }) => team))].map((team) => ({
    team: team.name,
    name: `${team.name} (${estate.environment.name})`,
    email: team.email,
    members: membersOf(team),
  }));

/**
 * The whole of each folder's permissions, in the order of the folders: whoever is not among them, Grafana's own Viewers and Editors
 * included, does not get in. Edit is for the team's own folder and includes View; every other role, the auditor's too, reads.
 */
export function folderPermissionsOf(estate: EnvironmentEstate): readonly FolderPermissions[] {
  const access = accessOf(estate);
  return teamsWithFolder(estate).map(({ name: folder }) => {
    const reads = new Set(access.filter(({ role }) => role !== "editor").map(({ team }) => team.name));
    const edits = access.some(({ role, team }) => role === "editor" && team.name === folder);
    return {
      folder,
      permissions: estate.teams
        .map(({ name }) => name)
        .filter((name) => reads.has(name) || (edits && name === folder))
        .map((team) => ({ team, level: edits && team === folder ? "Edit" : "View" })),
    };
  });
}

/** The dashboards that the environment's sharing rules make public. */
export const publicDashboardsOf = (estate: EnvironmentEstate): readonly PublicDashboard[] =>
  estate.access.sharing.flatMap((rule) =>
    estate.services
      .filter(({ service }) => service.name === rule.service)
      .flatMap((service) =>
        dashboardsOf(service.service)
          .filter(({ key }) => key === rule.dashboard)
          .map((dashboard) => ({
            service: rule.service,
            key: dashboard.key,
            uid: dashboardUid(dashboard, service),
            rule,
          })),
      ),
  );
