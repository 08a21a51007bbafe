import { AuthnMapping } from "@cdktf/provider-datadog/lib/authn-mapping";
import { DataDatadogPermissions } from "@cdktf/provider-datadog/lib/data-datadog-permissions";
import { Role } from "@cdktf/provider-datadog/lib/role";
import { Construct } from "constructs";
import type { EnvironmentEstate } from "../../model/estate";
import { literal } from "../terraform/literal";
import { datadogRolesOf } from "./access";

/** The roles of a production environment's teams in Datadog, and who has them. Nothing, where nobody has. */
export class DatadogAccessRoles extends Construct {
  constructor(scope: Construct, id: string, estate: EnvironmentEstate) {
    super(scope, id);
    const roles = datadogRolesOf(estate);
    if (roles.length === 0) return;
    // Ids of permissions are Datadog's own. The restricted are those that each role has unless it says otherwise.
    const { permissions: ids } = new DataDatadogPermissions(this, "Permissions", { includeRestricted: true });
    for (const { team, name, permissions, attribute } of roles) {
      const own = new Construct(this, team);
      const role = new Role(own, "role", {
        name: literal(name),
        // The role has what it names, and nothing by default.
        defaultPermissionsOptOut: true,
        permission: permissions.map((permission) => ({ id: ids.lookup(permission) })),
      });
      new AuthnMapping(own, "mapping", { key: literal(attribute), value: literal(name), role: role.id });
    }
  }
}
