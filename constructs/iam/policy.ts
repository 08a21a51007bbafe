import type { AwsAddition } from "../../model/access";
import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import { never } from "../../model/result";
import { accessOf, type TeamAccess } from "../../model/team-access";
import { alarmNamePrefix } from "../cloudwatch/alarm-name";
import { type Permission, permissions, type Scope } from "./actions";
import { type IamStatement, iamPolicy } from "./document";

/** One statement of a team's policy: what it allows, on what. */
export interface Statement extends IamStatement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** Everything that a team may do in an environment's account. */
export interface TeamPolicy {
  readonly team: string;
  readonly statements: readonly Statement[];
}

/** What only a deployment knows, or stands for it. */
export interface PolicyReferences {
  readonly workspaceArn: string;
}

/** A permission, and the services that it is about. */
interface Granted {
  readonly permission: Permission;
  readonly team: string;
  readonly services: readonly ServiceEstate[];
}

const dashed = (text: string): string => text.replaceAll(/[^A-Za-z0-9]/g, "");

/** The ARNs of a scope. Log groups are named with and without what is in them, for actions differ in which of the two they ask for. */
function resourcesOf(
  scope: Scope,
  { team, services }: Granted,
  { environment: { name, account, region } }: EnvironmentEstate,
  { workspaceArn }: PolicyReferences,
): readonly string[] {
  const here = (service: string, resource: string): string => `arn:aws:${service}:${region}:${account}:${resource}`;
  switch (scope) {
    case "log groups":
      return services.flatMap(({ logGroup }) => [
        here("logs", `log-group:${logGroup.name}`),
        here("logs", `log-group:${logGroup.name}:*`),
      ]);
    case "all alarms":
      return [here("cloudwatch", "alarm:*")];
    case "alarms":
      return services.map(({ service }) => here("cloudwatch", `alarm:${alarmNamePrefix(name, service.name)}*`));
    case "workspace":
      return [workspaceArn];
    case "rule groups":
      return [here("aps", "rulegroupsnamespace/*")];
    case "team dashboards":
      // Dashboards of CloudWatch are in no region.
      return [`arn:aws:cloudwatch::${account}:dashboard/${name}-${team}-*`];
    case "topics":
      return [here("sns", `${name}-*`)];
    case "region":
      return ["*"];
    default:
      return never(scope);
  }
}

/** The statement of one permission; of several roles that have it the services of all. */
function statementOf(granted: Granted, estate: EnvironmentEstate, references: PolicyReferences): Statement {
  const { permission } = granted;
  return {
    Sid: permission.id,
    Effect: "Allow",
    Action: permission.actions,
    Resource: resourcesOf(permission.scope, granted, estate, references),
    ...(permission.scope === "region"
      ? { Condition: { StringEquals: { "aws:RequestedRegion": estate.environment.region } } }
      : {}),
  };
}

/** Of the roles of one team: each permission once, for all services that any of them has it for. */
function merged(roles: readonly TeamAccess[]): readonly Granted[] {
  const byId = new Map<string, Granted>();
  for (const { team, role, services } of roles) {
    for (const permission of permissions[role]) {
      const before = byId.get(permission.id)?.services ?? [];
      byId.set(permission.id, { permission, team: team.name, services: [...new Set([...before, ...services])] });
    }
  }
  return [...byId.values()];
}

const additionStatement = ({ role, actions, resources }: AwsAddition, index: number): Statement => ({
  Sid: `Addition${index + 1}${dashed(role)}`,
  Effect: "Allow",
  Action: actions,
  Resource: resources,
});

/** What each team may do in the environment's account, its roles put together. A statement about nothing is left out. */
export function teamPolicies(estate: EnvironmentEstate, references: PolicyReferences): readonly TeamPolicy[] {
  const access = accessOf(estate);
  return [...new Set(access.map(({ team }) => team.name))].map((team) => {
    const own = access.filter((each) => each.team.name === team);
    return {
      team,
      statements: [
        ...merged(own).map((granted) => statementOf(granted, estate, references)),
        ...estate.access.awsAdditions
          .filter(({ role }) => own.some((each) => each.role === role))
          .map(additionStatement),
      ].filter(({ Resource }) => Resource.length > 0),
    };
  });
}

/** A policy as IAM takes it. */
export const policyText = ({ statements }: TeamPolicy): string => iamPolicy(statements);
