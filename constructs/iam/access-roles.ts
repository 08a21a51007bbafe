import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { groupName } from "../../model/access";
import type { EnvironmentEstate } from "../../model/estate";
import { literal } from "../terraform/literal";
import { iamPolicy } from "./document";
import { sessionSeconds } from "./limits";
import { policyText, teamPolicies } from "./policy";
import { trustPolicy } from "./trust";

export interface AccessRolesOptions {
  /** ARN of the environment's Prometheus workspace, known only when it is deployed. */
  readonly workspaceArn: string;
}

/** Stands for the ARN until the text is escaped. It occurs in no name. */
const workspaceHere = "<arn of the workspace>";

/**
 * A role in AWS for every team that the access table names in the environment, with what its roles may do there. The policy stands in
 * the role itself, so that it can be attached to nobody else. Nothing, where nobody may take a role.
 */
export class AccessRoles extends Construct {
  constructor(scope: Construct, id: string, estate: EnvironmentEstate, { workspaceArn }: AccessRolesOptions) {
    super(scope, id);
    const { environment, access } = estate;
    for (const policy of teamPolicies(estate, { workspaceArn: workspaceHere })) {
      const trust = trustPolicy(access.aws, environment.account, policy.team);
      if (trust === undefined) continue;
      const own = new Construct(this, policy.team);
      const roles = access.grants.filter(({ team }) => team.name === policy.team).map(({ role }) => role);
      const role = new IamRole(own, "role", {
        name: literal(groupName(environment.name, policy.team)),
        description: literal(`${policy.team} in ${environment.name}: ${roles.join(", ")}`),
        assumeRolePolicy: literal(iamPolicy([trust])),
        maxSessionDuration: sessionSeconds,
        tags: { environment: environment.name, team: policy.team },
      });
      new IamRolePolicy(own, "policy", {
        name: "estate",
        role: role.id,
        policy: literal(policyText(policy)).replaceAll(workspaceHere, () => workspaceArn),
      });
    }
  }
}
