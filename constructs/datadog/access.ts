import { groupName, type Role } from "../../model/access";
import type { EnvironmentEstate } from "../../model/estate";
import { accessOf } from "../../model/team-access";

const signals = ["apm_read", "dashboards_read", "monitors_read", "notebooks_read", "slos_read", "synthetics_read"];

/** Log events are read by whoever has both. */
const logs = ["logs_read_data", "logs_read_index_data"];

/**
 * The permissions of each role, by their names in Datadog. Nobody may change a monitor, an index or a pipeline: those are the catalog's. An editor
 * reads its own services' logs elsewhere and none here, where a role sees those of all services or none.
 * Source: Datadog documentation, "Datadog Role Permissions".
 */
export const permissionsOf: Readonly<Record<Role, readonly string[]>> = {
  viewer: [...signals, ...logs],
  "on-call": [...signals, ...logs, "monitors_downtime"],
  editor: [...signals, "dashboards_write"],
  auditor: ["audit_logs_read", "monitors_read", "slos_read", "synthetics_read", "user_access_read"],
};

/** The role of a team in Datadog, and who has it. */
export interface DatadogRole {
  readonly team: string;
  /** Name of the role, and of the group that the identity provider sends. */
  readonly name: string;
  readonly permissions: readonly string[];
  /** Attribute of the assertion that holds the groups. */
  readonly attribute: string;
}

/**
 * A role for each team that the access table names in a production environment, with everything that its roles allow.
 *
 * Datadog knows no environment: who gets in sees what it holds of all of them. So what the table grants elsewhere gives nothing here; a role in
 * development would show production.
 */
export function datadogRolesOf(estate: EnvironmentEstate): readonly DatadogRole[] {
  const { environment, access, teams } = estate;
  const { datadog } = access;
  if (datadog.kind === "nobody" || !environment.production) return [];
  const granted = accessOf(estate);
  return teams.flatMap(({ name: team }) => {
    const roles = granted.flatMap((each) => (each.team.name === team ? [each.role] : []));
    if (roles.length === 0) return [];
    return [
      {
        team,
        name: groupName(environment.name, team),
        permissions: [...new Set(roles.flatMap((role) => permissionsOf[role]))].sort(),
        attribute: datadog.attribute,
      },
    ];
  });
}
