import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { EnvironmentEstate } from "../../model/estate";
import { DashboardPublic } from "../../providers/grafana/dashboard-public";
import { FolderPermission } from "../../providers/grafana/folder-permission";
import { Team } from "../../providers/grafana/team";
import { literal } from "../terraform/literal";
import { folderPermissionsOf, grafanaTeamsOf, type PublicDashboard, publicDashboardsOf } from "./access";

export interface FolderAccessOptions {
  /** Uid of each team's folder, by the team's name; may be references to a resource's attribute. */
  readonly folders: ReadonlyMap<string, string>;
  /** Uid of each dashboard, by the uid that the catalog gives it; references, so that a dashboard is there before it is shared. */
  readonly dashboards: ReadonlyMap<string, string>;
}

/**
 * Has Terraform warn at every plan from the day on which a share is over. It warns and does not fail: what is to be deployed at night must
 * not wait for somebody who takes out a link. Source: Terraform language, "check" block; functions `timecmp` and `plantimestamp`.
 */
function addExpiry(scope: Construct, share: DashboardPublic, { uid, rule }: PublicDashboard): void {
  const address = `${share.terraformResourceType}.${share.friendlyUniqueId}`;
  TerraformStack.of(scope).addOverride(`check.share-${uid}`, {
    assert: [
      {
        // Terraform takes no condition that is about nothing in the configuration.
        condition: `\${!${address}.is_enabled || timecmp(plantimestamp(), "${rule.until}T00:00:00Z") < 0}`,
        error_message: literal(
          `The public link to the dashboard ${rule.dashboard} of ${rule.service} was to end on ${rule.until}; take its sharing rule out of the catalog.`,
        ),
      },
    ],
  });
}

/**
 * Who may look into which folder of an environment, and which dashboards everybody may see. Members are users of Grafana already; the
 * company's directory brings them.
 *
 * Ids of what is not a service begin with a capital, which no service's name does.
 */
export class GrafanaFolderAccess extends Construct {
  constructor(scope: Construct, id: string, estate: EnvironmentEstate, { folders, dashboards }: FolderAccessOptions) {
    super(scope, id);
    const teams = new Construct(this, "Teams");
    const ids = new Map(
      grafanaTeamsOf(estate).map(({ team, name, email, members }) => [
        team,
        new Team(teams, team, { name: literal(name), email: literal(email), members: members.map(literal) }).id,
      ]),
    );
    const permissions = new Construct(this, "Permissions");
    for (const { folder, permissions: granted } of folderPermissionsOf(estate)) {
      new FolderPermission(permissions, folder, {
        folderUid: folders.get(folder) ?? folder,
        permissions: granted.map(({ team, level }) => ({ teamId: ids.get(team) ?? team, permission: level })),
      });
    }
    const shared = new Construct(this, "Public");
    for (const share of publicDashboardsOf(estate)) {
      const made = new DashboardPublic(shared, share.uid, {
        dashboardUid: dashboards.get(share.uid) ?? share.uid,
        isEnabled: true,
        share: "public",
        // What is shared is what was looked at: neither other times, nor deployments and alerts drawn upon it.
        timeSelectionEnabled: false,
        annotationsEnabled: false,
      });
      addExpiry(this, made, share);
    }
  }
}
