import type { EnvironmentName, TeamName } from "./register";
import type { Team } from "./team";

/**
 * What people may do with the estate.
 *
 * - `viewer`: reads dashboards, metrics and logs of the whole environment.
 * - `editor`: changes what its own team looks at: dashboards and saved queries. What wakes people is changed in the catalog alone.
 * - `on-call`: reads as a viewer does, and may silence alerts and switch off the actions of alarms.
 * - `auditor`: reads how everything is configured, and no logs.
 */
export const roles = ["viewer", "editor", "on-call", "auditor"] as const;
export type Role = (typeof roles)[number];

/** The roles of teams, by team and environment. Whoever is not in it does not get in. */
export type AccessTable = {
  readonly [T in TeamName]?: { readonly [E in EnvironmentName]?: readonly Role[] };
};

/** Who may take the roles in AWS. Nobody is given a key of their own. */
export type AwsTrust =
  /** Nobody: no role is made. */
  | { readonly kind: "nobody" }
  /** Whoever the company's identity provider sends with the role in its assertion. `provider`: its name in IAM, in every account. */
  | { readonly kind: "saml"; readonly provider: string }
  /** Principals of another account that are tagged `team` with the team's name, after multi-factor authentication. */
  | { readonly kind: "account"; readonly account: string };

/**
 * Who has the roles in Kibana.
 *
 * - `nobody`: no role is made.
 * - `groups`: whoever signs in through a realm of Elasticsearch that gives its users the group, as SAML's `groups` or a directory does.
 *   `realm`: its name in `elasticsearch.yml`, in every cluster.
 */
export type KibanaTrust = { readonly kind: "nobody" } | { readonly kind: "groups"; readonly realm: string };

/**
 * Who has the roles in Datadog.
 *
 * - `nobody`: no role is made.
 * - `saml`: whoever the company's identity provider sends with the group. `attribute`: the name that it has in the assertion.
 */
export type DatadogTrust = { readonly kind: "nobody" } | { readonly kind: "saml"; readonly attribute: string };

/** What a role may do in AWS beside what the estate gives it. */
export interface AwsAddition {
  readonly role: Role;
  /** Whole names of actions, such as `ecs:DescribeServices`. */
  readonly actions: readonly string[];
  /** ARNs; one may end in a wildcard, none may be one. */
  readonly resources: readonly string[];
  /** Why it is needed. */
  readonly reason: string;
}

/** A dashboard that everybody may see who has its link, for some time. */
export interface SharingRule {
  /** Name of the service. */
  readonly service: string;
  /** Key of one of the service's dashboards. */
  readonly dashboard: string;
  readonly environment: EnvironmentName;
  /** First day, `YYYY-MM-DD`. */
  readonly since: string;
  /** First day on which it is over, `YYYY-MM-DD`; at most 90 days after `since`. Terraform warns from then on. */
  readonly until: string;
  /** For whom, and why. */
  readonly reason: string;
}

/** Days that a dashboard may be public before somebody has to say so again: a quarter. */
export const longestShareDays = 90;

/** What a user writes of access. */
export interface AccessOptions {
  readonly grants: AccessTable;
  /** Who may take the roles in AWS. Default: nobody. */
  readonly aws?: AwsTrust;
  /** Who has the roles in Kibana. Default: nobody. */
  readonly kibana?: KibanaTrust;
  /** Who has the roles in Datadog. Default: nobody. */
  readonly datadog?: DatadogTrust;
  /** What roles may do in AWS beside what the estate gives them. Default: nothing. */
  readonly awsAdditions?: readonly AwsAddition[];
  /** Dashboards that are public. Default: none. */
  readonly sharing?: readonly SharingRule[];
}

/** Access with its defaults filled in. */
export type Access = Required<AccessOptions>;

/** Nobody gets in. */
export const noAccess: Access = {
  grants: {},
  aws: { kind: "nobody" },
  kibana: { kind: "nobody" },
  datadog: { kind: "nobody" },
  awsAdditions: [],
  sharing: [],
};

/**
 * What a team is called in an environment, wherever roles are made: the role itself, and the group that the company's identity provider
 * sends for whoever has it.
 */
export const groupName = (environment: string, team: string): string => `estate-${environment}-${team}`;

/** A role of a team in an environment. */
export interface Grant {
  readonly team: Team;
  readonly role: Role;
}

/** Who gets into an environment. */
export interface EnvironmentAccess extends Omit<Access, "grants"> {
  readonly grants: readonly Grant[];
}

/** The roles that the table gives in an environment, in the order of the teams and of `roles`. */
const grantsIn = ({ grants }: Access, environment: string, teams: readonly Team[]): readonly Grant[] => {
  const byTeam = new Map<string, AccessTable[TeamName]>(Object.entries(grants));
  return teams.flatMap((team) => {
    const given = new Map<string, readonly Role[] | undefined>(Object.entries(byTeam.get(team.name) ?? {}));
    return roles.filter((role) => given.get(environment)?.includes(role) === true).map((role) => ({ team, role }));
  });
};

/** What a catalog's access is in one environment. */
export const accessIn = (access: Access, environment: string, teams: readonly Team[]): EnvironmentAccess => ({
  ...access,
  grants: grantsIn(access, environment, teams),
  sharing: access.sharing.filter((rule) => rule.environment === environment),
});
